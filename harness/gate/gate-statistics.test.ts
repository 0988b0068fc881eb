/** The statistics of the gate against published tables, and against counting everything out. */

import { describe, expect, test } from 'vitest'
import { seeded } from '../measure/random.ts'
import { upperBound } from './binomial.ts'
import { holm } from './holm.ts'
import { shiftOf } from './mann-whitney.ts'
import { effectOf, lowerBound, lowestP, signedRank } from './wilcoxon.ts'

/** Differences whose negative ones have exactly these ranks. */
const withNegative = (n: number, ranks: readonly number[]) =>
  Array.from({ length: n }, (_, i) => (ranks.includes(i + 1) ? -(i + 1) : i + 1))

/** Ranks that sum to so much, the highest first. */
function ranksOf(n: number, sum: number): number[] {
  const ranks: number[] = []
  let left = sum
  for (let rank = n; rank > 0; rank--) {
    if (rank > left) continue
    ranks.push(rank)
    left -= rank
  }
  return ranks
}

describe('the signed-rank test', () => {
  // Critical sums of negative ranks, one-sided 0.05 and 0.01: Conover, Practical Nonparametric Statistics, table A12.
  test.each([
    [5, 0, undefined],
    [6, 2, undefined],
    [7, 3, 0],
    [8, 5, 1],
    [9, 8, 3],
    [10, 10, 5],
    [12, 17, 9],
    [15, 30, 19],
    [20, 60, 43],
  ])('of %i differences rejects as the tables say', (n, atFive, atOne) => {
    const p = (negative: number) => signedRank(withNegative(n, ranksOf(n, negative))).p
    expect(p(atFive)).toBeLessThanOrEqual(0.05)
    expect(p(atFive + 1)).toBeGreaterThan(0.05)
    if (atOne === undefined) return expect(lowestP(n)).toBeGreaterThan(0.01)
    expect(p(atOne)).toBeLessThanOrEqual(0.01)
    expect(p(atOne + 1)).toBeGreaterThan(0.01)
  })

  test('of ties is what counting every sign gives', () => {
    const magnitudes = [1, 1, 2, 3, 3, 3, 5]
    const ranks = [1.5, 1.5, 3, 5, 5, 5, 7]
    const signs = (bits: number) => magnitudes.map((m, i) => (bits & (1 << i) ? m : -m))
    const sum = (bits: number) => ranks.reduce((all, rank, i) => all + (bits & (1 << i) ? rank : 0), 0)
    const every = Array.from({ length: 2 ** ranks.length }, (_, bits) => bits)
    for (const bits of every) {
      const counted = every.filter((other) => sum(other) >= sum(bits)).length / every.length
      expect(signedRank(signs(bits)).p).toBeCloseTo(counted, 12)
    }
  })

  test('takes no notice of zeros, and cannot reject without differences', () => {
    expect(signedRank([0, 0, 1, 2, 3, 0])).toMatchObject({ n: 3, positive: 6, p: 1 / 8 })
    expect(signedRank([0, 0]).p).toBe(1)
    expect(signedRank([]).p).toBe(1)
  })

  test('bounds an effect where lowering by more would no longer reject', () => {
    const differences = [0.11, 0.09, 0.13, 0.08, 0.12, 0.1, 0.14, 0.07, 0.105, 0.095]
    const bound = lowerBound(differences, 0.05)
    const lowered = (by: number) => signedRank(differences.map((d) => d - by)).p
    expect(lowered(bound - 1e-9)).toBeLessThanOrEqual(0.05)
    expect(lowered(bound + 0.003)).toBeGreaterThan(0.05)
    expect(bound).toBeLessThan(effectOf(differences))
    expect(effectOf(differences)).toBeCloseTo(0.1031, 2)
    expect(lowerBound([1, 2, 3], 0.05)).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('the correction for many tests', () => {
  // Holm, A simple sequentially rejective multiple test procedure, 1979, by hand.
  test('multiplies the lowest by their number, the next by one less', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005])
    ;[0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12)
    })
  })
  test('never exceeds certainty', () => expect(holm([0.9, 0.8])).toEqual([1, 1]))
  test('of none is none', () => expect(holm([])).toEqual([]))
})

describe('a bound from counted failures', () => {
  // One-sided 95 %: the rule of three is 3/n; 1 of 40 and 2 of 20 from tables of Clopper and Pearson.
  test.each([
    [0, 100, 0.0295],
    [0, 20, 0.1391],
    [1, 40, 0.1132],
    [2, 20, 0.2826],
    [20, 20, 1],
  ])('%i of %i', (failures, trials, bound) => expect(upperBound(failures, trials)).toBeCloseTo(bound, 3))
})

describe('an interval for a shift', () => {
  // Critical counts, two-sided 0.05: Conover, Practical Nonparametric Statistics, table A7.
  test.each([
    [5, 5, 2],
    [7, 7, 8],
    [10, 10, 23],
    [5, 10, 8],
  ])('of %i and %i leaves out as many differences as the tables say', (n, m, critical) => {
    const a = Array.from({ length: n }, (_, i) => i * 1.01)
    const b = Array.from({ length: m }, (_, i) => 0.5 + i * 0.97 + i * i * 1e-3)
    const differences = b.flatMap((y) => a.map((x) => y - x)).sort((x, y) => x - y)
    const { low, high, confidence } = shiftOf(a, b)
    expect(confidence).toBeGreaterThanOrEqual(0.95)
    expect(differences.indexOf(low)).toBe(critical)
    expect(differences.indexOf(high)).toBe(differences.length - 1 - critical)
  })
  test('of three and three has no confidence of 95 %, and says which it has', () => {
    expect(shiftOf([1, 2, 3], [11, 12, 13])).toMatchObject({ middle: 10, low: 8, high: 12, confidence: 0.9 })
  })
  test('contains the true shift as often as it says', () => {
    const random = seeded(3)
    const draw = (n: number, shift: number) => Array.from({ length: n }, () => random() ** 3 + shift)
    const trials = 1000
    let inside = 0
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = shiftOf(draw(7, 0), draw(7, 0.3))
      if (low <= 0.3 && 0.3 <= high) inside++
    }
    expect(inside / trials).toBeGreaterThan(0.935)
    expect(inside / trials).toBeLessThan(0.995)
  })
  test('of many launches is narrow, and quickly there', () => {
    const random = seeded(5)
    const draw = (shift: number) => Array.from({ length: 400 }, () => random() + shift)
    const { middle, low, high } = shiftOf(draw(0), draw(0.2))
    expect(Math.abs(middle - 0.2)).toBeLessThan(0.1)
    expect(low).toBeLessThan(middle)
    expect(high).toBeGreaterThan(middle)
    expect(high - low).toBeLessThan(0.12)
  })
  test('of none is none', () => expect(shiftOf([], [1]).confidence).toBe(0))
})
