/**
 * Where a series changed its level, by E-divisive: the split that makes the two sides differ most, if shuffling the series
 * seldom makes one that differs as much; then the same within each side. It assumes no distribution (Matteson and James, A
 * nonparametric approach for multiple change point analysis, 2014), as used for benchmark series by MongoDB and Apache Otava.
 */

import { shuffled } from '../measure/random.ts'

export interface ChangePoint {
  /** The first value of the new level. */
  readonly at: number
  readonly p: number
}

/** On either side of a change. */
const shortestSegment = 3
const permutations = 199

export function changePoints(series: readonly number[], level = 0.05, seed = 1): ChangePoint[] {
  const found: ChangePoint[] = []
  const look = (from: number, to: number): void => {
    const segment = series.slice(from, to)
    const split = bestSplit(segment)
    if (split === undefined) return
    let asMuch = 1
    for (let turn = 0; turn < permutations; turn++) {
      const other = bestSplit(shuffled(segment, seed + turn))
      if (other !== undefined && other.energy >= split.energy) asMuch++
    }
    const p = asMuch / (permutations + 1)
    if (p > level) return
    found.push({ at: from + split.at, p })
    look(from, from + split.at)
    look(from + split.at, to)
  }
  look(0, series.length)
  return found.sort((a, b) => a.at - b.at)
}

/** The split of the highest energy: how much further apart the two sides are than each is within itself. */
function bestSplit(values: readonly number[]): { readonly at: number; readonly energy: number } | undefined {
  const n = values.length
  if (n < 2 * shortestSegment) return undefined
  const distance = (i: number, j: number) => Math.abs((values[i] as number) - (values[j] as number))
  // Sums of distances within the left, within the right and between them, moved value by value.
  let [left, between, right] = [0, 0, 0]
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) right += distance(i, j)
  let best: { at: number; energy: number } | undefined
  for (let at = 1; at <= n - shortestSegment; at++) {
    const moved = at - 1
    let [toLeft, toRight] = [0, 0]
    for (let i = 0; i < moved; i++) toLeft += distance(i, moved)
    for (let j = at; j < n; j++) toRight += distance(moved, j)
    left += toLeft
    right -= toRight
    between += toRight - toLeft
    if (at < shortestSegment) continue
    const m = n - at
    const within = left / ((at * (at - 1)) / 2) + right / ((m * (m - 1)) / 2)
    const energy = ((at * m) / n) * ((2 * between) / (at * m) - within)
    if (best === undefined || energy > best.energy) best = { at, energy }
  }
  return best
}
