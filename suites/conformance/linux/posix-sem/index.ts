/** What is claimed about the semaphores of POSIX. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { counting } from './counting.ts'
import { names } from './names.ts'

export const posixSemCases: readonly SpecificCase[] = [...counting, ...names]
