/**
 * Inputs for an agent under test, made from a seed: the same for the same seed. Nothing that they ask of a peer does
 * anything to the machine, whatever chance makes of it.
 */

import type { Os } from '../model.ts'
import { patternBytes } from './bytes.ts'

/** Numbers below a bound, the same for the same seed. */
export function dice(seed: number): (sides: number) => number {
  const words = patternBytes(65_536, seed)
  let at = 0
  return (sides) => {
    at = (at + 4) % words.length
    return words.readUInt32LE(at) % sides
  }
}

/** A conversation that uses every verb of the agent, and calls that harm nobody. It ends its peers itself. */
export function conversation(os: Os, run: string): readonly string[] {
  const { pipe, write, read, look, wait } = phrases[os]
  return [
    `1 agent hello 1 ${run}`,
    '2 agent start a/producer',
    '3 agent start b/other',
    `4 a/producer ${pipe}`,
    '5 a/producer fork a/consumer',
    `6 a/producer ${write} 'hello'`,
    `7 a/consumer ${read} 64`,
    `8 a/consumer ${read} 64`,
    '9 agent blocked a/consumer 20',
    `10 a/producer ${write} pattern:1000:7`,
    `11 a/producer ${look}`,
    `12 a/producer ${write} hex:00ff7f80`,
    `13 a/producer repeat 10 0 ${ownPid[os]}`,
    '14 agent state a/producer',
    `15 b/other ${wait}`,
    '16 agent signal b/other SIGUSR1',
    '17 agent calls',
    '18 agent kill a/consumer',
    '19 agent end b',
    `20 a/producer ${read} 0`,
    '21 a/producer exit 7',
    '22 agent sweep',
    '23 agent end a',
    '24 agent constants',
  ]
}

/** A call that any peer answers at once. */
export const ownPid: Readonly<Record<Os, string>> = { linux: 'getpid', windows: 'GetCurrentProcessId' }

/** Descriptors are known beforehand on Linux; on Windows a handle is a guess, which is as good here. */
const phrases = {
  linux: {
    pipe: 'pipe2 O_CLOEXEC',
    write: 'write 4',
    read: 'read 3',
    look: 'poll [[3 POLLIN] [4 POLLOUT|POLLHUP]] 0',
    wait: 'pause',
  },
  windows: {
    pipe: 'CreatePipe 0 inheritable',
    write: 'WriteFile 108',
    read: 'ReadFile 104',
    look: 'WaitForMultipleObjects [104 108] 0 0',
    wait: 'WaitForSingleObject -1 100000',
  },
} as const

/** Words that a reader may stumble over. */
// biome-ignore format: a table of words
export const nasty: readonly string[] = [
  '', ' ', '\t', '\r', '\0', '"', "'", '[', ']', '[[', '\\', '"\\u0000"', '"\\ud800"', '"\\x"', 'hex:', 'hex:f', 'hex:zz',
  'pattern:', 'pattern:1', 'pattern:99999999999999999999:1', 'pattern:67108864:1', 'pattern:4:99999999999', '-1', '0x',
  '0xffffffffffffffff', '0x1ffffffffffffffff', '9223372036854775807', '-9223372036854775808', '1e9', '0o9', 'NaN',
  'O_RDONLY|', '|', '||O_RDONLY', '\xff\xfe', '\ud83d\ude00', 'agent', 'a/producer', 'a/', '/a', '../..', 'a/b/c',
  'x'.repeat(300), '['.repeat(200), `${'['.repeat(9)}${']'.repeat(9)}`, 'pipe2', 'read', 'fork', 'start', 'end', 'bye',
]

/** Calls that would do something to this machine, should chance write one to a peer. */
const harmful = new RegExp(
  [
    'kill|unlink|trunc|ch(mod|own)|(rm|mk)(dir|fifo)|exec|spawn|open|bind|connect|listen|set|umask|drop|sig|raise|alarm',
    'stream|pong|Delete|Remove|Create(File|Dir|Proc|Named)|Terminate|Duplicate|Set|Token|Impersonat|OpenProc',
  ].join('|'),
)
const harmless = (line: string): boolean => !harmful.test(line) || /^\s*\d+ agent /.test(line)

export function mutate(lines: readonly string[], roll: (sides: number) => number): readonly string[] {
  const mutant = [...lines]
  const any = <T>(from: readonly T[], otherwise: T): T => from[roll(from.length)] ?? otherwise
  const words = (at: number, change: (words: string[]) => unknown) => {
    const split = (mutant[at] ?? '').split(' ')
    change(split)
    mutant[at] = split.join(' ')
  }
  const changes: readonly ((at: number) => unknown)[] = [
    (at) => mutant.splice(at, 1),
    (at) => mutant.splice(at, 0, any(mutant, '')),
    (at) => mutant.splice(at, 2, mutant[at + 1] ?? '', mutant[at] ?? ''),
    (at) => words(at, (w) => w.splice(roll(w.length), 1, any(nasty, ''))),
    (at) => words(at, (w) => w.splice(roll(w.length), 1)),
    (at) => words(at, (w) => w.splice(roll(w.length), 0, any(nasty, ''))),
    (at) => words(at, (w) => w.splice(roll(w.length), 1, any(any(mutant, '').split(' '), ''))),
    (at) => {
      const line = mutant[at] ?? ''
      const cut = roll(line.length + 1)
      mutant[at] = line.slice(0, cut) + String.fromCharCode(roll(256)) + line.slice(cut + roll(2))
    },
  ]
  for (let change = 1 + roll(12); change > 0; change--) any(changes, () => {})(roll(mutant.length))
  return mutant.filter(harmless)
}
