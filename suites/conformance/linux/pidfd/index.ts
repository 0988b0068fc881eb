/** What is claimed about descriptors of processes. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { descriptors } from './descriptors.ts'

export const pidfdCases: readonly SpecificCase[] = descriptors
