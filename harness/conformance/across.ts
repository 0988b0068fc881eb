/**
 * Cases that have peers on two systems: which target plays them, and what they need when only one of the two is there. They
 * are never left out in silence: a lone target lists them, and they are unsupported on it.
 */

import type { Os } from '../model.ts'
import { Unsupported } from '../pair/failures.ts'
import type { Planned } from './plan.ts'

/** Whether a case is for a target of one system, when all the targets are of these: its mechanism's, if that is there. */
export const isFor = ({ mechanism, with: other }: Planned, os: Os, all: readonly Os[]): boolean =>
  mechanism.os === os || (other === os && !all.includes(mechanism.os))

const names: Readonly<Record<Os, string>> = { linux: 'Linux', windows: 'Windows' }

/** Ends a case as unsupported that has peers on two systems, where the other one is not among the targets. */
export function needsOtherSystem({ mechanism, with: other }: Planned, home: Os, abroad: Os | undefined): void {
  if (other === undefined || (home === mechanism.os && abroad === other)) return
  const missing = names[home === other ? mechanism.os : other]
  throw new Unsupported(`needs a target that is ${missing} too: on Linux, run it with --target native --target wine`)
}
