/**
 * What the launches of a cell come to in a test report, all of them together: a record may have a hundred thousand. One
 * that crashed, hung or was void makes the cell an error; a cell that cannot be measured here is skipped.
 */

import { cellName } from '../../harness/measure/schedule.ts'
import type { CellSummary } from '../../harness/measure/summary.ts'
import { type LostOfCell, lostCellsAt } from '../view/lost.ts'
import { measuredOf, placeOfCell } from '../view/measured.ts'
import { percent, significant } from '../view/numbers.ts'
import { quantities } from '../view/quantity.ts'
import { groupBy, type Place, rowsAt } from '../view/tally.ts'
import { countOf } from '../view/words.ts'
import type { Outcome } from './outcome.ts'

export function cellOutcomes(place: Place): Outcome[] {
  const { ms } = measuredOf(place.run)
  const rows = new Map(rowsAt(place).map((row) => [cellName(row.cell), row]))
  const lostOf = groupBy(lostCellsAt(place), ({ cell }) => cellName(cell))
  return [...new Set([...rows.keys(), ...lostOf.keys()])].flatMap((name) => {
    const row = rows.get(name)
    const without = lostOf.get(name) ?? []
    const cell = row?.cell ?? without[0]?.cell
    if (cell === undefined) return []
    return {
      name,
      group: [cell.mechanism, cell.workload] as const,
      ms: ms.get(placeOfCell({ target: place.target, cell })) ?? 0,
      ...whatBecame(row, without),
    }
  })
}

/** The gravest first. */
const mishaps = ['crash', 'hang', 'void', 'broken'] as const

function whatBecame(
  row: CellSummary | undefined,
  reasons: readonly LostOfCell[],
): Pick<Outcome, 'status' | 'verdict' | 'message' | 'details'> {
  const said = reasons.map(reasonWords)
  const mishap = mishaps.find((one) => reasons.some(({ verdict }) => verdict === one))
  if (mishap !== undefined) {
    const first = said[reasons.findIndex(({ verdict }) => verdict === mishap)] ?? mishap
    const all = [...said, ...(row === undefined ? [] : [figureWords(row)])]
    return { status: 'error', verdict: mishap, message: first, details: () => `${all.join('\n')}\n` }
  }
  // A launch that went well and gave no figure is no pass of its cell.
  const verdict = reasons.some((one) => one.verdict === 'ok') ? 'no-figure' : 'unsupported'
  if (row === undefined) return { status: 'skipped', verdict, message: said.join(' ') }
  return { status: 'passed', verdict: 'ok', message: [figureWords(row), ...said].join(' ') }
}

const reasonWords = ({ verdict, message, launches }: LostOfCell): string =>
  `${verdict === 'ok' ? 'no figure' : verdict}, ${countOf(launches, 'launch', 'es')}: ${message ?? 'no reason was given'}`

/** `p50 of the round trip: 4 020 ns, between 3 950 and 4 100 (94 % sure), of 5 launches.` */
export function figureWords(row: CellSummary): string {
  const { figure, value, low, high, confidence, launches, cell } = row
  const what = figure === 'latency' ? `${quantities[cell.workload].latency}, p50:` : 'rate:'
  const unit = figure === 'latency' ? 'ns' : 'messages/s'
  const between =
    launches < 2 ? '' : `, between ${significant(low)} and ${significant(high)} (${percent(confidence)} sure)`
  return `${what} ${significant(value)} ${unit}${between}, of ${countOf(launches, 'launch', 'es')}.`
}
