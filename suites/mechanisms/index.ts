/** The table of contents of mechanisms: one file each. */

import type { Mechanism } from '../../harness/pair/stage.ts'
import { pipe } from './pipe.ts'

export const mechanisms: readonly Mechanism[] = [pipe]
