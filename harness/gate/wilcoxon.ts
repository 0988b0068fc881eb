/**
 * Wilcoxon's signed-rank test, one-sided and exact: whether differences tend to lie above nothing. It assumes no
 * distribution but that the differences would lie evenly about nothing if there were no effect. Ties share their ranks, and
 * the distribution of the ranks at hand is counted out, so that the p stays exact with ties too.
 */

export interface SignedRank {
  /** How many differences are not zero: those that are say nothing. */
  readonly n: number
  /** The sum of the ranks of those above zero. */
  readonly positive: number
  /** How likely a sum at least so high is without an effect. */
  readonly p: number
}

export function signedRank(differences: readonly number[]): SignedRank {
  const told = differences.filter((difference) => difference !== 0)
  const doubled = doubledRanks(told.map(Math.abs))
  const positive = told.reduce((sum, difference, i) => (difference > 0 ? sum + (doubled[i] as number) : sum), 0)
  return { n: told.length, positive: positive / 2, p: shareAtLeast(doubled, positive) }
}

/** The lowest p that so many differences can have: that all of them lie above zero. */
export const lowestP = (n: number): number => 2 ** -n

/** Twice the rank of each value, which is whole with ties too. */
function doubledRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => (values[i] as number) - (values[j] as number))
  const ranks = new Array<number>(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++
    // Ranks from + 1 to `to`, shared.
    for (const i of order.slice(from, to)) ranks[i] = from + 1 + to
    from = to
  }
  return ranks
}

/** Of all ways to give the ranks a sign, the share whose positive ones sum to at least so much. */
function shareAtLeast(doubled: readonly number[], least: number): number {
  const highest = doubled.reduce((sum, rank) => sum + rank, 0)
  // share[s]: of the signs given so far, how many sum to s.
  let share = new Float64Array(highest + 1)
  share[0] = 1
  for (const rank of doubled) {
    const next = new Float64Array(highest + 1)
    for (let sum = 0; sum <= highest; sum++) {
      next[sum] = ((share[sum] as number) + (sum >= rank ? (share[sum - rank] as number) : 0)) / 2
    }
    share = next
  }
  let above = 0
  for (let sum = highest; sum >= least; sum--) above += share[sum] as number
  return Math.min(1, above)
}

/**
 * How much every difference could be lowered, and the test still reject: what the effect is at least, at this level.
 * Minus infinity where no p so low can be had from so few differences.
 */
export function lowerBound(differences: readonly number[], level: number): number {
  if (lowestP(differences.length) > level) return Number.NEGATIVE_INFINITY
  // The averages of all pairs: the test of shifted differences changes its mind at one of them.
  const walsh = differences
    .flatMap((d, i) => differences.slice(i).map((other) => (d + other) / 2))
    .sort((a, b) => a - b)
  let [low, high] = [0, walsh.length - 1]
  // The highest of them by which the differences can be lowered, and all but it be called above nothing.
  const rejects = (shift: number) => signedRank(differences.map((d) => d - shift)).p <= level
  if (!rejects(walsh[0] as number)) {
    return justBelow(walsh[0] as number)
  }
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (rejects(walsh[middle] as number)) low = middle
    else high = middle - 1
  }
  return walsh[low] as number
}

/** Lower than everything that was seen, by nothing worth saying. */
const justBelow = (value: number): number => value - Math.abs(value) * Number.EPSILON

/** The middle of the averages of all pairs (Hodges and Lehmann): the effect, as this test sees it. */
export function effectOf(differences: readonly number[]): number {
  const walsh = differences
    .flatMap((d, i) => differences.slice(i).map((other) => (d + other) / 2))
    .sort((a, b) => a - b)
  const middle = walsh.length >> 1
  const upper = walsh[middle] ?? Number.NaN
  return walsh.length % 2 === 1 ? upper : ((walsh[middle - 1] ?? Number.NaN) + upper) / 2
}
