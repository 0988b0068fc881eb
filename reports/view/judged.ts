/**
 * What a run is judged by besides its verdicts: how it was asked to be, whether it told anything, and whether all of it is
 * here.
 */

import type { Run } from '../../harness/model.ts'
import { measuredOf } from './measured.ts'

const asked =
  (word: string) =>
  ({ header }: Pick<Run, 'header'>): boolean =>
    header.words?.includes(word) ?? false

/** An excuse that has gone stale is a failure. */
export const isStrict = asked('--strict')

/** Not B is on trial but the gate: it decides nothing. */
export const isSelfTest = asked('--self-test')

/** Whether anything could be tried: where all is unsupported, nothing ran. */
export const toldAnything = ({ cases, launches }: Pick<Run, 'cases' | 'launches'>): boolean =>
  cases.some(({ verdict }) => verdict !== 'unsupported') ||
  [...measuredOf({ launches }).verdicts.keys()].some((verdict) => verdict !== 'unsupported')

/** What is here may be well: of the rest nobody knows. */
export const isCutShort = ({ partial, end }: Run): boolean => partial !== undefined || end?.interrupted === true
