/** The figures of runs under names that are the same in each run: what services that keep figures over time know them by. */

import { cellName } from '../harness/measure/schedule.ts'
import type { CellSummary } from '../harness/measure/summary.ts'
import type { Runs } from '../harness/model.ts'
import { placesOfSides } from './view/sides.ts'
import { type Place, rowsAt } from './view/tally.ts'
import { visibleLine } from './view/visible.ts'

export interface NamedRow {
  readonly name: string
  readonly place: Place
  readonly row: CellSummary
}

/** `pipe pingpong 64 same-core awake`; the run, the target and the arm are added where they tell it from others. */
export const namedRows = (runs: Runs): NamedRow[] =>
  placesOfSides(runs).flatMap((place) =>
    rowsAt(place)
      .filter(({ value }) => Number.isFinite(value))
      .map((row) => ({ name: nameOf(place, row), place, row })),
  )

const nameOf = ({ letter, target }: Place, { cell, arm }: CellSummary): string =>
  [
    ...(letter === undefined ? [] : [`${letter}:`]),
    visibleLine(cellName(cell)),
    ...(arm === undefined ? [] : [`arm-${arm}`]),
    ...(target === 'native' ? [] : [`(${visibleLine(target)})`]),
  ].join(' ')
