/**
 * An interval for how far one sample lies above another, by Mann and Whitney's count, exact for samples without ties:
 * launches of two runs, which are few, of no known distribution, and not in pairs.
 */

export interface Shift {
  /** The middle of all differences between the two (Hodges and Lehmann). */
  readonly middle: number
  readonly low: number
  readonly high: number
  /** How often such an interval contains the true shift. */
  readonly confidence: number
}

/** How far `b` lies above `a`. The widest interval that there is, and its confidence, where the wanted one cannot be had. */
export function shiftOf(a: readonly number[], b: readonly number[], wanted = 0.95): Shift {
  const differences = b.flatMap((y) => a.map((x) => y - x)).sort((first, second) => first - second)
  const count = differences.length
  if (count === 0) return { middle: Number.NaN, low: Number.NaN, high: Number.NaN, confidence: 0 }
  const chances = countChances(a.length, b.length)
  // Leaving out `left` differences at either end misses when the count is at most `left`, or as high.
  let left = 0
  let missed = chances[0] as number
  while (left + 1 < count / 2 && 1 - 2 * (missed + (chances[left + 1] as number)) >= wanted) {
    left++
    missed += chances[left] as number
  }
  const middle = count >> 1
  const upper = differences[middle] as number
  return {
    middle: count % 2 === 1 ? upper : ((differences[middle - 1] as number) + upper) / 2,
    low: differences[left] as number,
    high: differences[count - 1 - left] as number,
    confidence: Math.max(0, 1 - 2 * missed),
  }
}

/** The chance of each count of pairs whose second is the greater, when both samples are of one kind. */
function countChances(n: number, m: number): Float64Array {
  // ways[u]: how many orders of i and j values have the count u; built up value by value.
  let before: Float64Array[] = Array.from({ length: m + 1 }, () => Float64Array.of(1))
  for (let i = 1; i <= n; i++) {
    const now: Float64Array[] = [Float64Array.of(1)]
    for (let j = 1; j <= m; j++) {
      const ways = new Float64Array(i * j + 1)
      // The greatest of all is of the first sample, or of the second and above all i of the first.
      ;(before[j] as Float64Array).forEach((w, u) => {
        ways[u] = (ways[u] as number) + w
      })
      ;(now[j - 1] as Float64Array).forEach((w, u) => {
        ways[u + i] = (ways[u + i] as number) + w
      })
      now.push(ways)
    }
    before = now
  }
  const ways = before[m] as Float64Array
  const all = ways.reduce((sum, w) => sum + w, 0)
  return ways.map((w) => w / all)
}
