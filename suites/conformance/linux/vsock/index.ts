/** What is claimed about sockets of virtual machines. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { connections } from './connections.ts'

export const vsockCases: readonly SpecificCase[] = connections
