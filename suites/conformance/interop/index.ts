/** What is claimed of a pair that has one process on Linux and the other on Windows. */

import type { SpecificCase } from '../../../harness/pair/stage.ts'
import { connections } from './connections.ts'
import { datagrams } from './datagrams.ts'
import { losses } from './losses.ts'

export const interopCases: readonly SpecificCase[] = [...connections, ...losses, ...datagrams]
