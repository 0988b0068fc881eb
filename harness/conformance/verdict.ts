/** From what became of a case to its verdict, and from the verdict to its standing against the expectations. */

import type { Deviation, Standing, Verdict } from '../model.ts'
import { PeerDied, Unsupported } from '../pair/failures.ts'
import { ExpectationFailed } from './expectation-failed.ts'

export interface Judgement {
  readonly verdict: Verdict
  readonly message?: string
  readonly expected?: string
  readonly observed?: string
}

/** What a thrown error means. Whatever is not known to be the mechanism's or the machine's is our own fault. */
export function judge(error: unknown): Judgement {
  if (error instanceof ExpectationFailed) {
    return { verdict: 'fail', message: error.message, expected: error.expected, observed: error.observed }
  }
  if (error instanceof Unsupported) return { verdict: 'unsupported', message: error.message }
  if (error instanceof PeerDied) return { verdict: 'crash', message: error.message, observed: error.message }
  return { verdict: 'broken', message: error instanceof Error ? error.message : String(error) }
}

/** A pass where a deviation is excused is `fixed`: the excuse is stale. An excuse covers its own verdict and no other. */
export function standingOf(verdict: Verdict, deviation: Deviation | undefined): Standing {
  if (verdict === 'pass' || verdict === 'observed') return deviation === undefined ? 'expected' : 'fixed'
  if (verdict === 'unsupported') return 'expected'
  return deviation?.verdict === verdict ? 'known' : 'regression'
}
