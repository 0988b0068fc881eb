/** What is claimed about the futex. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { waiting } from './waiting.ts'
import { waking } from './waking.ts'

export const futexCases: readonly SpecificCase[] = [...waiting, ...waking]
