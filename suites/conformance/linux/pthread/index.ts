/** What is claimed about the objects of pthreads that processes share. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { barrier } from './barrier.ts'
import { conditions } from './condition.ts'
import { mutex } from './mutex.ts'
import { robustness } from './robust.ts'

export const pthreadCases: readonly SpecificCase[] = [...mutex, ...robustness, ...conditions, ...barrier]
