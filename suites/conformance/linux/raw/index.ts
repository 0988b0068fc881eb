/** What is claimed about raw sockets and packet sockets. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { frames } from './frames.ts'
import { sockets } from './sockets.ts'

export const rawCases: readonly SpecificCase[] = [...sockets, ...frames]
