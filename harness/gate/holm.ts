/** Holm's correction: of many tests together, the chance that one of them rejects by luck stays below the level. */

/** The p of each test as it is to be compared with the level, in the order in which they were given. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((i, j) => (ps[i] as number) - (ps[j] as number))
  const adjusted = new Array<number>(ps.length)
  let highest = 0
  order.forEach((i, rank) => {
    highest = Math.max(highest, Math.min(1, (ps.length - rank) * (ps[i] as number)))
    adjusted[i] = highest
  })
  return adjusted
}
