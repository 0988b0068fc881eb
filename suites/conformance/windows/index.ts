/** The table of contents of what is claimed about the mechanisms of Windows, one folder each. */

import type { SpecificCase } from '../../../harness/pair/stage.ts'
import { anonymousPipeCases } from './win-anonymous-pipe/index.ts'
import { namedPipeCases } from './win-named-pipe/index.ts'

export const windowsCases: readonly SpecificCase[] = [...anonymousPipeCases, ...namedPipeCases]
