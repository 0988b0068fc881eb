/**
 * How much of the processors' time the hypervisor took away between two moments: what was measured meanwhile is worth
 * that much less. Nothing where the system does not count it.
 */

import type { CpuTimes, System } from './surroundings.ts'
import { system } from './system.ts'

export type Moment = CpuTimes | undefined

export const moment = (of: System = system): Moment => of.cpuTimes()

/** From 0 to 1. */
export function stealShare(before: Moment, after: Moment): number | undefined {
  if (!before || !after) return undefined
  const total = after.total - before.total
  // The counters tick a hundred times a second, and some kernels let them step back a little.
  if (total <= 0) return undefined
  return Math.min(1, Math.max(0, after.steal - before.steal) / total)
}
