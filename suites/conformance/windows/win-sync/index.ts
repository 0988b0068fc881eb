/** What is claimed about the objects of Windows that processes wait for: events, mutexes, semaphores, processes. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { addresses } from './addresses.ts'
import { events } from './events.ts'
import { mutexes } from './mutexes.ts'
import { objectNames } from './names.ts'
import { semaphores } from './semaphores.ts'
import { waits } from './waits.ts'

export const synchronisationCases: readonly SpecificCase[] = [
  ...events,
  ...objectNames,
  ...mutexes,
  ...semaphores,
  ...waits,
  ...addresses,
]
