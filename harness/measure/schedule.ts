/**
 * What is measured, and in which order: the product of the axes, each cell once a round, each round in a random order of
 * its own that a seed repeats. Interleaved, because a machine drifts by more within an hour than what is looked for.
 */

import type { Cell, CoreState, Placement, Runtime, Variant, Workload } from '../model.ts'
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
  /** The plain way alone, where none are named. */
  readonly variants?: readonly Variant[]
  readonly runtime?: Runtime
}

const plainly: readonly Variant[] = [{}]

export const product = ({ runtime = 'native', variants = plainly, ...axes }: Axes): Cell[] =>
  axes.mechanisms.flatMap((mechanism) =>
    axes.workloads.flatMap((workload) =>
      axes.sizes.flatMap((size) =>
        axes.conditions.flatMap((condition) =>
          variants.map((variant) => ({ mechanism, workload, size, ...condition, runtime, ...variant })),
        ),
      ),
    ),
  )

const text = (name: string, value: string | number | undefined) =>
  value === undefined ? undefined : `${name}=${value}`

/** How each way of differing is said in a name: by its value, where that speaks for itself. */
const spoken: { readonly [V in keyof Variant]-?: (variant: Variant) => string | undefined } = {
  wait: ({ wait }) => wait,
  wake: ({ wake }) => text('wake', wake),
  transfer: ({ transfer }) => transfer,
  method: ({ method }) => method,
  shape: ({ shape }) => shape,
  peers: ({ peers }) => text('peers', peers),
  rate: ({ rate }) => text('rate', rate),
  buffer: ({ buffer }) => text('buffer', buffer),
  pages: ({ pages }) => text('pages', pages),
  busyPollUs: ({ busyPollUs }) => text('busy-poll', busyPollUs),
}

/** The ways in which a cell differs from the plain one, in words. */
export function variantWords(variant: Variant): string[] {
  const words: string[] = []
  for (const say of speakers) {
    const word = say(variant)
    if (word !== undefined) words.push(word)
  }
  return words
}
const speakers = Object.values(spoken)

/** `pipe pingpong 64 same-core awake`, then the runtime where it is not native code, then what is not the plain way. */
export const cellName = (cell: Cell): string =>
  [
    ...[cell.mechanism, cell.workload, cell.size, cell.placement, cell.cores],
    ...(cell.runtime === 'native' ? [] : [cell.runtime]),
    ...variantWords(cell),
  ].join(' ')

export interface Scheduled {
  readonly cell: Cell
  readonly round: number
}

export const schedule = (cells: readonly Cell[], rounds: number, seed: number): Scheduled[] =>
  Array.from({ length: rounds }, (_, round) => shuffled(cells, seed + round).map((cell) => ({ cell, round }))).flat()
