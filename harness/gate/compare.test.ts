/** What `compare` says of two records that differ in one thing. */

import { describe, expect, test } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import { cellName } from '../measure/schedule.ts'
import type { CaseRecord, LaunchRecord, Measures, Run } from '../model.ts'
import { compareRuns } from './compare.ts'

const run = fixtureRun()
const launches = [...run.launches]

/** Every launch's figure times so much, where the cell's name says so. */
function slowed(pattern: RegExp, factor: number): Run {
  const changed = launches.map((launch): LaunchRecord => {
    const { cell, measures } = launch
    if (measures === undefined || !pattern.test(cellName(cell))) return launch
    return { ...launch, measures: { ...measures, ...scaled(measures, factor) } }
  })
  return { ...run, launches: changed as unknown as Run['launches'] }
}

function scaled({ latency, throughput }: Measures, factor: number): Partial<Measures> {
  if (throughput !== undefined) {
    return { throughput: { ...throughput, messagesPerSecond: throughput.messagesPerSecond / factor } }
  }
  if (latency === undefined) return {}
  const { histogram } = latency
  // 1 024 buckets on is twice as long.
  const by = Math.round(1024 * Math.log2(factor))
  return { latency: { ...latency, histogram: { ...histogram, counts: histogram.counts.map(([i, n]) => [i + by, n]) } } }
}

const turned = (id: string, verdict: CaseRecord['verdict']): Run => ({
  ...run,
  cases: run.cases.map((one) => (one.id === id ? { ...one, verdict } : one)),
})

describe('notes', () => {
  const notes = (one: Partial<Run>) => compareRuns(run, { ...run, ...one }).notes
  test('are none of two that went to their end', () => expect(notes({})).toEqual([]))
  test('name a record that was cut, or interrupted, or slowed down on purpose', () => {
    expect(notes({ partial: 'its end is missing' })).toEqual([`${run.header.run}: its end is missing`])
    const end = { type: 'end' as const, finished: '', interrupted: true, cases: 0, launches: 0 }
    expect(notes({ end })).toEqual([expect.stringMatching(/was interrupted$/)])
    const injected = [{ cell: 'tcp', ns: 50, alone: 1000, held: 1100 }]
    const gate = { type: 'gate', verdict: 'pass', a: '', b: '', again: '', injected } as unknown as NonNullable<
      Run['gate']
    >
    expect(notes({ gate })).toEqual([expect.stringMatching(/each message of tcp was held up by 50 ns in B/)])
  })
})

describe('figures', () => {
  test('of the same record are the same, or it cannot tell, but never slower or faster', () => {
    const { cells, common } = compareRuns(run, run)
    expect(cells.length).toBe(common.cells)
    expect(cells.length).toBeGreaterThan(50)
    for (const { ratio, news } of cells) {
      expect(ratio).toBeCloseTo(1, 12)
      expect(['same', 'cannot-tell']).toContain(news)
    }
  })
  test.each([
    ['latency', /^pipe pingpong 64 same-core/],
    ['throughput', /^pipe stream 64 same-core/],
  ])('that cost twice as much are slower: %s', (figure, pattern) => {
    const there = compareRuns(run, slowed(pattern, 2)).cells.filter(({ news }) => news === 'slower')
    expect(there.map(({ cell }) => cellName(cell)).every((name) => pattern.test(name))).toBe(true)
    expect(there).toHaveLength(1)
    expect(there[0]).toMatchObject({ figure, launches: [5, 5] })
    expect(there[0]?.ratio).toBeCloseTo(2, 0)
    expect(there[0]?.low).toBeGreaterThan(1.5)
    const back = compareRuns(slowed(pattern, 2), run).cells.filter(({ news }) => news === 'faster')
    expect(back[0]?.ratio).toBeCloseTo(0.5, 1)
  })
  test('of too few launches cannot be told apart, however far they are', () => {
    const few = (of: Run): Run => ({
      ...of,
      launches: [...of.launches].filter(({ round }) => round < 2) as unknown as Run['launches'],
    })
    const { cells } = compareRuns(few(run), few(slowed(/pipe/, 3)))
    expect(new Set(cells.map(({ news }) => news))).toEqual(new Set(['cannot-tell']))
  })
  test('that only one record has are named', () => {
    const without = { ...run, launches: launches.filter(({ cell }) => cell.mechanism !== 'fifo') } as unknown as Run
    const { onlyBefore, onlyAfter, cells } = compareRuns(run, without)
    expect(onlyAfter).toEqual([])
    expect(onlyBefore.length).toBeGreaterThan(0)
    expect(onlyBefore.every((name) => name.startsWith('fifo '))).toBe(true)
    expect(cells.some(({ cell }) => cell.mechanism === 'fifo')).toBe(false)
  })
})

describe('cases', () => {
  const passing = run.cases.find(({ verdict }) => verdict === 'pass') as CaseRecord
  const news = (before: Run, after: Run) => compareRuns(before, after).cases.map(({ id, news: what }) => [id, what])

  test('of the same record have not changed', () => expect(news(run, run)).toEqual([]))
  test.each([
    ['fail', 'broke', 'mended'],
    ['crash', 'broke', 'mended'],
    ['hang', 'broke', 'mended'],
    ['unsupported', 'newly-unsupported', 'newly-supported'],
    ['observed', 'changed', 'changed'],
  ] as const)('one that passed and is now %s: %s; the other way: %s', (verdict, there, back) => {
    const other = turned(passing.id, verdict)
    expect(news(run, other)).toContainEqual([passing.id, there])
    expect(news(other, run)).toContainEqual([passing.id, back])
  })
})

describe('a case that only the second has', () => {
  const [first] = run.cases as [CaseRecord]
  const without: Run = { ...run, cases: run.cases.filter(({ id }) => id !== first.id) }
  const there = (verdict: CaseRecord['verdict']) => compareRuns(without, turned(first.id, verdict)).cases
  test.each(['fail', 'crash', 'hang'] as const)('broke where it goes wrong: %s', (verdict) => {
    expect(there(verdict)[0]).toMatchObject({ id: first.id, after: verdict, news: 'broke' })
    expect(there(verdict)[0]).not.toHaveProperty('before')
  })
  test.each(['pass', 'observed', 'unsupported'] as const)('is no news where it is %s', (verdict) => {
    expect(there(verdict)).toEqual([])
  })
})

describe('environments', () => {
  const on = (more: Partial<Run['header']['environment']>): Run => ({
    ...run,
    header: { ...run.header, environment: { ...run.header.environment, ...more } },
  })
  test('that are the same differ in nothing', () => expect(compareRuns(run, run).environment).toEqual([]))
  test('differ where figures may come from', () => {
    const { environment } = compareRuns(run, on({ kernel: 'Linux 5.15.1 x86_64', node: 'v22.0.0' }))
    expect(environment).toEqual([
      { what: 'kernel', matters: true, before: run.header.environment.kernel, after: 'Linux 5.15.1 x86_64' },
      { what: 'Node', matters: false, before: 'v20.20.2', after: 'v22.0.0' },
    ])
  })
  test('include what a target runs on', () => {
    const targets = run.header.targets.map((one) => (one.id === 'wine' ? { ...one, emulator: 'Wine 9.0' } : one))
    const { environment } = compareRuns(run, { ...run, header: { ...run.header, targets } })
    expect(environment).toEqual([expect.objectContaining({ what: 'target wine', matters: true })])
  })
})
