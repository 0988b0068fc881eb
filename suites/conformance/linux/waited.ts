/** How long a call waited that was given a deadline. */

import { expectValue } from '../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../harness/model.ts'

/** The deadline is worked out just before the clock of the call begins, and that clock is another. */
const slackMs = 2
const patienceMs = 5_000

/** It did not give up before its time was over, and not long after it. */
export function expectWaited({ ns }: Outcome, milliseconds: number): void {
  expectValue(ns / 1e6, 'how long it waited, in milliseconds,').toBeBetween(milliseconds - slackMs, patienceMs)
}
