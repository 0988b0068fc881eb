/** What is claimed about the eventfd. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { counting } from './counting.ts'
import { descriptor } from './descriptor.ts'

export const eventfdCases: readonly SpecificCase[] = [...counting, ...descriptor]
