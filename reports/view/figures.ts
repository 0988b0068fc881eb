/**
 * The figures of a run as tables show them: one row per cell, grouped so that only what may be compared stands together
 * (one place, one workload, one size, one placement, one state of the cores, …), the best row first and the others as
 * multiples of it. How a mechanism was used is part of its row's name: a ring that spins is another row than one that
 * blocks.
 */

import { variantWords } from '../../harness/measure/schedule.ts'
import type { CellSummary, Figure } from '../../harness/measure/summary.ts'
import { type Cell, coreStates, placements, type Run, type Workload } from '../../harness/model.ts'
import { type Lost, measuredOf } from './measured.ts'
import { grouped } from './numbers.ts'
import { inReadingOrder } from './quantity.ts'
import { compareText, groupBy, type Place, placesOf, rowsAt } from './tally.ts'
import { countOf } from './words.ts'

export interface FigureRow extends CellSummary {
  /** The mechanism and how it was used. */
  readonly name: string
  /** How many times the best of the group: 1 for the best, always at least 1. */
  readonly timesBest: number
}

export interface FigureGroup {
  readonly figure: Figure
  readonly size: number
  /** Under which condition all of its rows were measured, in words. */
  readonly where: string
  readonly rows: readonly FigureRow[]
}

export interface FigureTable {
  readonly place: Place
  readonly workload: Workload
  readonly groups: readonly FigureGroup[]
  /** Rows that are in no group: their figure is no number above zero. */
  readonly left: number
  /** Launches that gave no figure, and why. */
  readonly lost: readonly Lost[]
}

/** One for each workload that was tried at a place. */
export function figureTables(...runs: readonly Run[]): FigureTable[] {
  const places = placesOf(...runs)
  return inReadingOrder.flatMap((workload) =>
    places.flatMap((place) => {
      const { lost } = measuredOf(place.run)
      const own = rowsAt(place).filter(({ cell }) => cell.workload === workload)
      const without = lost.flatMap((one) => {
        const cells = one.cells.filter(({ cell }) => one.target === place.target && cell.workload === workload)
        return cells.length === 0 ? [] : [{ ...one, cells }]
      })
      const shown = own.filter(({ value }) => value > 0)
      const left = own.length - shown.length
      return own.length + without.length === 0
        ? []
        : [{ place, workload, groups: groupsOf(shown), left, lost: without }]
    }),
  )
}

/** What a table says of the rows that it leaves out; nothing where there are none. */
export const leftWords = ({ left }: FigureTable): string | undefined =>
  left === 0
    ? undefined
    : `Left out: ${countOf(left, 'row')} whose figure is no number above zero, which cannot be held against the best.`

/** The mechanism, and in which way it was used: `posix-shm spin`, `posix-shm block wake=futex`, `pipe node`. */
export function rowName(cell: Cell): string {
  const { shape: _, peers: __, rate: ___, ...way } = cell
  const blocks = cell.wake !== undefined && cell.wait === undefined ? { ...way, wait: 'block' as const } : way
  return [cell.mechanism, ...(cell.runtime === 'native' ? [] : [cell.runtime]), ...variantWords(blocks)].join(' ')
}

/** The same of a row: those of a gate say which arm they are of. */
export const nameOf = ({ arm, cell }: CellSummary): string =>
  arm === undefined ? rowName(cell) : `${arm.toUpperCase()}: ${rowName(cell)}`

/** The condition of a cell, in the words of the command line. */
export const whereOf = ({ placement, cores, shape, peers, rate }: Cell): string =>
  [
    placement,
    `cores ${cores}`,
    ...(shape === undefined ? [] : [shape.replaceAll('-', ' ')]),
    ...(peers === undefined ? [] : [`${peers} peers`]),
    ...(rate === undefined ? [] : [`${grouped(rate)} messages/s`]),
  ].join(', ')

function groupsOf(rows: readonly CellSummary[]): FigureGroup[] {
  const groups = groupBy(rows, ({ cell, figure }) => `${figure} ${cell.size} ${whereOf(cell)}`)
  return [...groups.values()].sort(([a], [b]) => (a === undefined || b === undefined ? 0 : inOrder(a, b))).map(group)
}

function group(rows: readonly CellSummary[]): FigureGroup {
  const { figure, cell } = rows[0] as CellSummary
  const latency = figure === 'latency'
  const best = rows.reduce(
    (so, { value }) => (latency ? Math.min(so, value) : Math.max(so, value)),
    latency ? Infinity : 0,
  )
  const named = rows.map((row) => ({
    ...row,
    name: nameOf(row),
    timesBest: latency ? row.value / best : best / row.value,
  }))
  return {
    figure,
    size: cell.size,
    where: whereOf(cell),
    rows: named.sort((a, b) => a.timesBest - b.timesBest || compareText(a.name, b.name)),
  }
}

const inOrder = ({ cell: a, figure: one }: CellSummary, { cell: b, figure: other }: CellSummary): number =>
  compareText(one, other) ||
  a.size - b.size ||
  placements.indexOf(a.placement) - placements.indexOf(b.placement) ||
  coreStates.indexOf(a.cores) - coreStates.indexOf(b.cores) ||
  compareText(a.shape ?? '', b.shape ?? '') ||
  (a.peers ?? 0) - (b.peers ?? 0) ||
  (a.rate ?? 0) - (b.rate ?? 0)
