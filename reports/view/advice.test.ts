import { describe, expect, it } from 'vitest'
import type { CaseRecord, Cell, LaunchRecord, Run } from '../../harness/model.ts'
import { type Chosen, launchOf, runOf } from '../fixture/cells.ts'
import { fixtureRun } from '../fixture/run.ts'
import { adviceOf, type MechanismLine } from './advice.ts'
import type { Statement } from './advice-ranking.ts'
import { placesOf, rowsAt } from './tally.ts'

const crossCore = { placement: 'cross-core' } as const

/** Three launches a tenth of a per cent apart, or as far as is said. */
function thrice(different: Partial<Cell>, chosen: Chosen, apart = 0.001): LaunchRecord[] {
  return [1 - apart, 1, 1 + apart].map((factor) =>
    launchOf(different, {
      ...chosen,
      ...(chosen.ns === undefined ? {} : { ns: Math.round(chosen.ns * factor) }),
      ...(chosen.rate === undefined ? {} : { rate: chosen.rate * factor }),
    }),
  )
}

const adviceIn = (run: Run) => adviceOf(placesOf(run))[0]
const statementIn = (run: Run, id: string): Statement | undefined =>
  adviceIn(run)?.statements.find((statement) => statement.id === id)
const lineIn = (run: Run, name: string): MechanismLine | undefined =>
  adviceIn(run)?.lines.find(({ mechanism }) => mechanism === name)

