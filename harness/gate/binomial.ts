/** What a count of failures says of how often something fails: Clopper and Pearson's bound, exact by construction. */

/** The chance of at most `failures` in `trials` that each fail with this chance. */
function atMost(failures: number, trials: number, chance: number): number {
  if (chance <= 0) return 1
  if (chance >= 1) return failures >= trials ? 1 : 0
  // Of the terms the logarithm is kept: the chance of none in many is too small for a number.
  let term = trials * Math.log1p(-chance)
  let sum = Math.exp(term)
  for (let k = 0; k < failures; k++) {
    term += Math.log((trials - k) / (k + 1)) + Math.log(chance) - Math.log1p(-chance)
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

/** The highest chance of failure at which so few failures are not yet surprising. */
export function upperBound(failures: number, trials: number, confidence = 0.95): number {
  if (trials === 0 || failures >= trials) return 1
  let [low, high] = [failures / trials, 1]
  const steps = 60
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2
    if (atMost(failures, trials, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}
