/**
 * Figures as a table of mechanisms and what was varied, in Markdown: a head names what is across, its unit and which way is
 * better. All rows of a table have the rest in common.
 */

import type { CellSummary } from '../harness/measure/summary.ts'
import type { Cell } from '../harness/model.ts'
import { marksOf } from './view/cautions.ts'
import { nameOf } from './view/figures.ts'
import { significant } from './view/numbers.ts'
import { arrows, unitOf } from './view/quantity.ts'
import { groupBy } from './view/tally.ts'

export interface Across {
  /** Cells that differ in it only stand in one line. */
  readonly across: (cell: Cell) => string
  readonly inOrder: (a: Cell, b: Cell) => number
}

export interface Grid {
  readonly heads: readonly string[]
  /** The name, and a figure for each head; nothing where there is none. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly (CellSummary | undefined)[] }[]
  /** How a figure is written under each head. */
  readonly written: (row: CellSummary | undefined, at: number) => string
}

/** Of rows with one workload and one kind of figure. */
export function gridOf(
  { across, inOrder }: Across,
  rows: readonly CellSummary[],
  named: (row: CellSummary) => string = nameOf,
): Grid {
  const [first] = rows
  const sorted = [...rows].sort((a, b) => inOrder(a.cell, b.cell))
  const columns = [...groupBy(sorted, ({ cell }) => across(cell))]
  const units = columns.map(([, own]) =>
    unitOf(first?.figure ?? 'latency', first?.cell.workload ?? 'pingpong', own[0]?.cell.size ?? 0),
  )
  return {
    heads: columns.map(([name], at) => `${name}, ${units[at]?.name} ${arrows[units[at]?.better ?? 'lower']}`),
    rows: [...groupBy(rows, named)].map(([name, own]) => ({
      name,
      cells: columns.map(([column]) => own.find(({ cell }) => across(cell) === column)),
    })),
    written: (row, at) =>
      row === undefined ? '' : `${significant(units[at]?.in(row) ?? row.value)}${escapedSigns(marksOf(row))}`,
  }
}

/** Signs that Markdown would take for its own. */
const escapedSigns = (text: string): string => text.replace(/[*~]/g, '\\$&')
