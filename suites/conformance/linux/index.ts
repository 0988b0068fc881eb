/** The table of contents of what is claimed about the mechanisms of Linux, one folder each. */

import type { SpecificCase } from '../../../harness/pair/stage.ts'
import { fifoCases } from './fifo/index.ts'
import { pipeCases } from './pipe/index.ts'

export const linuxCases: readonly SpecificCase[] = [...pipeCases, ...fifoCases]
