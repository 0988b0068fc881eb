/** The values that benchmarks take from each axis. */

import type { Condition } from '../../harness/measure/schedule.ts'

export const sameCore: Condition = { placement: 'same-core', cores: 'awake' }
export const crossCore: Condition = { placement: 'cross-core', cores: 'awake' }
/** What a lightly loaded machine feels. */
export const crossCoreIdle: Condition = { placement: 'cross-core', cores: 'idle' }
/** Wherever the system puts them: never to be compared. */
export const unpinned: Condition = { placement: 'unpinned', cores: 'idle' }
/** What only larger machines have. */
export const farApart: readonly Condition[] = [
  { placement: 'smt-sibling', cores: 'awake' },
  { placement: 'cross-cache', cores: 'awake' },
  { placement: 'cross-node', cores: 'awake' },
]

export const kib = 1024
export const mib = 1024 * kib

/** From one byte to 16 MiB. */
export const powersOfFour: readonly number[] = Array.from({ length: 13 }, (_, power) => 4 ** power)
