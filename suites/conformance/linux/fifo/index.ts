/** What is claimed about the FIFO. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { endOfFile } from './end-of-file.ts'
import { misuse } from './misuse.ts'
import { names } from './names.ts'
import { opening } from './opening.ts'

export const fifoCases: readonly SpecificCase[] = [...opening, ...endOfFile, ...names, ...misuse]
