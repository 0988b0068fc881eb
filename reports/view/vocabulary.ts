/** What verdicts and standings are called and mean, the same in every report. */

import type { Standing, Verdict } from '../../harness/model.ts'

export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  pass: 'The claim holds.',
  fail: 'The claim does not hold: the system answered something else.',
  unsupported: 'Not here: the system lacks what the case needs.',
  broken: 'Our own fault: the suite could not play the case.',
  crash: 'A process died that should have lived.',
  hang: 'The case did not end within its deadline.',
  observed: 'No standard settles the answer: what was seen is recorded and not judged.',
}

/** Nothing is said of a verdict that is as expected. */
export const standingWords: Readonly<Record<Standing, string>> = {
  expected: '',
  regression: 'unexpected',
  known: 'known deviation',
  fixed: 'stale excuse',
}
