/**
 * Histograms as launches record them: HdrHistogram's bucket layout with three significant digits and lowest value 1, as
 * sparse pairs of index and count. They merge by addition. A percentile is given only when at least ten samples lie
 * above it: further out, it says how lucky the run was.
 */

import type { SparseHistogram } from '../model.ts'

/** The first 2 048 values have a bucket each; from there on every power of two is cut into 1 024. */
const halfBits = 10
const half = 2 ** halfBits

/** HdrHistogram's counts-array index of a value. */
export function indexOf(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no whole number from 0 on`)
  let width = 0
  while (value >= 2 * half * 2 ** width) width++
  return width * half + Math.floor(value / 2 ** width)
}

/** What a bucket holds: the lowest value, and how many values are taken for equal. */
export function bucketAt(index: number): { readonly lowest: number; readonly size: number } {
  const width = Math.max(0, Math.floor(index / half) - 1)
  return { lowest: (index - width * half) * 2 ** width, size: 2 ** width }
}

/** The value that stands for a bucket: its middle, rounded up. */
export function valueAt(index: number): number {
  const { lowest, size } = bucketAt(index)
  return lowest + Math.floor(size / 2)
}

export const samplesIn = (histogram: SparseHistogram): number =>
  histogram.counts.reduce((sum, [, count]) => sum + count, 0)

export function merged(histograms: readonly SparseHistogram[]): SparseHistogram {
  const sums = new Map<number, number>()
  for (const { counts } of histograms) {
    for (const [index, count] of counts) sums.set(index, (sums.get(index) ?? 0) + count)
  }
  const counts = [...sums].sort(([a], [b]) => a - b)
  return { significantDigits: 3, unit: 'ns', counts }
}

const fewestAbove = 10

/** The value that a share of the samples does not exceed; nothing when fewer than ten samples lie above it. */
export function percentile(histogram: SparseHistogram, share: number): number | undefined {
  const samples = samplesIn(histogram)
  // Rounded, because 1000 × (1 − 0.99) is a little less than 10 to a computer.
  if (Math.round(samples * (1 - share) * 1e6) / 1e6 < fewestAbove) return undefined
  const wanted = Math.ceil(Math.round(samples * share * 1e6) / 1e6)
  let seen = 0
  for (const [index, count] of histogram.counts) {
    seen += count
    if (seen >= wanted) return valueAt(index)
  }
  return undefined
}
