import { describe, expect, it } from 'vitest'
import type { SparseHistogram } from '../model.ts'
import { addTo, bucketAt, indexOf, noCounts, percentile, samplesIn, sparse, valueAt } from './histogram.ts'

function merged(histograms: readonly SparseHistogram[]): SparseHistogram {
  const sum = noCounts()
  for (const histogram of histograms) addTo(sum, histogram)
  return sparse(sum)
}

const histogramOf = (values: readonly number[]): SparseHistogram =>
  merged(values.map((value) => ({ significantDigits: 3, unit: 'ns', counts: [[indexOf(value), 1]] })))

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe('the bucket layout of HdrHistogram with three significant digits', () => {
  // testSizeOfEquivalentValueRange, testLowestEquivalentValue and testMedianEquivalentValue of its own HistogramTest.
  it.each([
    [1, 1, 1],
    [2500, 2, 2500],
    [8191, 4, 8188],
    [8192, 8, 8192],
    [10_000, 8, 10_000],
    [10_007, 8, 10_000],
    [10_009, 8, 10_008],
  ])('takes %i for equal to %i values from %i on', (value, size, lowest) => {
    expect(bucketAt(indexOf(value))).toEqual({ lowest, size })
  })
  it.each([
    [4, 4],
    [5, 5],
    [4000, 4001],
    [8000, 8002],
    [10_007, 10_004],
  ])('lets %i stand as %i', (value, median) => {
    expect(valueAt(indexOf(value))).toBe(median)
  })

  // countsArrayIndex: 1 024 to each power of two, after 2 048 of one value each.
  it.each([
    [0, 0],
    [1, 1],
    [2047, 2047],
    [2048, 2048],
    [2049, 2048],
    [4095, 3071],
    [4096, 3072],
    [2 ** 36 - 1, 27 * 1024 - 1],
    [3_600_000_000_000, 32 * 1024 + Math.floor(3_600_000_000_000 / 2 ** 31) - 1024],
  ])('counts %i at index %i', (value, index) => {
    expect(indexOf(value)).toBe(index)
  })

  it('gives every index back from the lowest and the highest of its bucket', () => {
    for (let index = 0; index < 27 * 1024; index++) {
      const { lowest, size } = bucketAt(index)
      expect(indexOf(lowest)).toBe(index)
      expect(indexOf(lowest + size - 1)).toBe(index)
    }
  })

  it.each([-1, 1.5, Number.NaN])('refuses %d', (value) => {
    expect(() => indexOf(value)).toThrow(RangeError)
  })
})

describe('merging', () => {
  it('adds counts and keeps the order of the buckets', () => {
    const both = merged([histogramOf([5, 9000, 70]), histogramOf([5, 3])])
    expect(both.counts).toEqual([
      [3, 1],
      [5, 2],
      [70, 1],
      [indexOf(9000), 1],
    ])
    expect(samplesIn(both)).toBe(5)
  })
  it('of nothing is empty', () => {
    expect(samplesIn(merged([]))).toBe(0)
  })
})

describe('a percentile', () => {
  it('is the value that the share of the samples does not exceed', () => {
    const h = histogramOf(upTo(1000))
    expect(percentile(h, 0.5)).toBe(500)
    expect(percentile(h, 0.9)).toBe(900)
    expect(percentile(h, 0.99)).toBe(990)
  })
  it('is given with exactly ten samples above it, and not with nine', () => {
    expect(percentile(histogramOf(upTo(1000)), 0.99)).toBe(990)
    expect(percentile(histogramOf(upTo(999)), 0.99)).toBeUndefined()
    expect(percentile(histogramOf(upTo(20)), 0.5)).toBe(10)
    expect(percentile(histogramOf(upTo(19)), 0.5)).toBeUndefined()
  })
  it('of nothing is nothing', () => {
    expect(percentile(merged([]), 0.5)).toBeUndefined()
  })
})
