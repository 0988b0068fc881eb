import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { CaseRecord, LaunchRecord, Run } from '../../harness/model.ts'
import { fixtureRun, hostile } from '../fixture/run.ts'
import { explanation } from './explain.ts'
import { ladderLines } from './ladder.ts'
import { summary } from './summary.ts'

const run = fixtureRun()
const caseOf = (id: string, from: Run = run): CaseRecord => {
  const found = from.cases.find((one) => one.id === id)
  if (found === undefined) throw new Error(`the fixture has no ${id}`)
  return found
}
const plain = (columns: number) => ({ columns, colour: false })
const ladder = (id: string, columns: number) => ladderLines(caseOf(id), plain(columns)).join('\n')
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length))

describe('the ladder', () => {
  it('draws two processes side by side: who calls, who waits, what wakes it', () => {
    expect(ladder('x.eof-on-producer-sigkill@pipe', 80)).toMatchInlineSnapshot(`
      "  µs  producer                             consumer
        56  ■ starts
        74  ● pipe2(O_CLOEXEC) = 0 [3, 4]
       102  ● fork(consumer) = 4712
       163  ● close(3) = 0                       │
       182  │                                    ● close(4) = 0
       226  ● write(4, "unfinished") = 10        │
       288  │                                    ○ read(3, 64) waits
       315  │                                    ● read = 10 "unfinished"
       336  │                                    ○ read(3, 64) waits
       381  ■ is killed                          ┃
       416  ■ was killed by SIGKILL              ┃
       480  ├──────────────────────────────────▶ ● read = 0 "" woken when producer
                                                 │ was killed by SIGKILL"
    `)
  })

  it('points from the right to the left too', () => {
    expect(ladder('x.backpressure-blocking@pipe', 80)).toMatchInlineSnapshot(`
      "  µs  producer                             consumer
        56  ■ starts
        74  ● pipe2(O_CLOEXEC) = 0 [3, 4]
       102  ● fork(consumer) = 4712
       163  ● close(3) = 0                       │
       182  │                                    ● close(4) = 0
       226  ● write(4, 65 536 bytes of pattern   │
            │ 1) = 65536                         │
       288  ○ write(4, 4096 bytes of pattern 2)  │
            ┃ waits                              │
       315  ┃                                    ● read(3, 65536) = 65536
            ┃                                    │ ‹010203040102…› 65 536 bytes
       336  ● write = 4096 woken by read ◀───────┤
       381  │                                    ● read(3, 65536) = 4096
            │                                    │ ‹0f0e0d0c0f0e…› 4096 bytes"
    `)
  })

  it('draws many processes as lines close together', () => {
    expect(ladder('pipe.atomic-le-pipe-buf', 100)).toMatchInlineSnapshot(`
      "  µs
        56  ■           producer  starts
        74  ●                     pipe2(O_CLOEXEC) = 0 [3, 4]
       102  ●                     fork(consumer) = 4712
       163  ● │                   close(3) = 0
       182  │ ●         consumer  close(4) = 0
       226  ● │         producer  fork(writer-1) = 4712
       288  ● │ │                 fork(writer-2) = 4712
       315  ● │ │ │               fork(writer-3) = 4712
       336  ● │ │ │ │             fork(writer-4) = 4712
       381  │ │ ○ │ │ │ writer-1  up to 400 × write(4, 4096 bytes of pattern 1) waits
       416  │ │ ┃ ○ │ │ writer-2  up to 400 × write(4, 4096 bytes of pattern 1) waits
       480  │ │ ┃ ┃ ○ │ writer-3  up to 400 × write(4, 4096 bytes of pattern 1) waits
       505  │ │ ┃ ┃ ┃ ○ writer-4  up to 400 × write(4, 4096 bytes of pattern 1) waits
       563  │ ● ┃ ┃ ┃ ┃ consumer  up to 1600 × read(3, 4096) = 4096 {times: 1600, tally: [{length: 4096,
            │ │ ┃ ┃ ┃ ┃           crc: 1, count: 400}, {length: 4096, crc: 2, count: 1200}]}
       618  │ │ ● ┃ ┃ ┃ writer-1  write = 4096 {times: 400} woken by read of consumer
       645  │ │ │ ● ┃ ┃ writer-2  write = 4096 {times: 400} woken by read of consumer
       680  │ │ │ │ ● ┃ writer-3  write = 4096 {times: 400} woken by read of consumer
       751  │ │ │ │ │ ● writer-4  write = 4096 {times: 400} woken by read of consumer
       825  │ │ ■ │ │ │ writer-1  exited with 0
       856  │ │   ■ │ │ writer-2  exited with 0
       883  │ │     ■ │ writer-3  exited with 0
       954  │ │       ■ writer-4  exited with 0"
    `)
  })

  it.each([80, 100, 120, 200])('never exceeds %i columns', (columns) => {
    for (const one of run.cases) {
      expect(widest(explanation(one, plain(columns))), one.id).toBeLessThanOrEqual(columns)
    }
  })

  it('of no trace is nothing', () => {
    expect(ladderLines({ trace: [] }, plain(80))).toEqual([])
  })
})

