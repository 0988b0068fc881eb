/** What is claimed about the memory of another process. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { copying } from './copying.ts'
import { tearing } from './tearing.ts'

export const processVmCases: readonly SpecificCase[] = [...copying, ...tearing]
