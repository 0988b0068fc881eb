import { describe, expect, test } from 'vitest'
import { benchmarks, cellsFor } from '../../suites/benchmarks/index.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import { heldAgainst } from '../measure/held-against.ts'
import { cellName } from '../measure/schedule.ts'
import type { Os } from '../model.ts'
import { nativeTwins, type Way, wayCalled, ways } from './ways.ts'

const systems: readonly Os[] = ['linux', 'windows']

describe('a way of Node', () => {
  test.each(ways.map((way: Way) => [way.id, way] as const))(
    '%s is held against mechanisms that there are',
    (_, way) => {
      for (const os of systems) {
        const against = way.against[os]
        if (against === undefined) continue
        const named = [against.mechanism, ...(against.wake === undefined ? [] : [against.wake])]
        for (const id of named)
          expect(
            mechanisms.some((one) => one.id === id && one.os === os),
            `${id} ${os}`,
          ).toBe(true)
      }
      expect(mechanisms.some(({ id }) => id === way.id)).toBe(false)
    },
  )
})

describe('a row of Node', () => {
  const names = [...new Set(benchmarks.flatMap((benchmark) => benchmark.mechanisms))]

  test.each(['quick', 'default', 'thorough'] as const)('has what it is held against beside it: %s', (budget) => {
    const cells = cellsFor(budget, names)
    const known = new Set(cells.map(cellName))
    const rows = cells.filter(({ runtime }) => runtime === 'node')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const twins = nativeTwins(row)
      expect(heldAgainst(row)).toEqual(twins)
      expect(
        twins.map(cellName).filter((twin) => !known.has(twin)),
        cellName(row),
      ).toEqual([])
      expect(twins.length).toBeGreaterThan(0)
    }
  })

  test('that is native is held against nothing here', () => {
    const [cell] = cellsFor('quick', ['pipe'])
    expect(cell && nativeTwins({ ...cell, runtime: 'native' })).toEqual([])
    expect(wayCalled('pipe')).toBeUndefined()
  })
})
