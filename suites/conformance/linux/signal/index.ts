/** What is claimed about signals. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { actions } from './actions.ts'
import { addressing } from './addressing.ts'
import { processes } from './processes.ts'
import { queueing } from './queueing.ts'
import { waiting } from './waiting.ts'

export const signalCases: readonly SpecificCase[] = [...actions, ...addressing, ...queueing, ...processes, ...waiting]
