/** What is claimed about locks on files: share modes, ranges, and files that stand for a lock. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { ranges } from './ranges.ts'
import { wholeFiles } from './whole-files.ts'

export const fileLockCases: readonly SpecificCase[] = [...wholeFiles, ...ranges]
