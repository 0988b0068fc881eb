import { describe, expect, it } from 'vitest'
import { type Axis, byteRate, decades, duration, fromZero, scaleOf, sizes, steps } from './axis.ts'

const words = ({ ticks, words: say }: Axis) => ticks.map((tick) => say(tick).replace('\u202f', ' '))

describe('a logarithmic axis', () => {
  it('has a tick at each power of ten', () => {
    expect(words(decades([80, 50_000], duration))).toEqual(['100 ns', '1 µs', '10 µs'])
  })
  it('has finer ones where it is short, and fewer where it is long', () => {
    expect(words(decades([4000, 12_000], duration)).length).toBeGreaterThanOrEqual(3)
    expect(words(decades([1e-300, 1e300], byteRate)).length).toBeLessThanOrEqual(7)
  })
  it('goes up with its values, and has a place for each', () => {
    const values = [0.5, 3, 70, 8e5]
    const places = values.map(scaleOf(decades(values, duration), [200, 10]))
    expect([...places].sort((a, b) => b - a)).toEqual(places)
    for (const place of places) expect(place >= 10 && place <= 200).toBe(true)
  })
  it('is not led astray by what it has no place for', () => {
    expect(decades([Number.NaN, -1, 0, 100, Infinity], duration).domain).toEqual(decades([100], duration).domain)
    expect(decades([], duration).domain.every(Number.isFinite)).toBe(true)
  })
})

describe('an axis of sizes', () => {
  it('has powers of two at even steps', () => {
    expect(words(sizes([1, 16 * 2 ** 20]))).toEqual(['1 B', '64 B', '4 KiB', '256 KiB', '16 MiB'])
    expect(words(sizes([64, 65536]))).toEqual(['64 B', '256 B', '1 KiB', '4 KiB', '16 KiB', '64 KiB'])
  })
})

describe('other axes', () => {
  it('have each step that there is', () => {
    expect(words(steps([8, 1, 4, 2, 4], String))).toEqual(['1', '2', '4', '8'])
  })
  it('begin at zero where things are stacked', () => {
    const axis = fromZero([900, 3400], (ns) => (ns === 0 ? '0' : duration(ns)))
    expect(axis.domain).toEqual([0, 4000])
    expect(words(axis)).toEqual(['0', '1 µs', '2 µs', '3 µs', '4 µs'])
  })
  it('say what is too much for any prefix by its power', () => {
    expect(byteRate(2e30).replace('\u202f', ' ')).toBe('2e+30 B/s')
    expect(duration(1500).replace('\u202f', ' ')).toBe('1.5 µs')
  })
})
