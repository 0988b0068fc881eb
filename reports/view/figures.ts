/**
 * The figures of a run as tables show them: one row per cell, grouped so that only what may be compared stands together
 * (one place, one size, one placement, one state of the cores), the best row first and the others as multiples of it.
 */

import { type CellSummary, summaries } from '../../harness/measure/summary.ts'
import { type Cell, coreStates, type LaunchRecord, placements, type Run, type Workload } from '../../harness/model.ts'
import { compareText, groupBy, type Place, placesOf } from './tally.ts'

export interface FigureRow extends CellSummary {
  /** How many times the best of the group: 1 for the best, always at least 1. */
  readonly timesBest: number
}

export interface FigureGroup {
  readonly size: number
  readonly placement: Cell['placement']
  readonly cores: Cell['cores']
  readonly rows: readonly FigureRow[]
}

export interface FigureTable {
  readonly place: Place
  readonly workload: Workload
  readonly groups: readonly FigureGroup[]
  /** Launches that gave no figure, and why. */
  readonly lost: readonly LaunchRecord[]
}

export function figureTables(run: Run, workload: Workload): FigureTable[] {
  const own = groupBy(
    run.launches.filter(({ cell }) => cell.workload === workload),
    ({ target }) => target,
  )
  return placesOf(run).flatMap((place) => {
    const launches = own.get(place.target)
    return launches === undefined ? [] : [table(place, workload, launches)]
  })
}

function table(place: Place, workload: Workload, launches: readonly LaunchRecord[]): FigureTable {
  const cells = summaries(launches).filter(({ value }) => value > 0)
  const groups = [...groupBy(cells, ({ cell }) => `${cell.size} ${cell.placement} ${cell.cores}`).values()].map(group)
  const lost = launches.filter(({ verdict, measures }) => verdict !== 'ok' || measures === undefined)
  return { place, workload, groups: groups.sort(inOrder), lost }
}

function group(cells: readonly CellSummary[]): FigureGroup {
  const { size, placement, cores } = (cells[0] as CellSummary).cell
  const latency = (cells[0] as CellSummary).cell.workload === 'pingpong'
  const best = cells.reduce(
    (so, { value }) => (latency ? Math.min(so, value) : Math.max(so, value)),
    latency ? Infinity : 0,
  )
  const rows = cells.map((one) => ({ ...one, timesBest: latency ? one.value / best : best / one.value }))
  return {
    size,
    placement,
    cores,
    rows: rows.sort((a, b) => a.timesBest - b.timesBest || compareText(a.cell.mechanism, b.cell.mechanism)),
  }
}

const inOrder = (a: FigureGroup, b: FigureGroup): number =>
  a.size - b.size ||
  placements.indexOf(a.placement) - placements.indexOf(b.placement) ||
  coreStates.indexOf(a.cores) - coreStates.indexOf(b.cores)
