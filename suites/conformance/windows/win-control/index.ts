/** What is claimed about what Windows has in place of signals: control events, termination, the signals of its runtime. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { controlEvents } from './events.ts'
import { runtimeSignals } from './runtime.ts'
import { termination } from './termination.ts'

export const controlCases: readonly SpecificCase[] = [...controlEvents, ...termination, ...runtimeSignals]
