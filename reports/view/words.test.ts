import { describe, expect, it } from 'vitest'
import type { Arg, Outcome } from '../../harness/model.ts'
import { visible, visibleLine } from './visible.ts'
import { callWords, countOf, outcomeWords } from './words.ts'

const callOf = (call: string, ...args: Arg[]) => callWords({ peer: 'p', call, args, at: 0 })
const saying = (outcome: Partial<Outcome>) => {
  const { result, brought } = outcomeWords({ ret: 0, ns: 1, ...outcome })
  return `${result} ${brought}`.trim()
}
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')

describe('a call', () => {
  it.each([
    [callOf('pipe2', 'O_CLOEXEC'), 'pipe2(O_CLOEXEC)'],
    [callOf('open', '/tmp/a', 'O_RDONLY|O_NONBLOCK', 0o600), 'open("/tmp/a", O_RDONLY|O_NONBLOCK, 0600)'],
    [callOf('write', 4, 'a "b"\n\\'), String.raw`write(4, "a \"b\"\n\\")`],
    [callOf('write', 4, { pattern: 65536, seed: 7 }), 'write(4, 65\u202f536 bytes of pattern 7)'],
    [callOf('write', 4, { hex: '00ff' }), 'write(4, ‹00ff›)'],
    [
      callOf(
        'poll',
        [
          [3, 'POLLIN'],
          [4, 'POLLOUT'],
        ],
        -1,
      ),
      'poll([[3, POLLIN], [4, POLLOUT]], -1)',
    ],
    [callOf('semget', '0x1a2b', 2, 'IPC_CREAT|IPC_EXCL|0o600'), 'semget("0x1a2b", 2, IPC_CREAT|IPC_EXCL|0600)'],
    [callOf('semop', 7, Array<Arg>(500).fill([0, 1, '0'])), `semop(7, [${'[0, 1, 0], '.repeat(12)}… 500 in all])`],
    [callOf('shm_open', '/a', 'O_RDWR', 0), 'shm_open("/a", O_RDWR, 0)'],
    [callOf('lseek', 3, 2n ** 63n), 'lseek(3, 9223372036854775808)'],
    [callOf('fork', 'case-1/child'), 'fork(child)'],
    [callOf('unlink', '/tmp/ipcmark-linux-c81-7eb2-4fz64w/c40-1-fifo'), 'unlink("/tmp/ipcmark-…/c40-1-fifo")'],
    [callOf('repeat', 1600, 4096, 'read', 3, 4096), 'up to 1600 × read(3, 4096)'],
    [callOf('write', 4, 'é\u202e\u001b😀'), String.raw`write(4, "\xe9\u{202e}\x1b\u{1f600}")`],
    [callOf('write', 4, 'x'.repeat(60)), `write(4, "${'x'.repeat(48)}"…)`],
  ])('reads as in strace: %s', (said, expected) => expect(said).toBe(expected))
})

describe('an outcome', () => {
  it.each([
    [saying({ ret: 5 }), '= 5'],
    [saying({ ret: -1, error: 'EPIPE', code: 32 }), '= -1 EPIPE'],
    [saying({ ret: 5, hex: hex('hello'), length: 5 }), '= 5 "hello"'],
    [saying({ ret: 0, hex: '', length: 0 }), '= 0 ""'],
    [saying({ ret: 2, hex: '00ff', length: 2 }), '= 2 ‹00ff›'],
    [saying({ ret: 4096, hex: '00'.repeat(1024), length: 4096 }), '= 4096 ‹000000000000…› 4096 bytes'],
    [saying({ ret: 4096, hex: hex('a'.repeat(1024)), length: 4096 }), `= 4096 "${'a'.repeat(24)}"… 4096 bytes`],
    [saying({ out: { fds: [3, 4] } }), '= 0 [3, 4]'],
    [saying({ out: { revents: ['POLLIN|POLLHUP'] } }), '= 0 [POLLIN|POLLHUP]'],
    [
      saying({ out: { times: 3, last: null, ok: true, 'a b': 'x' } }),
      '= 0 {times: 3, last: null, ok: true, "a b": "x"}',
    ],
  ])('reads as in strace: %s', (said, expected) => expect(said).toBe(expected))
})

it('counts in words', () => {
  expect([countOf(0, 'case'), countOf(1, 'case'), countOf(12345, 'launch', 'es')]).toEqual([
    '0 cases',
    '1 case',
    '12\u202f345 launches',
  ])
})

it('writes out what would move the cursor or turn the text round, and nothing else', () => {
  expect(visible('a\u001b[31m\u0000\u009b\u202e\u2028\ufeff\ud800 é ü 漢 😀\n\t')).toBe(
    `${String.raw`a\x1b[31m\x00\x9b\u{202e}\u{2028}\u{feff}\u{d800} é ü 漢 😀`}\n\t`,
  )
  expect(visibleLine('a\nb\tc\r')).toBe(String.raw`a\nb\tc\r`)
})