describe('the explanation of a case', () => {
  it('says what was claimed, expected, observed and excused', () => {
    const text = explanation(caseOf('npipe.client-pid'), plain(100))
    expect(text.split('\n').slice(0, 8)).toEqual([
      'npipe.client-pid  ✗ fail, known deviation',
      'Each side can ask for the process id of the other.',
      'cited     GetNamedPipeClientProcessId',
      'expected  the client’s process id, 36',
      'observed  0',
      'means     The claim does not hold: the system answered something else.',
      'excused   Not implemented in Wine 8. https://gitlab.winehq.org/wine/wine',
      '',
    ])
  })

  it('says why a case could not be played', () => {
    const text = explanation(caseOf('pipe.setpipe-sz-eperm'), plain(80))
    expect(text).toContain('– unsupported')
    expect(text).toContain('run as an unprivileged user')
    expect(text.endsWith('case needs.\n')).toBe(true)
  })
})

describe('the summary', () => {
  it('fits 80 columns and says everything once', () => {
    const text = summary([run], plain(80))
    expect(widest(text)).toBeLessThanOrEqual(80)
    expect(text).toMatchInlineSnapshot(`
      "4 unexpected results, 4 failed launches and 1 stale excuse

      Linux  115 of 118 claims hold
        1 fail · 3 unsupported · 1 broken · 1 crash · 1 hang ·
      1 observed
                    data  boundary block err   signal   persist
                       order limit    eof   crash naming   cleanup
                                atomic               perm     direction
        fifo        ✓1 ✓1 ✓3 ✓2 ✓1 ✓7 ✓2 ✓1 ✓4 ✓1 ✓4 –1 ✓1 ✓1 ✓1
        pipe        ✓2 ✓1 ✓3 ✓3 ✓2 ✓6 ✓3 ○1 ✓4 ✓2 ✓3 ✓1 ✓1 ✓1 ✓1
        pipe-packet ✓1 ✓1 ✓3 ✓2 ✓1 ✓6 ✗1 ·  ✓4 ✓1 ✓3 ✓1 ✓1 ✓1 ✓1
        unix-stream ✓1 ✓1 ✓3 ✓2 ↯1 ✓6 ✓2 ·  ⧗1 ✓1 !1 ✓1 ✓1 ✓1 ✓1

      Windows (Wine 8.0)  87 of 89 claims hold
        2 fail · 1 unsupported
                               data  boundary block crash naming   cleanup
                                  order limit    eof   signal   persist
                                           atomic            perm     direction
        win-anonymous-pipe     ✓1 ✓1 ✓3 ✓3 ✓1 ✓5 ✓3 ✓4 ✓1 ✓3 ✓1 ✓1 ✓1 ✓1
        win-named-pipe-byte    ✓1 ✓1 ✓3 ✓2 ✓1 ✓6 ✓2 ✓4 ✓1 ✓3 ✓1 ✓1 ✓1 ✓1
        win-named-pipe-message ✓1 ✓1 ✗1 ✓2 ✓1 ✓6 ✓1 ✓4 ✓1 ✗1 ✓1 ✓1 ✓1 ✓1

      ✓ pass  ✗ fail  – unsupported  ! broken  ↯ crash  ⧗ hang  ○ observed  the
      gravest of a cell, and how many

      What to look at
        ✓ pass  npipe.flush-then-disconnect  stale excuse
          The expectations file excuses this case, but it passes here: remove the
          entry.
        ⧗ hang  x.consumer-death-while-producer-blocked@unix-stream  unexpected
          The case did not end within 5 s: the producer was still waiting in write.
        ✗ fail  x.eof-on-orderly-close@pipe-packet  unexpected
          read: expected to return 0, but it failed with EAGAIN (11)
        ! broken  x.inherit-fork-spawn@unix-stream  unexpected
          The agent refused the call: no constant is named ‘SOCK_CLOFORK’; did you
          mean ‘SOCK_CLOEXEC’?
        ↯ crash  x.multi-producer-atomicity@unix-stream  unexpected
          writer-2 died by itself: killed by SIGSEGV inside write.
        ✗ void launch  unix-stream, stream, 64 B, unpinned
          The producer sent 20 000 messages and the consumer counted 19 999: the time
          counts for nothing.
        ✗ broken launch  unix-stream, stream, 1 KiB, unpinned
          The agent answered no line within 5 s.
        ✗ crash launch  unix-stream, stream, 4 KiB, unpinned
          The consumer was killed by SIGSEGV during stream.
        ✗ hang launch  unix-stream, stream, 16 KiB, unpinned
          The launch did not end within 10 s.

      Linux, latency  round trip, p50
        same-core, cores awake  64 B  4 KiB  64 KiB
                                µs ↓   µs ↓    µs ↓
          pipe                  4.01   4.79    17.4
          pipe-packet           4.27   4.97    17.9
          fifo                  4.43   5.22    18.6
          unix-stream           8.05   9.76    34.5
        cross-core, cores awake  64 B  4 KiB  64 KiB
                                 µs ↓   µs ↓    µs ↓
          pipe                   6.76   8.26    29.0
          pipe-packet            7.21   8.68    30.4
          fifo                   7.67   9.00    31.7
          unix-stream            13.6   16.6    57.8

      Windows (Wine 8.0), latency  round trip, p50
        same-core, cores awake    64 B  4 KiB  64 KiB
                                  µs ↓   µs ↓    µs ↓
          win-anonymous-pipe      41.4   50.1     179
          win-named-pipe-byte     44.5   53.1     186
          win-named-pipe-message  45.5   55.0     197
        cross-core, cores awake   64 B  4 KiB  64 KiB
                                  µs ↓   µs ↓    µs ↓
          win-anonymous-pipe      71.5   84.5     296
          win-named-pipe-byte     73.7   89.2     324
          win-named-pipe-message  77.5   94.0     341

      Linux, throughput  messages or bytes at the receiver (k: thousand messages)
        same-core, cores awake   64 B   4 KiB  64 KiB
                                k/s ↑  MB/s ↑  MB/s ↑
          pipe                   2098    5865  16 768
          fifo                   1990    5737  15 727
          pipe-packet            1484    4234  11 918
          unix-stream             671    1885    5302
        cross-core, cores awake   64 B   4 KiB  64 KiB
                                 k/s ↑  MB/s ↑  MB/s ↑
          pipe                    3934  11 412  31 474
          fifo                    3757  10 846  30 693
          pipe-packet             2865    8040  22 856
          unix-stream             1288    3598  10 123

      Windows (Wine 8.0), throughput  messages or bytes at the receiver (k: thousand
      messages)
        same-core, cores awake     64 B   4 KiB  64 KiB
                                  k/s ↑  MB/s ↑  MB/s ↑
          win-anonymous-pipe       60.7     175     489
          win-named-pipe-byte      56.8     159     449
          win-named-pipe-message   50.9     143     408
        cross-core, cores awake    64 B   4 KiB  64 KiB
                                  k/s ↑  MB/s ↑  MB/s ↑
          win-anonymous-pipe        117     332     952
          win-named-pipe-byte       107     308     858
          win-named-pipe-message   98.6     275     775

      – 1 case not here: O_CLOFORK is not defined by the headers of this system
        (POSIX.1-2024 has it, glibc 2.36 has not); a C library that defines it is
        needed.
      – 1 case not here: The process has CAP_SYS_RESOURCE, so that the limit does not
        bind it; run as an unprivileged user.
      – 1 case not here: Switching to another user needs CAP_SETUID; run as root.
      – 1 more case not here, for 1 other reason

      – 1 launch not here (unix-stream): Pinning needs two processors, and the cgroup
        allows one.

      ! This is a virtual machine (kvm): the hypervisor may take processor time away
        at any moment. Read the steal column, and repeat on bare metal where figures
        must be exact.
      ! Other processes were busy when the run began (load 0.42). Stop them, or wait
        until the load falls below 0.2.
      "
    `)
  })

  it('says once for each reason which launches are not here, and how many failed alike', () => {
    const [first] = [...run.launches].filter(({ verdict }) => verdict === 'ok')
    if (first === undefined) throw new Error('the fixture has no launch')
    const { measures: _, ...launch } = first
    const times = (count: number, verdict: LaunchRecord['verdict'], message: string): LaunchRecord[] =>
      Array.from({ length: count }, (_, round) => ({ ...launch, round, verdict, message }))
    const launches = [
      ...times(36, 'unsupported', 'Wine ignores THREAD_PRIORITY_IDLE.'),
      ...times(1, 'unsupported', 'Two processors are needed.'),
      ...times(5, 'crash', 'The consumer was killed by SIGSEGV.'),
    ]
    const lines = summary([{ ...run, cases: [], launches }], plain(80)).split('\n')
    expect(lines.filter((line) => line.startsWith('–'))).toEqual([
      '– 36 launches not here (pipe): Wine ignores THREAD_PRIORITY_IDLE.',
      '– 1 launch not here (pipe): Two processors are needed.',
    ])
    expect(lines.filter((line) => line.includes('crash'))).toEqual([
      '  ✗ 5 crash launches  pipe, pingpong, 64\u202fB, same-core',
    ])
  })

  it('cuts a long message after two lines, and says where the rest is', () => {
    const one = caseOf('x.eof-on-orderly-close@pipe-packet')
    const message = 'consumer 1 got what was not sent, '.repeat(40)
    const text = summary([{ ...run, cases: [{ ...one, message }], launches: [] }], plain(80))
    const [, after = ''] = text.split('unexpected\n')
    const [first, second, third, fourth] = after.split('\n')
    expect(first).toMatch(/^ {4}consumer 1 got/)
    expect(second).toMatch(/ …$/)
    expect(third).toBe('    (ipcmark explain x.eof-on-orderly-close@pipe-packet shows all)')
    expect(fourth).toBe('')
    expect(widest(text)).toBeLessThanOrEqual(80)
    const header = { ...run.header, command: 'ipcmark check --fault swallow-end:read:0 --seed 7' }
    expect(summary([{ ...run, header, cases: [{ ...one, message }], launches: [] }], plain(120))).toContain(
      '(ipcmark explain x.eof-on-orderly-close@pipe-packet --fault swallow-end:read:0 shows all)',
    )
  })

  it('of nothing says so', () => {
    const { header } = run
    const calm = { ...header, environment: { ...header.environment, warnings: [] } }
    expect(summary([{ header: calm, cases: [], launches: [] }], plain(80))).toBe('Nothing was recorded\n')
  })

  it('says when the record is not whole', () => {
    expect(summary([{ ...run, partial: 'One line was left out.' }], plain(80))).toContain(
      'Not whole: One line was left out.',
    )
  })
})

describe('colours', () => {
  it('change nothing but colours', () => {
    const coloured = summary([run], { columns: 80, colour: true })
    expect(coloured).not.toBe(summary([run], plain(80)))
    expect(stripVTControlCharacters(coloured)).toBe(summary([run], plain(80)))
    const one = caseOf('x.read-empty-blocks@pipe')
    expect(stripVTControlCharacters(explanation(one, { columns: 80, colour: true }))).toBe(explanation(one, plain(80)))
  })
})

describe('text from outside', () => {
  it('cannot steer the terminal', () => {
    const bad = fixtureRun({ hostile: true })
    const evil = bad.cases.find(({ mechanism }) => mechanism === hostile.markup) as CaseRecord
    const text =
      summary([bad], plain(80)) +
      explanation(evil, plain(80)) +
      explanation({ ...evil, message: hostile.control, verdict: 'crash' }, plain(80))
    expect(/[\p{Cc}\p{Cf}]/u.exec(text.replaceAll('\n', ''))).toBeNull()
    expect(text).toContain(String.raw`red \x1b[31m bell`)
  })
})
