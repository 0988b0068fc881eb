import { describe, expect, it } from 'vitest'
import type { Cell, LaunchRecord, Run } from '../../harness/model.ts'
import { fixtureRun } from '../fixture/run.ts'
import { cautionsOf, marksOf } from './cautions.ts'
import { figureTables, rowName } from './figures.ts'
import { measuredOf } from './measured.ts'

const run = fixtureRun()
const [first] = [...run.launches]
if (first?.measures === undefined) throw new Error('the fixture has no launch')
const { measures } = first

type Change = { readonly cell?: Partial<Cell>; readonly measures?: object; readonly message?: string }
const launch = (change: Change = {}, round = 0): LaunchRecord => ({
  ...first,
  round,
  cell: { ...first.cell, placement: 'cross-core', ...change.cell },
  measures: { ...measures, ...change.measures },
})
const of = (...launches: LaunchRecord[]): Run => ({ header: run.header, cases: [], launches })
const ids = (...launches: LaunchRecord[]) => cautionsOf(of(...launches)).map(({ id }) => id)

/** The same launch, every round trip so many times as long. */
const slower = (times: number) => ({
  latency: measures.latency && {
    ...measures.latency,
    histogram: {
      ...measures.latency.histogram,
      counts: measures.latency.histogram.counts.map(([index, count]) => [index + 1024 * times, count]),
    },
  },
})

describe('a caution', () => {
  it('is none where all is well', () => expect(ids(launch(), launch({}, 1), launch({}, 2))).toEqual([]))

  it.each<[string, LaunchRecord[]]>([
    ['messages-lost', [launch({ measures: { loss: { sent: 100, received: 90 } } })]],
    ['rate-not-sustained', [launch({ measures: { pace: { wanted: 10, achieved: 5, sustained: false } } })]],
    ['noisy-cell', [launch(), launch({ measures: slower(1) }, 1), launch({ measures: slower(2) }, 2)]],
    ['stolen-time', [launch({ measures: { steal: 0.2 } })]],
    ['not-pinned', [launch({ cell: { placement: 'unpinned' } })]],
    ['coarse-timer', [launch({ measures: { timer: { source: 'hpet', costNs: 3000, resolutionNs: 1 } } })]],
    [
      'noisy-neighbour',
      [
        launch({
          measures: {
            producer: { ...measures.producer, usage: { ...measures.producer.usage, involuntarySwitches: 100_000 } },
          },
        }),
      ],
    ],
  ])('%s is told, with what would mend it', (id, launches) => {
    const found = cautionsOf(of(...launches)).find((one) => one.id === id)
    expect(found?.says).toMatch(/[.]$/)
    expect(found?.remedy).not.toBe('')
  })

  it('marks the figures that it is about', () => {
    const rows = measuredOf(of(launch({ measures: { loss: { sent: 100, received: 90 } } }))).rows
    expect(rows.map(marksOf)).toEqual(['*'])
    expect(rows[0]?.loss).toBeCloseTo(0.1)
  })
})

describe('a row', () => {
  it('is named by the mechanism and how it was used', () => {
    const cell: Cell = { ...first.cell, mechanism: 'posix-shm', shape: 'side-by-side', peers: 2 }
    expect(rowName(cell)).toBe('posix-shm')
    expect(rowName({ ...cell, wait: 'spin' })).toBe('posix-shm spin')
    expect(rowName({ ...cell, wake: 'futex' })).toBe('posix-shm block wake=futex')
    expect(rowName({ ...cell, runtime: 'node' })).toBe('posix-shm node')
  })

  it('stands only with those that were measured under the same condition', () => {
    const tables = figureTables(of(launch(), launch({ cell: { wait: 'spin' } }), launch({ cell: { cores: 'idle' } })))
    expect(tables.map(({ groups }) => groups.map(({ rows }) => rows.length))).toEqual([[2, 1]])
  })
})

describe('launches without a figure', () => {
  it('are counted by reason, and so is one of too few samples', () => {
    const few = {
      latency: measures.latency && {
        ...measures.latency,
        histogram: { ...measures.latency.histogram, counts: [[9, 3]] },
      },
    }
    const { measures: _, ...crashed } = { ...launch(), verdict: 'crash' as const, message: 'it died' }
    const { lost } = measuredOf(of(crashed, { ...crashed, round: 1 }, launch({ measures: few })))
    expect(lost.map(({ verdict, cells }) => [verdict, cells.map(({ launches }) => launches)])).toEqual([
      ['crash', [2]],
      ['ok', [1]],
    ])
    expect(lost[1]?.message).toMatch(/Too few/)
  })
})
