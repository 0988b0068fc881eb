/** Stored runs as series: of each run one cost for each cell, the median of its launches. */

import { cellName } from '../measure/schedule.ts'
import { median } from '../measure/statistics.ts'
import { figureOf } from '../measure/summary.ts'
import type { Cell, Run, RunHeader, TargetId } from '../model.ts'

export interface StoredCell {
  readonly cell: Cell
  readonly target: TargetId
  readonly figure: 'latency' | 'throughput'
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

export const placedName = (name: string, target: TargetId): string =>
  target === 'native' ? name : `${name} (${target})`

/** A gate's launches are short, and some of them somebody's change: they say nothing of how things were. */
export function storedRun({ header, launches }: Run): StoredRun {
  const found = new Map<string, { readonly first: Omit<StoredCell, 'value' | 'cost'>; readonly figures: number[] }>()
  for (const { cell, target, verdict, measures, arm } of launches) {
    const figure = verdict === 'ok' && measures !== undefined ? figureOf(measures) : undefined
    if (figure === undefined || !(figure > 0) || arm !== undefined) continue
    const name = placedName(cellName(cell), target)
    const kind = measures?.latency === undefined ? 'throughput' : 'latency'
    const one = found.get(name) ?? { first: { cell, target, figure: kind }, figures: [] }
    one.figures.push(figure)
    found.set(name, one)
  }
  const cells = [...found].map(([name, { first, figures }]) => {
    const value = median(figures)
    return [name, { ...first, value, cost: first.figure === 'latency' ? value : 1 / value }] as const
  })
  return { header, cells: new Map(cells) }
}

/** In the order in which they were made. */
export const byTime = (runs: readonly StoredRun[]): StoredRun[] =>
  [...runs].sort((a, b) => (a.header.started < b.header.started ? -1 : 1))
