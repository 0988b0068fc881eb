/**
 * Statistics over launches, which are the unit of replication: one number of each launch, few of them, no assumption about
 * their distribution.
 */

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Makes the median absolute deviation of normally distributed values their standard deviation. */
const normalScale = 1.4826

/** The spread of values about their median, as a standard deviation that outliers do not move. */
export function spread(values: readonly number[]): number {
  const centre = median(values)
  return normalScale * median(values.map((value) => Math.abs(value - centre)))
}

export interface Interval {
  readonly low: number
  readonly high: number
  /** How often such an interval contains the true median. */
  readonly confidence: number
}

/**
 * An interval for the median, by order statistics: exact for any distribution. The narrowest that reaches the wanted
 * confidence; the whole range, with the confidence that it has, when there are too few values for that.
 */
export function medianInterval(values: readonly number[], wanted = 0.95): Interval {
  const sorted = ascending(values)
  const n = sorted.length
  if (n === 0) return { low: Number.NaN, high: Number.NaN, confidence: 0 }
  // Leaving out k values at either end misses when at most k of n fair coins show heads, or at most k show tails.
  // The chance of exactly `left` heads is kept as a logarithm: of many coins, that of none is too small for a number.
  let chance = -n
  let missed = 2 ** chance
  let left = 0
  while (left + 1 < n / 2) {
    chance += Math.log2((n - left) / (left + 1))
    if (1 - 2 * (missed + 2 ** chance) < wanted) break
    missed += 2 ** chance
    left++
  }
  return { low: sorted[left] as number, high: sorted[n - 1 - left] as number, confidence: Math.max(0, 1 - 2 * missed) }
}
