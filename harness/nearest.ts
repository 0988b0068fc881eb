/** The known name that a mistyped one was most likely meant to be. Answers nothing rather than something far-fetched. */

/** How many characters were added, left out, replaced or swapped with their neighbour. */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1))
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, at(before, column - 2) + 1)
      current.push(cost)
    }
    before = last
    last = current
  }
  return at(last, b.length)
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY

export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let best: string | undefined
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 0.5
  for (const candidate of known) {
    const far = gap(wanted, candidate.toLowerCase())
    if (far < least) {
      least = far
      best = candidate
    }
  }
  return best
}

/** A beginning, or a part of some length, is nearer than its missing characters tell. */
function gap(wanted: string, candidate: string): number {
  const part =
    wanted.length >= 3 && (candidate.startsWith(wanted) || (wanted.length >= 5 && candidate.includes(wanted)))
  const edits = distance(wanted, candidate)
  return part ? Math.min(edits, 1 + edits / 1000) : edits
}

/** `; did you mean 'pipe'?`, or nothing. */
export function suggestion(name: string, known: Iterable<string>): string {
  const found = nearest(name, known)
  return found === undefined ? '' : `; did you mean '${found}'?`
}
