/**
 * What can be wrong with a mechanism: the faults that the suite itself is tried with. Each is a set of broken calls in the
 * test build of the agent (native/faults/kinds.cc has the kinds), and every case must fail under at least one of them:
 * fault-catches.json says which, and the trial runs it.
 */

import type { Os } from '../harness/model.ts'
import type { Fault } from './faults/fault.ts'
import { linuxFaults } from './faults/linux.ts'
import { windowsFaults } from './faults/windows.ts'

export type { Fault } from './faults/fault.ts'
export const faults: Readonly<Record<Os, readonly Fault[]>> = { linux: linuxFaults, windows: windowsFaults }
