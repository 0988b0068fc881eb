/**
 * What is counted and not timed: system calls, and context switches, for a message. They are nearly the same in each launch,
 * whatever else a machine does, so that a few launches say as much as many times would: B is costlier where each of its
 * launches lies beyond all that were seen before.
 */

import type { Breakage, LaunchRecord, Measures, SideCost } from '../model.ts'

/** Of one launch, of all sides together. Some sides have nobody to count their calls. */
export interface Counts {
  readonly syscalls?: number
  readonly switches: number
}

export function countsOf({ verdict, measures }: LaunchRecord): Counts | undefined {
  if (verdict !== 'ok' || measures === undefined) return undefined
  const syscalls = perMessage(measures, (side) => side.syscalls)
  return {
    ...(syscalls === undefined ? {} : { syscalls }),
    switches: perMessage(measures, ({ usage }) => usage.voluntarySwitches + usage.involuntarySwitches) ?? 0,
  }
}

/** Nothing where a side does not know. */
function perMessage(
  { producer, consumer, others = [], messages }: Measures,
  count: (side: SideCost) => number | undefined,
): number | undefined {
  const counts = [producer, consumer, ...others].map(count)
  return counts.includes(undefined) ? undefined : counts.reduce<number>((sum, one = 0) => sum + one, 0) / messages
}

/** More than this beyond a limit is no accident. */
const slack = 0.02
const least = 0.01

export const isBeyond = (value: number, limit: number): boolean => value > limit * (1 + slack) && value > limit + least

/** With fewer launches on a side it may be an accident that they lie apart. */
const fewest = 5

const counters = { syscalls: 'system calls', switches: 'context switches' } as const

/** What each launch of B needs more of than any did before. */
export function costlier(cell: string, before: readonly Counts[], after: readonly Counts[]): Breakage[] {
  if (before.length < fewest || after.length < fewest) return []
  return (['syscalls', 'switches'] as const).flatMap((counter): Breakage[] => {
    const [known, now] = [before, after].map((all) => all.flatMap((one) => one[counter] ?? [])) as [number[], number[]]
    if (known.length < before.length || now.length < after.length) return []
    const [most, fewestNow] = [Math.max(...known), Math.min(...now)]
    if (!isBeyond(fewestNow, most)) return []
    const verdict = `${fewestNow.toFixed(2)} ${counters[counter]} for a message`
    return [{ what: cell, verdict, message: `in each launch of B, and at most ${most.toFixed(2)} before` }]
  })
}
