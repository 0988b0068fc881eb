/**
 * An interval for how far one sample lies above another, by Mann and Whitney's count, exact for samples without ties:
 * launches of two runs, which are few, of no known distribution, and not in pairs. Of many launches the count is as good as
 * normal, and is taken so.
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
  const { left, missed } = (a.length + b.length > mostCounted ? leftOutOfMany : leftOut)(a.length, b.length, wanted)
  const middle = count >> 1
  const upper = differences[middle] as number
  return {
    middle: count % 2 === 1 ? upper : ((differences[middle - 1] as number) + upper) / 2,
    low: differences[left] as number,
    high: differences[count - 1 - left] as number,
    confidence: Math.max(0, 1 - 2 * missed),
  }
}

interface LeftOut {
  /** How many differences are left out at either end, and the chance that this misses there. */
  readonly left: number
  readonly missed: number
}

/** Above so many launches nothing is gained by counting. */
const mostCounted = 100

function leftOut(n: number, m: number, wanted: number): LeftOut {
  const chances = countChances(n, m)
  let left = 0
  let missed = chances[0] as number
  while (left + 1 < (n * m) / 2 && 1 - 2 * (missed + (chances[left + 1] as number)) >= wanted) {
    left++
    missed += chances[left] as number
  }
  return { left, missed }
}

/** The normal deviate of 95 % both ways, and no other confidence is asked for. */
const deviate = 1.959964

function leftOutOfMany(n: number, m: number, wanted: number): LeftOut {
  const scatter = Math.sqrt((n * m * (n + m + 1)) / 12)
  return { left: Math.max(0, Math.floor((n * m) / 2 - deviate * scatter - 0.5)), missed: (1 - wanted) / 2 }
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
