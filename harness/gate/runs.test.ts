/** What is said of a series of stored runs: whether a new one is worse, and where the level changed. */

import { describe, expect, test } from 'vitest'
import { seeded } from '../measure/random.ts'
import { decideAgainstRuns, decideByRuns, fewestRuns } from './baseline.ts'
import { changePoints } from './change-points.ts'
import { defaultRules } from './rules.ts'
import { modelled } from './simulate.ts'
import { upperQuantile, upperTail } from './student.ts'

describe("Student's t", () => {
  // Tables of upper percentage points: 0.05, 0.025 and 0.005.
  test.each([
    [1, 6.314, 12.706, 63.657],
    [4, 2.132, 2.776, 4.604],
    [9, 1.833, 2.262, 3.25],
    [29, 1.699, 2.045, 2.756],
    [1000, 1.646, 1.962, 2.581],
  ])('of %i degrees of freedom is what tables say', (freedom, five, twoAndAHalf, half) => {
    expect(upperQuantile(0.05, freedom)).toBeCloseTo(five, 2)
    expect(upperQuantile(0.025, freedom)).toBeCloseTo(twoAndAHalf, 2)
    expect(upperQuantile(0.005, freedom)).toBeCloseTo(half, 2)
    expect(upperTail(five, freedom)).toBeCloseTo(0.05, 3)
  })
})

const drawn = (count: number, scatter: number, seed: number): number[] => {
  const noise = modelled(scatter, seeded(seed), 0)
  return Array.from({ length: count }, () => 1000 * noise())
}

describe('a gate against stored runs', () => {
  const one = (now: number, before = drawn(10, 0.02, 4)) =>
    decideAgainstRuns([{ cell: 'c', before, now }], defaultRules)[0]

  test('passes what they could have been, and fails what they could not', () => {
    expect(one(1010)).toMatchObject({ verdict: 'pass' })
    expect(one(1300)).toMatchObject({ verdict: 'fail' })
    expect(one(1300)?.ratio).toBeCloseTo(1.3, 1)
    expect(one(700)?.verdict).toBe('pass')
  })
  test('is wider than two arms measured at once', () => {
    expect(one(1000)?.threshold).toBeGreaterThan(1 + defaultRules.minEffect * 0.99)
    expect(one(1000, drawn(10, 0.1, 4))?.threshold).toBeGreaterThan(1.15)
  })
  test('cannot tell from too few, from none, and from copies of one', () => {
    expect(one(2000, drawn(fewestRuns - 1, 0.02, 4))).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/4 stored runs/),
    })
    expect(one(2000, [])).toMatchObject({ verdict: 'inconclusive' })
    expect(one(2000, new Array(9).fill(1000) as number[])).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/one run/),
    })
  })
  test('takes the least effect that a cell has of its own, larger or smaller', () => {
    const before = drawn(10, 0.001, 4)
    const by = (minEffect?: number) =>
      decideAgainstRuns([{ cell: 'c', before, now: 1030, ...(minEffect && { minEffect }) }], defaultRules)[0]?.verdict
    expect([by(), by(0.02), by(0.1)]).toEqual(['pass', 'fail', 'pass'])
  })
  test('names no least effect where nobody knows how runs scatter', () => {
    expect(one(2000, drawn(fewestRuns - 1, 0.02, 4))).not.toHaveProperty('mde')
    expect(one(2000)?.mde).toBeGreaterThan(0)
  })
  test('cannot tell where the hypervisor took too much time, whatever the cells say', () => {
    const series = [{ cell: 'c', before: drawn(10, 0.02, 4), now: 1300 }]
    expect(decideByRuns(series, 0.04, defaultRules).verdict).toBe('fail')
    expect(decideByRuns(series, 0.06, defaultRules)).toMatchObject({
      verdict: 'inconclusive',
      reasons: [expect.stringMatching(/took 6 %/)],
    })
  })
  test('is red by luck as seldom as it says, for nine cells together', () => {
    const gates = 1000
    let red = 0
    for (let gate = 0; gate < gates; gate++) {
      const series = Array.from({ length: 9 }, (_, i) => {
        const values = drawn(9, 0.05, 1 + gate * 9 + i)
        return { cell: String(i), before: values.slice(1), now: values[0] as number }
      })
      if (decideAgainstRuns(series, { ...defaultRules, minEffect: 1e-9 }).some(({ verdict }) => verdict === 'fail'))
        red++
    }
    expect(red / gates).toBeLessThan(defaultRules.alpha * 1.5)
    expect(red / gates).toBeGreaterThan(defaultRules.alpha / 3)
  })
})

describe('change points', () => {
  const noise = drawn(40, 0.02, 11)
  const stepped = (at: number, by: number) => noise.map((value, i) => Math.log(i < at ? value : value * by))

  test('are none where nothing changed', () => expect(changePoints(noise.map(Math.log))).toEqual([]))
  test.each([8, 20, 33])('are found where a level changed: at %i', (at) => {
    const found = changePoints(stepped(at, 1.2))
    expect(found).toHaveLength(1)
    expect(Math.abs((found[0]?.at ?? 0) - at)).toBeLessThanOrEqual(1)
  })
  test('are several where it did so several times', () => {
    const series = noise.map((value, i) => Math.log(value * (i < 12 ? 1 : i < 26 ? 1.3 : 0.9)))
    expect(changePoints(series).map(({ at }) => at)).toEqual([12, 26])
  })
  test('are none in a series too short for two levels', () => expect(changePoints([1, 1, 9, 9, 9])).toEqual([]))
  test('are as seldom found by luck as the level says', () => {
    const found = Array.from({ length: 100 }, (_, i) => changePoints(drawn(20, 0.05, 100 + i).map(Math.log)))
    expect(found.filter(({ length }) => length > 0).length).toBeLessThanOrEqual(12)
  })
})
