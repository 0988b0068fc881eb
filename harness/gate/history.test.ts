/** Figures that depend on other things than ipcmark's change are series of their own. */

import { expect, test } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import type { RunHeader } from '../model.ts'
import { trendsOf } from './history.ts'
import { type StoredRun, storedRun } from './stored.ts'

const whole = fixtureRun()
const run = storedRun({ ...whole, launches: [...whole.launches].slice(0, 5) })
const as = (header: Partial<RunHeader>): StoredRun => ({ ...run, header: { ...run.header, ...header } })
const bench = (...words: string[]) => ({ words: ['bench', ...words] })
const on = (kernel: string) => ({ environment: { ...run.header.environment, kernel }, ...bench() })
const undersOf = (...runs: StoredRun[]) => {
  const all = trendsOf(runs)
  return all.filter(({ name }) => name === all[0]?.name).map(({ under, points }) => [under, points.length])
}

test('runs alike are one series', () => {
  const { tool } = run.header
  expect(undersOf(as(bench()), as({ ...bench('--seed', '4'), tool: { ...tool, commit: 'other' } }))).toEqual([
    [undefined, 2],
  ])
})

test('another kernel or another budget begins a series, and says which it is', () => {
  expect(undersOf(as(on('Linux 5')), as(on('Linux 6')), as(on('Linux 5')))).toEqual([
    ['kernel: Linux 5', 2],
    ['kernel: Linux 6', 1],
  ])
  const budgets = [bench('--quick'), bench(), bench('--budget', 'tiny'), bench('--budget=tiny')]
  expect(undersOf(...budgets.map(as))).toEqual([
    ['bench --quick', 1],
    ['bench', 1],
    ['bench --budget=tiny', 2],
  ])
})

test('another system behind a target that a cell is not of makes no series of it', () => {
  const { targets } = run.header
  const [trend] = trendsOf([run])
  const other = targets.map((one) => (one.id === trend?.target ? one : { ...one, system: 'another' }))
  expect(other).not.toEqual(targets)
  expect(undersOf(run, as({ targets: other }))).toEqual([[undefined, 2]])
  expect(undersOf(run, as({ targets: targets.map((one) => ({ ...one, system: 'another' })) }))).toHaveLength(2)
})

test('a change says what else changed with it, which figures do not depend on', () => {
  const scaled = (one: StoredRun, by: number): StoredRun => ({
    ...one,
    cells: new Map([...one.cells].map(([name, cell]) => [name, { ...cell, cost: cell.cost * by }])),
  })
  const noise = [1, 1.01, 0.99, 1.005, 0.995, 1.002]
  const before = noise.map((by) => scaled(run, by))
  const { environment } = run.header
  const after = noise.map((by) => scaled(as({ environment: { ...environment, node: 'v99.0.0' } }), 2 * by))
  const [trend] = trendsOf([...before, ...after])
  expect(trend?.changes).toMatchObject([{ at: 6, environment: [expect.stringMatching(/^Node: .* → v99\.0\.0$/)] }])
})
