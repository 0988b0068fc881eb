/** When a claim has held: what a case found is as it has to be, or was only to be seen. */

import type { Verdict } from '../model.ts'

export const isWell = (verdict: Verdict): boolean => verdict === 'pass' || verdict === 'observed'
