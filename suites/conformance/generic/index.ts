/**
 * Claims about every mechanism, driven by its traits: what it promises is asserted, and so is what it disclaims. A table
 * keyed by a trait has a row for each of its values.
 */

import type { GenericCase } from '../../../harness/pair/stage.ts'
import { blockedSenderCases } from './blocked-senders.ts'
import { blockingCases } from './blocking.ts'
import { boundaryCases } from './boundary.ts'
import { contentionCases } from './contention.ts'
import { dataCases } from './data.ts'
import { deadlineCases } from './deadline.ts'
import { deathCases } from './death.ts'
import { directionCases } from './direction.ts'
import { endCases } from './end.ts'
import { inheritanceCases } from './inheritance.ts'
import { limitCases } from './limits.ts'
import { namingCases } from './naming.ts'
import { orderCases } from './order.ts'
import { persistenceCases } from './persistence.ts'
import { readinessCases } from './readiness.ts'
import { signalCases } from './signals.ts'

export const genericCases: readonly GenericCase[] = [
  ...dataCases,
  ...orderCases,
  ...boundaryCases,
  ...limitCases,
  ...contentionCases,
  ...directionCases,
  ...blockingCases,
  ...deadlineCases,
  ...readinessCases,
  ...endCases,
  ...deathCases,
  ...blockedSenderCases,
  ...signalCases,
  ...namingCases,
  ...inheritanceCases,
  ...persistenceCases,
]
