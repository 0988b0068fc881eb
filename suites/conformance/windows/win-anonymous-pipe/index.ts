/** What is claimed about the anonymous pipe of Windows. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { capacity } from './capacity.ts'
import { endOfFile } from './end-of-file.ts'
import { inheritance } from './inheritance.ts'
import { programs } from './programs.ts'

export const anonymousPipeCases: readonly SpecificCase[] = [...programs, ...endOfFile, ...capacity, ...inheritance]
