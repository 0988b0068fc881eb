import { describe, expect, it } from 'vitest'
import { type Budget, batches, fittedTo, planMs, shortestBatchMs, timeFor } from './budget.ts'
import { product } from './schedule.ts'

const cells = product({
  mechanisms: ['pipe', 'fifo'],
  workloads: ['pingpong', 'stream'],
  sizes: [1, 64, 1024, 4096, 65536],
  conditions: [{ placement: 'same-core', cores: 'awake' }],
})
const wanted: Budget = { rounds: 7, warmupMs: 30, measureMs: 200 }
const whole = planMs(cells, wanted)

const fitted = (ms: number) => {
  const found = fittedTo(ms, cells, wanted)
  if (found === undefined) throw new Error('it does not fit')
  expect(planMs(found.cells, found.budget)).toBeLessThanOrEqual(ms)
  return found
}

describe('what fits into a length of time', () => {
  it('is all of it, where there is time, and more rounds where there is more', () => {
    expect(fitted(whole)).toEqual({ budget: wanted, cells, dropped: [] })
    expect(fitted(2 * whole)).toMatchObject({ budget: { ...wanted, rounds: 14 }, dropped: [] })
  })
  it('has fewer rounds first', () => {
    const { budget, dropped } = fitted(whole / 2)
    expect(budget).toEqual({ ...wanted, rounds: 3 })
    expect(dropped).toEqual(['3 launches of each cell instead of 7'])
  })
  it('measures for less long next, and never so that batches are too short', () => {
    const { budget, dropped } = fitted(whole / 4)
    expect(budget.rounds).toBe(3)
    expect(budget.measureMs).toBeLessThan(200)
    expect(timeFor('stream', budget).measureMs).toBeGreaterThanOrEqual(batches * shortestBatchMs)
    expect(dropped[1]).toMatch(/ms measured .* instead of 200 ms after 30 ms/)
  })
  it('leaves sizes out at last, and says which', () => {
    const least = planMs(cells, { rounds: 1, warmupMs: 5, measureMs: 20, batchesMs: 100 })
    const { cells: left, dropped } = fitted(0.7 * least)
    expect(left.length).toBeLessThan(cells.length)
    expect(new Set(left.map(({ size }) => size))).toContain(1)
    expect(new Set(left.map(({ size }) => size))).toContain(65536)
    expect(dropped.at(-1)).toMatch(/the sizes .* are left out/)
  })
  it('is nothing where even that is too much', () => expect(fittedTo(100, cells, wanted)).toBeUndefined())
})
