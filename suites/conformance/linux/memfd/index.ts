/** What is claimed about memfd. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { seals } from './seals.ts'

export const memfdCases: readonly SpecificCase[] = seals
