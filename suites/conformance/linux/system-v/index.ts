/** What is claimed about the keys, queues, semaphores and shared memory of System V. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { keys } from './keys.ts'
import { memoryAttachments } from './memory-attachments.ts'
import { memoryContents } from './memory-contents.ts'
import { memoryLimits } from './memory-limits.ts'
import { messageQueues } from './message-queues.ts'
import { messageSizes } from './message-sizes.ts'
import { messageTypes } from './message-types.ts'
import { semaphoreDeaths } from './semaphore-deaths.ts'
import { semaphoreSets } from './semaphore-sets.ts'
import { semaphoreWaits } from './semaphore-waits.ts'

export const systemVCases: readonly SpecificCase[] = [
  ...keys,
  ...messageTypes,
  ...messageSizes,
  ...messageQueues,
  ...semaphoreWaits,
  ...semaphoreSets,
  ...semaphoreDeaths,
  ...memoryContents,
  ...memoryAttachments,
  ...memoryLimits,
]
