/** How much longer a run will take: what was foreseen for the rest, corrected by what the first part took. */

export interface Countdown {
  /** Something has ended that was foreseen to take so long, and what it took. */
  done(foreseenMs: number, tookMs: number): void
  /** For what has not ended yet, less what has passed since something last did. */
  left(): number
}

/** What is foreseen counts like so much that was seen: a slow beginning alone says little. */
const weightMs = 1000

export function countdown(foreseenMs: number, now: () => number = () => performance.now()): Countdown {
  let [left, foreseen, took] = [foreseenMs, weightMs, weightMs]
  let last = now()
  return {
    done(expected, actual) {
      left -= expected
      foreseen += expected
      took += actual
      last = now()
    },
    left: () => Math.max(0, (left * took) / foreseen - (now() - last)),
  }
}
