/** Launches that gave no figure, as reports tell of them: of which mechanisms, of which cells, and what that is called. */

import type { Cell } from '../../harness/model.ts'
import { countIn, type Lost, launchesOf, measuredOf, type Verdicts } from './measured.ts'
import type { Place } from './tally.ts'

/** Launches of one cell that gave no figure, for one reason. */
export interface LostOfCell extends Pick<Lost, 'verdict' | 'message'> {
  readonly cell: Cell
  readonly launches: number
}

export const lostAt = ({ run, target }: Pick<Place, 'run' | 'target'>): Lost[] =>
  measuredOf(run).lost.filter((lost) => lost.target === target)

export const lostCellsAt = (place: Pick<Place, 'run' | 'target'>): LostOfCell[] =>
  lostAt(place).flatMap(({ verdict, message, cells }) =>
    cells.map((one) => ({ verdict, ...(message === undefined ? {} : { message }), ...one })),
  )

export const mechanismsIn = (cells: Lost['cells']): string =>
  [...new Set(cells.map(({ cell }) => cell.mechanism))].join(', ')

/** Of launches that did not go wrong: whether they could not be made here, or were too short for a figure. */
export const absenceOf = ({ verdict }: Pick<Lost, 'verdict'>): string =>
  verdict === 'ok' ? 'without a figure' : 'not here'

/** Launches at a place that gave a figure, and those that gave none. */
export function launchesAt(place: Pick<Place, 'run' | 'target'>): { readonly measured: number; readonly lost: number } {
  const verdicts: Verdicts = measuredOf(place.run).targets.get(place.target)?.verdicts ?? new Map()
  const lost = lostAt(place).reduce((sum, one) => sum + launchesOf(one), 0)
  return { measured: countIn(verdicts) - lost, lost }
}
