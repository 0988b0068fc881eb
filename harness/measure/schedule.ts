/**
 * What is measured, and in which order: the product of the axes, each cell once a round, each round in a random order of
 * its own that a seed repeats. Interleaved, because a machine drifts by more within an hour than what is looked for.
 */

import type { Cell, CoreState, Placement, Workload } from '../model.ts'
import { shuffled } from './random.ts'

/** Where the two processes run, and whether their cores may fall asleep. */
export interface Condition {
  readonly placement: Placement
  readonly cores: CoreState
}

export interface Axes {
  readonly mechanisms: readonly string[]
  readonly workloads: readonly Workload[]
  readonly sizes: readonly number[]
  readonly conditions: readonly Condition[]
}

export const product = ({ mechanisms, workloads, sizes, conditions }: Axes): Cell[] =>
  mechanisms.flatMap((mechanism) =>
    workloads.flatMap((workload) =>
      sizes.flatMap((size) =>
        conditions.map((condition) => ({ mechanism, workload, size, ...condition, runtime: 'native' as const })),
      ),
    ),
  )

/** `pipe pingpong 64 same-core awake`, and the runtime where it is not native code. */
export const cellName = ({ mechanism, workload, size, placement, cores, runtime }: Cell): string =>
  [mechanism, workload, size, placement, cores, ...(runtime === 'native' ? [] : [runtime])].join(' ')

export interface Scheduled {
  readonly cell: Cell
  readonly round: number
}

export const schedule = (cells: readonly Cell[], rounds: number, seed: number): Scheduled[] =>
  Array.from({ length: rounds }, (_, round) => shuffled(cells, seed + round).map((cell) => ({ cell, round }))).flat()
