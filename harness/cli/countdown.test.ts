import { describe, expect, it } from 'vitest'
import { countdown } from './countdown.ts'
import { durationOf, lasting } from './durations.ts'

describe('a countdown', () => {
  it('begins with what is foreseen, and goes with the clock', () => {
    let now = 0
    const clock = countdown(60_000, () => now)
    expect(clock.left()).toBe(60_000)
    now = 4_000
    expect(clock.left()).toBe(56_000)
  })
  it('learns from what things really take', () => {
    const clock = countdown(100_000, () => 0)
    for (let done = 0; done < 50; done++) clock.done(1000, 2000)
    expect(clock.left()).toBeGreaterThan(95_000)
    expect(clock.left()).toBeLessThanOrEqual(100_000)
  })
  it('never says less than nothing', () => {
    let now = 0
    const clock = countdown(1000, () => now)
    now = 5000
    expect(clock.left()).toBe(0)
  })
})

describe('a length of time', () => {
  it.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['10 min', 600_000],
    ['1.5h', 5_400_000],
  ])('%s is read', (text, ms) => expect(durationOf('time-budget', text)).toBe(ms))
  it.each(['10', '0s', 'm', '-5m', '10 years', '1e3s'])('%s is refused', (text) => {
    expect(() => durationOf('time-budget', text)).toThrow('--time-budget is a length of time')
  })
  it.each([
    [100, '1 s'],
    [89_000, '89 s'],
    [120_000, '2 min'],
    [6_000_000, '1 h 40 min'],
    [7_200_000, '2 h'],
  ])('%i ms is told as %s', (ms, text) => expect(lasting(ms)).toBe(text))
})