describe('who is best', () => {
  it('is named with its figure, its interval, and how far behind the next one is', () => {
    const run = runOf(
      ...thrice(crossCore, { ns: 3100 }, 0.01),
      ...thrice({ ...crossCore, mechanism: 'tcp' }, { ns: 12_400 }),
    )
    const { says, under } = statementIn(run, 'small-two-cores') as Statement
    expect(says).toEqual([
      '`pipe` has the shortest round trip, 3.10 µs (3.07–3.13), 4.00 times as fast as the next, `tcp` (12.4 µs).',
    ])
    expect(under).toBe(
      '64\u202fB, cross-core, cores awake; 3 launches of each; the interval holds the median with 75.0\u202f%',
    )
  })

  it('shares it with whom the intervals cannot tell from it', () => {
    const run = runOf(
      ...thrice({}, { ns: 3000 }, 0.1),
      ...thrice({ mechanism: 'fifo' }, { ns: 3200 }, 0.1),
      ...thrice({ mechanism: 'tcp' }, { ns: 9000 }),
    )
    const [sentence = ''] = statementIn(run, 'small-one-core')?.says ?? []
    expect(sentence).toContain('`pipe` has the shortest round trip, 3.00 µs (2.70–3.30).')
    expect(sentence).toContain('`fifo` is as good, as the intervals overlap.')
    expect(sentence).toContain('`pipe` is 3.00 times as fast as the next, `tcp` (9.00 µs).')
  })

  it('is nobody by a figure of one launch, which has no interval, and a twentieth more', () => {
    const once = (mechanism: string, ns: number) => launchOf({ mechanism }, { ns })
    const [near = ''] = statementIn(runOf(once('pipe', 3000), once('fifo', 3100)), 'small-one-core')?.says ?? []
    expect(near).not.toMatch(/times as fast/)
    expect(near).not.toMatch(/intervals/)
    const flow = (mechanism: string, rate: number) =>
      launchOf({ mechanism, workload: 'stream', size: 65_536 }, { rate })
    const [bytes = ''] = statementIn(runOf(flow('pipe', 31_000), flow('fifo', 30_000)), 'most-bytes')?.says ?? []
    expect(bytes).not.toMatch(/times as fast/)
  })

  it('is the greatest where more is better', () => {
    const run = runOf(
      ...thrice({ ...crossCore, workload: 'stream' }, { rate: 4e6 }),
      ...thrice({ ...crossCore, workload: 'stream', mechanism: 'tcp' }, { rate: 2e6 }),
    )
    expect(statementIn(run, 'most-messages')?.says).toEqual([
      '`pipe` carries the most messages, 4.00 million/s, 2.00 times as fast as the next, `tcp` (2.00 million/s).',
    ])
  })

  it('tells bytes of large messages, and processor time of both sides', () => {
    const large = { ...crossCore, workload: 'stream', size: 65_536 } as const
    const run = runOf(
      ...thrice(large, { rate: 1e5 }),
      ...thrice({ ...large, mechanism: 'tcp' }, { rate: 5e4 }),
      ...thrice({ ...large, size: 64 }, { rate: 1e6, cpu: [100, 300] }),
      ...thrice({ ...large, size: 64, mechanism: 'tcp' }, { rate: 1e6, cpu: [10, 20] }),
    )
    expect(statementIn(run, 'most-bytes')?.says[0]).toContain('`pipe` carries the most bytes, 6.55 GB/s')
    expect(statementIn(run, 'least-cpu')?.says[0]).toContain(
      '`tcp` takes the least processor time for a message, of both sides together, 90.0 ns',
    )
  })

  it('is asked of one size and one condition alone: those that most rows have', () => {
    const run = runOf(
      ...thrice({ size: 1 }, { ns: 10 }),
      ...thrice({}, { ns: 3000 }),
      ...thrice({ mechanism: 'tcp' }, { ns: 4000 }),
      ...thrice({ placement: 'unpinned', mechanism: 'udp' }, { ns: 20 }),
      ...thrice({ cores: 'idle', mechanism: 'fifo' }, { ns: 30 }),
    )
    const names = statementIn(run, 'small-one-core')?.rankings.flatMap(({ ranked }) => ranked.map(({ name }) => name))
    expect(names).toEqual(['pipe', 'tcp'])
  })

  it('is not asked where there is only one, or none', () => {
    expect(adviceOf(placesOf(runOf(...thrice({}, { ns: 3000 }))))).toEqual([])
    expect(adviceOf(placesOf(runOf()))).toEqual([])
  })

  it('is not asked of a gate, which compares two builds', () => {
    const arms = [...thrice({}, { ns: 3000, arm: 'a' }), ...thrice({ mechanism: 'tcp' }, { ns: 9000, arm: 'a' })]
    const cases = fixtureRun().cases.map((one) => ({ ...one, arm: 'a' as const }))
    expect(adviceOf(placesOf({ ...runOf(...arms), cases }))).toEqual([])
  })

  it('is nobody whose figure is no number, or nothing', () => {
    const run = runOf(
      ...thrice({ ...crossCore, workload: 'stream', mechanism: 'udp' }, { rate: 0 }),
      ...thrice({ ...crossCore, workload: 'stream', mechanism: 'udp6' }, { rate: Number.NaN }),
      ...thrice({ ...crossCore, workload: 'stream', mechanism: 'raw-ip' }, { rate: -5 }),
      ...thrice({ ...crossCore, workload: 'stream' }, { rate: 4e6 }),
      ...thrice({ ...crossCore, workload: 'stream', mechanism: 'tcp' }, { rate: 1e300 }),
    )
    const statement = statementIn(run, 'most-messages')
    expect(statement?.rankings[0]?.ranked.map(({ name }) => name)).toEqual(['tcp', 'pipe'])
    expect(statement?.says.join(' ')).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('ways that are not alike', () => {
  const run = runOf(
    ...thrice(crossCore, { ns: 4000 }),
    ...thrice({ ...crossCore, mechanism: 'fifo' }, { ns: 5000 }),
    ...thrice({ ...crossCore, mechanism: 'posix-shm', wake: 'futex' }, { ns: 3900 }),
    ...thrice({ ...crossCore, mechanism: 'posix-shm', wait: 'spin' }, { ns: 140, cpu: [85, 0] }),
    ...thrice({ ...crossCore, mechanism: 'memfd', wait: 'spin' }, { ns: 180, cpu: [85, 0] }),
    ...thrice({ ...crossCore, method: 'batch' }, { ns: 2000 }),
  )
  const { says, rankings } = statementIn(run, 'small-two-cores') as Statement

  it('are ranked apart, and say which they are', () => {
    expect(rankings.map(({ manner, ranked }) => [manner, ...ranked.map(({ name }) => name)])).toEqual([
      ['plain', 'pipe', 'fifo'],
      ['ring', 'posix-shm block wake=futex'],
      ['trying', 'posix-shm spin', 'memfd spin'],
      ['special', 'pipe batch'],
    ])
    expect(says.map((sentence) => sentence.split('`')[0])).toEqual([
      'Carried by the system message by message, ',
      'Over a ring in shared memory whose sides sleep, ',
      'Trying again and again instead of sleeping, ',
      'Several at a call, or read where they lie, ',
    ])
  })

  it('say what processor time it costs to spin', () => {
    expect(says[2]).toContain(
      'It takes 255 ns of processor time for a message, and the whole core as long as it waits.',
    )
    expect(says.filter((sentence) => sentence.includes('whole core')).length).toBe(1)
  })

  it('leave what Node does to the questions about JavaScript', () => {
    const node = { runtime: 'node' } as const
    const both = runOf(
      ...thrice({}, { ns: 4000 }),
      ...thrice({ mechanism: 'fifo' }, { ns: 5000 }),
      ...thrice({ ...node }, { ns: 5100 }),
      ...thrice({ ...node, mechanism: 'node-message-port' }, { ns: 9000 }),
    )
    expect(statementIn(both, 'javascript')?.says[0]).toContain('`pipe node` has the shortest round trip, 5.10 µs')
    expect(statementIn(both, 'small-one-core')?.says[0]).toContain('the next, `fifo`')
  })
})

describe('an imitated system', () => {
  const [target] = fixtureRun().header.targets
  const launches = [...thrice({}, { ns: 4000 }), ...thrice({ mechanism: 'tcp' }, { ns: 8000 })]
  const under = (targets: Run['header']['targets'], cases: readonly CaseRecord[] = []): Run => {
    const run = runOf(...launches)
    return { ...run, cases, header: { ...run.header, targets } }
  }
  if (target === undefined) throw new Error('the fixture has no target')

  it('advises on no speed, and neither does one that is not described', () => {
    expect(adviceOf(placesOf(under([target]))).length).toBe(1)
    expect(adviceOf(placesOf(under([{ ...target, emulator: 'Wine 8.0' }])))).toEqual([])
    expect(adviceOf(placesOf(under([])))).toEqual([])
  })

  it('still says what its cases have found, and why it says no more', () => {
    const cases = fixtureRun().cases.filter((one) => one.target === target.id)
    const [advice] = adviceOf(placesOf(under([{ ...target, emulator: 'Wine 8.0' }], cases)))
    expect(advice?.silence).toContain('Wine 8.0')
    expect(advice?.statements.map(({ id }) => id)).toEqual(['unrelated', 'related', 'borders', 'crashes'])
    expect(JSON.stringify(advice?.statements)).not.toMatch(/µs|million|GB/)
  })
})

describe('what rests on cases', () => {
  const { cases } = fixtureRun()
  const from = (launches: readonly LaunchRecord[], own: readonly CaseRecord[] = cases): Run => ({
    ...runOf(...launches),
    cases: own,
  })
  const measured = [
    ...thrice({ mechanism: 'fifo' }, { ns: 5000 }),
    ...thrice({ mechanism: 'unix-stream' }, { ns: 8000 }),
    ...thrice({}, { ns: 4000 }),
  ]

  it('ranks those alone that promise it, and whose cases hold', () => {
    const fifos = cases.filter(({ mechanism }) => mechanism === 'fifo')
    const others = fifos.map((one) => ({ ...one, mechanism: 'sysv-msg', id: one.id.replace('@fifo', '@sysv-msg') }))
    const launches = [...measured, ...thrice({ mechanism: 'sysv-msg' }, { ns: 7500 })]
    const { says } = statementIn(from(launches, [...cases, ...others]), 'unrelated') as Statement
    expect(says).toEqual([
      'Of those that are met by a name, `fifo` has the shortest round trip, 5.00 µs (4.99–5.01), 1.50 times as fast as the next, `sysv-msg` (7.50 µs).',
      'The cases about it hold for `fifo` and `sysv-msg`.',
    ])
  })

  it('names them where nothing was measured', () => {
    const { says, rankings } = statementIn(from([]), 'crashes') as Statement
    expect(says).toEqual(['The cases about it hold for `fifo` and `pipe`.'])
    expect(rankings).toEqual([])
  })

  it('says nothing of one whose general case does not hold, and minds no other case', () => {
    const failing = (id: string) => cases.map((one): CaseRecord => (one.id === id ? { ...one, verdict: 'fail' } : one))
    const crashes = (own: readonly CaseRecord[]) => statementIn(from([], own), 'crashes')?.says[0]
    expect(crashes(failing('x.eof-on-producer-exit@fifo'))).not.toContain('fifo')
    expect(crashes(failing('pipe.eof-withheld-by-inherited-writer'))).toContain('`pipe`')
  })

  it('says who crosses from one system to the other', () => {
    const [template] = cases
    if (template === undefined) throw new Error('the fixture has no case')
    const crossing = {
      ...template,
      id: 'interop.tcp',
      mechanism: 'tcp',
      with: { target: 'wine', os: 'windows', peers: ['consumer'] },
    } as const
    expect(statementIn(from([], [crossing]), 'both-systems')?.says[0]).toContain('`tcp` connects')
    expect(statementIn(from([], [{ ...crossing, verdict: 'fail' }]), 'both-systems')).toBe(undefined)
  })
})

describe('the line of a mechanism', () => {
  it('says what it is best at and what it is bad at, with the figures', () => {
    const run = runOf(
      ...thrice({}, { ns: 4000 }),
      ...thrice({ mechanism: 'tcp' }, { ns: 16_000 }),
      ...thrice({ mechanism: 'fifo' }, { ns: 5000 }),
    )
    expect(lineIn(run, 'pipe')).toEqual({ mechanism: 'pipe', good: ['small messages on one core (4.00 µs)'], bad: [] })
    expect(lineIn(run, 'tcp')?.bad).toEqual(['small messages on one core (16.0 µs, 4.00× the best)'])
    expect(lineIn(run, 'fifo')).toBe(undefined)
  })

  it('says of a channel that its cases have shown to leave somebody waiting for the dead', () => {
    const fifos = fixtureRun().cases.filter(({ mechanism }) => mechanism === 'fifo')
    const as = (name: string) =>
      fifos.map((one) => ({ ...one, mechanism: name, id: one.id.replace('@fifo', `@${name}`) }))
    const run = { ...runOf(), cases: [...as('sysv-msg'), ...as('tcp')] }
    expect(lineIn(run, 'sysv-msg')?.bad).toEqual(['leaves one side or both waiting for the dead'])
    expect(lineIn(run, 'tcp')?.bad).toEqual([])
  })

  it('praises nobody for the noise of the best', () => {
    const noisy = [3000, 4000, 40_000].flatMap((ns) => launchOf({}, { ns }))
    const run = runOf(...noisy, ...thrice({ mechanism: 'tcp' }, { ns: 30_000 }))
    expect(lineIn(run, 'tcp')).toBe(undefined)
    expect(statementIn(run, 'small-one-core')?.says[0]).toContain('`tcp` is as good')
  })
})

describe('the numbers of every sentence', () => {
  it('are those of rows of the run', () => {
    const run = fixtureRun()
    for (const { place, statements } of adviceOf(placesOf(run))) {
      const rows = new Set(rowsAt(place))
      for (const { says, rankings } of statements) {
        const known = rankings.flatMap(({ scale, ranked }) =>
          ranked.flatMap(({ row, estimate, times }) => {
            expect(rows.has(row)).toBe(true)
            const cpu = row.producerCpuNs + row.consumerCpuNs
            const figures = [estimate.value, estimate.low, estimate.high].map(scale.figure)
            return [...figures, scale.words(estimate.value), String(times), cpu.toFixed(3)].flatMap(numbersIn)
          }),
        )
        for (const number of says.slice(0, rankings.length).flatMap(numbersIn)) {
          expect(
            known.some((one) => Math.abs(one - number) <= 0.006 * one),
            `${number} in ${says.join(' ')}`,
          ).toBe(true)
        }
      }
    }
  })
})

/** Those of names, which stand between backticks, and of percentiles are no figures. */
const numbersIn = (text: string): number[] =>
  [
    ...text
      .replace(/`[^`]*`|p\d+/g, '')
      .replaceAll('\u202f', '')
      .matchAll(/\d+(?:\.\d+)?/g),
  ].map(([found]) => Number(found))
