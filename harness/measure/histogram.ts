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

/** Pairs are not taken apart where millions of them are gone through: that costs more than the sum. */
export function samplesIn({ counts }: SparseHistogram): number {
  let sum = 0
  for (const pair of counts) sum += pair[1]
  return sum
}

/**
 * Counts of several histograms together, in the order of their indices, closely packed: those of thousands of cells are
 * held at a time. There is room beyond `length`.
 */
export interface Counts {
  length: number
  /** Of whatever a number can hold exactly: none is beyond 45 055. */
  indices: Uint16Array
  /** More than 4 294 967 295 of one value do not come in a lifetime of runs. */
  counts: Uint32Array
}
export const noCounts = (): Counts => ({ length: 0, indices: new Uint16Array(), counts: new Uint32Array() })

/** Adds to a sum. The pairs have to come in the order of their indices, as they are recorded. */
export function addTo(sum: Counts, { counts: pairs }: SparseHistogram): void {
  let unknown = 0
  let at = 0
  for (const pair of pairs) {
    at = placeOf(pair[0], sum, at)
    if (at < sum.length && sum.indices[at] === pair[0]) sum.counts[at] = (sum.counts[at] ?? 0) + pair[1]
    else unknown++
  }
  if (unknown > 0) insert(sum, pairs, unknown)
}

/** Where an index is, or would be, from a place on that it is not before: it is looked for in steps that grow. */
function placeOf(index: number, { indices, length }: Counts, notBefore: number): number {
  let [from, to] = [notBefore, notBefore]
  for (let step = 1; to < length && (indices[to] ?? 0) < index; step *= 2) {
    from = to + 1
    to += step
  }
  to = Math.min(to, length)
  while (from < to) {
    const middle = (from + to) >> 1
    if ((indices[middle] ?? 0) < index) from = middle + 1
    else to = middle
  }
  return from
}

/** Puts those in that are not there yet, from the back, so that nothing is written over that is still to be moved. */
function insert(sum: Counts, pairs: SparseHistogram['counts'], unknown: number): void {
  makeRoom(sum, sum.length + unknown)
  const { indices, counts } = sum
  let [old, to] = [sum.length - 1, sum.length + unknown - 1]
  for (let next = pairs.length - 1; next >= 0; next--) {
    const [index, count] = pairs[next] as (typeof pairs)[number]
    while (old >= 0 && (indices[old] ?? 0) > index) {
      indices[to] = indices[old] ?? 0
      counts[to--] = counts[old--] ?? 0
    }
    if (old >= 0 && indices[old] === index) continue
    indices[to] = index
    counts[to--] = count
  }
  sum.length += unknown
}

function makeRoom(sum: Counts, length: number): void {
  if (length <= sum.indices.length) return
  const [indices, counts] = [new Uint16Array(length), new Uint32Array(length)]
  indices.set(sum.indices.subarray(0, sum.length))
  counts.set(sum.counts.subarray(0, sum.length))
  Object.assign(sum, { indices, counts })
}

export const sparse = ({ indices, counts, length }: Counts): SparseHistogram => ({
  significantDigits: 3,
  unit: 'ns',
  counts: Array.from({ length }, (_, at) => [indices[at] ?? 0, counts[at] ?? 0] as const),
})

const fewestAbove = 10

/** The value that a share of the samples does not exceed; nothing when fewer than ten samples lie above it. */
export const percentile = (histogram: SparseHistogram, share: number): number | undefined =>
  percentiles(histogram, [share])[0]?.[1]

/** A share of the samples, and the value that it does not exceed. */
export type Percentile = readonly [share: number, value: number]

/** The same of several shares, which have to ascend: as many as have ten samples above them. */
export function percentiles(histogram: SparseHistogram, shares: readonly number[]): Percentile[] {
  const samples = samplesIn(histogram)
  // Rounded, because 1000 × (1 − 0.99) is a little less than 10 to a computer.
  const rounded = (count: number) => Math.round(count * 1e6) / 1e6
  const known = shares.filter((share) => rounded(samples * (1 - share)) >= fewestAbove)
  const found: Percentile[] = []
  let seen = 0
  let next = wantedOf(0)
  for (const pair of histogram.counts) {
    seen += pair[1]
    while (seen >= next) {
      found.push([known[found.length] ?? 0, valueAt(pair[0])])
      next = wantedOf(found.length)
    }
    if (found.length === known.length) break
  }
  return found

  function wantedOf(at: number): number {
    const share = known[at]
    return share === undefined ? Infinity : Math.ceil(rounded(samples * share))
  }
}
