/** What figures are read against: the right baseline, where it was measured, and the right multiple. */

import { describe, expect, test } from 'vitest'
import type { Cell } from '../model.ts'
import { heldAgainst, withBaselines, withMultiples } from './held-against.ts'
import { cellName } from './schedule.ts'

const cell = (more: Partial<Cell>): Cell => ({
  mechanism: 'pipe',
  workload: 'pingpong',
  size: 64,
  placement: 'cross-core',
  cores: 'awake',
  runtime: 'native',
  ...more,
})

describe('a cell is held against', () => {
  const rows: readonly [string, Partial<Cell>, string | undefined][] = [
    ['a switch, on one core', { placement: 'same-core' }, 'yield-switch baseline 0 same-core awake'],
    ['a switch, also by spinning', { placement: 'same-core', wait: 'spin' }, 'yield-switch baseline 0 same-core awake'],
    ['a wake-up, by blocking', {}, 'wake-up baseline 0 cross-core awake'],
    ['a wake-up of a core that sleeps', { cores: 'idle' }, 'wake-up baseline 0 cross-core idle'],
    ['a cache line, by spinning', { wait: 'spin' }, 'cache-line baseline 64 cross-core awake'],
    ['a whole cache line, however little', { wait: 'spin', size: 16 }, 'cache-line baseline 64 cross-core awake'],
    ['a word, where one is enough', { wait: 'spin', size: 1 }, 'cache-line baseline 8 cross-core awake'],
    ['a word, where nothing travels', { wait: 'spin', size: 0 }, 'cache-line baseline 8 cross-core awake'],
    ['a copy, on one core', { workload: 'stream', placement: 'same-core' }, 'memcpy baseline 64 same-core awake'],
    ['a copy across', { workload: 'stream', cores: 'idle' }, 'memcpy-across baseline 64 cross-core awake'],
    ['an empty system call', { workload: 'lifecycle', size: 1 }, 'empty-system-call baseline 0 same-core awake'],
    ['its native twin', { runtime: 'node' }, 'pipe pingpong 64 cross-core awake'],
    ['nothing, where the system chooses', { placement: 'unpinned', cores: 'idle' }, undefined],
    ['nothing, as a baseline', { mechanism: 'memcpy', workload: 'baseline' }, undefined],
  ]
  test.each(rows)('%s', (_, more, name) => {
    const [against] = heldAgainst(cell(more))
    expect(against && cellName(against)).toBe(name)
  })
})

describe('the multiple', () => {
  const row = (of: Cell, figure: 'latency' | 'throughput', value: number) => ({
    cell: of,
    target: 'native',
    figure,
    value,
  })
  const multiple = (of: Cell, figure: 'latency' | 'throughput', value: number, floor: 'latency' | 'throughput') => {
    const against = heldAgainst(of)[0] as Cell
    return withMultiples([row(of, figure, value), row(against, floor, 1000)])[0]?.heldAgainst
  }

  test('of a latency is how many times as long', () => {
    expect(multiple(cell({}), 'latency', 2500, 'latency')).toEqual({
      baseline: 'wake-up baseline 0 cross-core awake',
      times: 2.5,
    })
  })
  test('of a rate too', () => {
    expect(multiple(cell({ workload: 'stream' }), 'throughput', 250, 'throughput')?.times).toBe(4)
  })
  test('of a latency to a rate', () => {
    expect(multiple(cell({ workload: 'lifecycle' }), 'latency', 3e6, 'throughput')?.times).toBe(3)
  })
  test('is not said where the baseline was not measured, or elsewhere', () => {
    const [alone] = withMultiples([row(cell({}), 'latency', 1)])
    expect(alone?.heldAgainst).toBeUndefined()
    const away = { ...row(heldAgainst(cell({}))[0] as Cell, 'latency', 1), target: 'wine' }
    expect(withMultiples([row(cell({}), 'latency', 1), away])[0]?.heldAgainst).toBeUndefined()
  })
})

test('baselines come with the cells that are held against them, each once', () => {
  const cells = [cell({}), cell({ mechanism: 'fifo' }), cell({ runtime: 'node' })]
  expect(withBaselines(cells).map(cellName)).toEqual([...cells.map(cellName), 'wake-up baseline 0 cross-core awake'])
})
