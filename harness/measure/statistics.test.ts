import { describe, expect, it } from 'vitest'
import { seeded } from './random.ts'
import { median, medianInterval, spread } from './statistics.ts'

describe('median', () => {
  it('is the middle one, or the mean of the middle two, and leaves its argument alone', () => {
    const values = [3, 1, 2]
    expect(median(values)).toBe(2)
    expect(values).toEqual([3, 1, 2])
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([7])).toBe(7)
    expect(median([])).toBeNaN()
  })
})

describe('spread', () => {
  it('is the standard deviation of normal values, and is not moved by one outlier', () => {
    const random = seeded(1)
    const normal = Array.from({ length: 4001 }, () =>
      Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6),
    )
    expect(spread(normal)).toBeGreaterThan(0.93)
    expect(spread(normal)).toBeLessThan(1.07)
    expect(spread([...normal, 1e9])).toBeLessThan(1.07)
  })
})

describe('the interval for a median', () => {
  it('leaves out as many values at either end as the confidence allows', () => {
    // The tables of the sign test: for 10 values ranks 2 and 9 (97.9 %), for 20 ranks 6 and 15 (95.9 %).
    const ten = medianInterval(Array.from({ length: 10 }, (_, i) => i + 1))
    expect([ten.low, ten.high]).toEqual([2, 9])
    expect(ten.confidence).toBeCloseTo(0.9785, 4)
    const twenty = medianInterval(Array.from({ length: 20 }, (_, i) => i + 1))
    expect([twenty.low, twenty.high]).toEqual([6, 15])
    expect(twenty.confidence).toBeCloseTo(0.9586, 4)
  })
  it('of a few values is their range, with the confidence that it has', () => {
    expect(medianInterval([5, 1, 3])).toEqual({ low: 1, high: 5, confidence: 0.75 })
    expect(medianInterval([2])).toEqual({ low: 2, high: 2, confidence: 0 })
    expect(medianInterval([]).confidence).toBe(0)
  })
  it.each([
    // By whole-number arithmetic over the binomial coefficients. One half to the 1 100th is less than any number but 0.
    [1100, 518, 583, 0.950032948053],
    [5000, 2431, 2570, 0.950684141895],
  ])('is as exact for %i values', (n, low, high, confidence) => {
    const interval = medianInterval(Array.from({ length: n }, (_, i) => i + 1))
    expect([interval.low, interval.high]).toEqual([low, high])
    expect(interval.confidence).toBeCloseTo(confidence, 9)
  })
  it('contains the true median as often as it says', () => {
    const random = seeded(7)
    const tries = 2000
    let hits = 0
    let confidence = 0
    for (let i = 0; i < tries; i++) {
      const interval = medianInterval(Array.from({ length: 9 }, () => random() ** 3))
      confidence = interval.confidence
      if (interval.low <= 0.125 && 0.125 <= interval.high) hits++
    }
    expect(Math.abs(hits / tries - confidence)).toBeLessThan(0.02)
  })
})
