import { describe, expect, it } from 'vitest'
import type { Cell } from '../model.ts'
import { cellName, product, schedule } from './schedule.ts'

const cells = product({
  mechanisms: ['pipe', 'fifo'],
  workloads: ['pingpong', 'stream'],
  sizes: [1, 64, 4096],
  conditions: [
    { placement: 'same-core', cores: 'awake' },
    { placement: 'cross-core', cores: 'idle' },
  ],
})

describe('the product of the axes', () => {
  it('has every combination once', () => {
    expect(cells).toHaveLength(2 * 2 * 3 * 2)
    expect(new Set(cells.map(cellName)).size).toBe(cells.length)
    expect(cells[0]).toEqual({
      mechanism: 'pipe',
      workload: 'pingpong',
      size: 1,
      placement: 'same-core',
      cores: 'awake',
      runtime: 'native',
    })
  })
})

describe('the name of a cell', () => {
  const [cell] = cells as [Cell]
  it('leaves out that it is native code', () => {
    expect(cellName(cell)).toBe('pipe pingpong 1 same-core awake')
  })
  it('differs where any axis does', () => {
    const other = { mechanism: 'x', workload: 'x', size: 2, placement: 'x', cores: 'x', runtime: 'x' }
    const names = Object.entries(other).map(([axis, value]) => cellName({ ...cell, [axis]: value }))
    expect(Object.keys(other).toSorted()).toEqual(Object.keys(cell).toSorted())
    expect(new Set([cellName(cell), ...names]).size).toBe(names.length + 1)
  })
})

describe('a schedule', () => {
  const names = (seed: number) => schedule(cells, 3, seed).map(({ cell, round }) => `${round} ${cellName(cell)}`)

  it('has every cell once in every round, round by round', () => {
    const all = schedule(cells, 3, 1)
    expect(all.map(({ round }) => round)).toEqual([0, 1, 2].flatMap((round) => cells.map(() => round)))
    for (const round of [0, 1, 2]) {
      const own = all.filter((one) => one.round === round).map(({ cell }) => cellName(cell))
      expect(own.toSorted()).toEqual(cells.map(cellName).toSorted())
    }
  })
  it('is repeated by its seed, and by no other', () => {
    expect(names(42)).toEqual(names(42))
    expect(names(42)).not.toEqual(names(43))
  })
  it('orders each round anew', () => {
    const all = schedule(cells, 2, 5).map(({ cell }) => cellName(cell))
    expect(all.slice(0, cells.length)).not.toEqual(all.slice(cells.length))
  })
})
