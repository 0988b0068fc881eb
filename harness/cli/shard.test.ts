import { describe, expect, test } from 'vitest'
import { cellsFor, measuredOn } from '../../suites/benchmarks/index.ts'
import { suite } from '../../suites/index.ts'
import { matrixOf } from '../conformance/plan.ts'
import { heldAgainst } from '../measure/held-against.ts'
import { cellName } from '../measure/schedule.ts'
import type { Cell } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { askedShard, dealt, dividedCases, dividedCells, shardOf } from './shard.ts'
import { wordsOf } from './words.ts'

const agent = { info: { id: 'native' } } as Agent
const all = [1, 2, 3]
const of3 = (index: number) => ({ index, of: 3 })

describe('what --shard is', () => {
  const asked = (shard: string) => askedShard(wordsOf({ shard }))

  test('a part, and how many there are', () => {
    expect(asked('2/3')).toEqual({ index: 2, of: 3 })
    expect(askedShard(wordsOf({}))).toBeUndefined()
  })

  test.each(['', '1', '/3', '1/', 'a/b', '1/3/4', '-1/3', '1.5/3', ' 1/3', '1/0', '1/1001', '1/99999999999'])(
    '%s is none',
    (text) => expect(() => asked(text)).toThrow(/--shard is a part and how many there are/),
  )

  test.each(['0/3', '4/3'])('%s is not among them', (text) => expect(() => asked(text)).toThrow(/1\/3 to 3\/3/))
})

describe('cases', () => {
  const cases = matrixOf(suite, 'linux').cases
  const part = (index: number, from = cases) =>
    dividedCases([{ agent, cases: from, deviations: new Map() }], of3(index))
  const ids = (index: number, from = cases) => part(index, from).own.flatMap((cast) => cast.cases.map(({ id }) => id))

  test('are each in one shard, as many in each', () => {
    const shards = all.map((index) => ids(index))
    expect(shards.flat().sort()).toEqual(cases.map(({ id }) => id).sort())
    const sizes = shards.map(({ length }) => length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })

  test('are in the same one whatever their order, and the plan is known again', () => {
    const reversed = [...cases].reverse()
    for (const index of all) expect(new Set(ids(index, reversed))).toEqual(new Set(ids(index)))
    expect(shardOf(of3(2), part(2, reversed).names)).toEqual(shardOf(of3(2), part(2).names))
    expect(shardOf(of3(2), part(2, cases.slice(1)).names)?.plan).not.toBe(shardOf(of3(2), part(2).names)?.plan)
  })

  test('are refused where there are fewer than shards', () => {
    expect(() => part(1, cases.slice(0, 2))).toThrow('3 shards are too many for 2 cases.')
  })
})

describe('cells', () => {
  const cells = cellsFor('default', measuredOn('linux', suite.mechanisms))
  const msOf = ({ size }: Cell) => 100 + size / 1000
  const shard = (index: number, from = cells) =>
    dividedCells([{ agent, cells: from }], msOf, of3(index)).own.flatMap((own) => [...own.cells])
  const shards = all.map((index) => shard(index))

  test('are each in one shard, but for baselines, which are wherever something is held against them', () => {
    const planned = new Set(cells.map(cellName))
    expect(new Set(shards.flat().map(cellName))).toEqual(planned)
    const others = shards.flat().filter(({ workload }) => workload !== 'baseline')
    expect(new Set(others.map(cellName)).size).toBe(others.length)
    for (const own of shards) {
      const names = new Set(own.map(cellName))
      for (const baseline of own.flatMap(heldAgainst).map(cellName))
        if (planned.has(baseline)) expect(names).toContain(baseline)
    }
  })

  test('that stand in one column of a table are in one shard', () => {
    const shardsOf = new Map<string, Set<number>>()
    for (const [at, own] of shards.entries()) {
      for (const { workload, size, placement, cores, shape, peers, rate } of own) {
        if (workload === 'baseline') continue
        const column = [workload, size, placement, cores, shape, peers, rate].join()
        shardsOf.set(column, (shardsOf.get(column) ?? new Set()).add(at))
      }
    }
    expect([...shardsOf.values()].filter(({ size }) => size > 1)).toEqual([])
  })

  test('take about as long in each, in whatever order they come', () => {
    const times = shards.map((own) => own.reduce((sum, cell) => sum + msOf(cell), 0))
    expect(Math.max(...times) / Math.min(...times)).toBeLessThan(1.2)
    const reversed = shard(2, [...cells].reverse())
    expect(new Set(reversed.map(cellName))).toEqual(new Set(shard(2).map(cellName)))
  })
})

test('the largest are dealt out first, each to whoever has least', () => {
  const units = [8, 5, 4, 3, 2].map((work) => ({ name: String(work), work }))
  expect([...dealt(units, 2)]).toEqual([
    ['8', 1],
    ['5', 2],
    ['4', 2],
    ['3', 1],
    ['2', 2],
  ])
})
