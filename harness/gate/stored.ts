/** Stored runs as series: of each run one cost for each cell, the median of its launches. */

import { median } from '../measure/statistics.ts'
import type { Cell, Run, RunHeader, TargetId } from '../model.ts'
import { asCost, type Figure, figuresOf } from './costs.ts'

export interface StoredCell {
  readonly cell: Cell
  readonly target: TargetId
  readonly figure: Figure
  /** The median of its launches, as the figure is told. */
  readonly value: number
  /** More is worse. */
  readonly cost: number
}

export interface StoredRun {
  readonly header: RunHeader
  /** By the name of the cell, and of the target where it is not native. */
  readonly cells: ReadonlyMap<string, StoredCell>
}

/** A gate's launches are short, and some of them somebody's change: they say nothing of how things were. */
export function storedRun({ header, launches }: Run): StoredRun {
  const found = figuresOf(launches, (arm) => arm === undefined)
  const cells = [...found].map(([name, { values, ...one }]) => {
    const value = median(values)
    return [name, { ...one, value, cost: asCost(one.figure, value) }] as const
  })
  return { header, cells: new Map(cells) }
}

/** In the order in which they were made. */
export const byTime = (runs: readonly StoredRun[]): StoredRun[] =>
  [...runs].sort((a, b) => (a.header.started < b.header.started ? -1 : 1))
