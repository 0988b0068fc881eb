/** What is claimed about splice, tee and vmsplice. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { moving } from './moving.ts'
import { pages } from './pages.ts'

export const spliceCases: readonly SpecificCase[] = [...moving, ...pages]
