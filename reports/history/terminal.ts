/** Trends for the terminal: a sparkline for each cell, and what changed where. */

import type { Change, Trend } from '../../harness/gate/history.ts'
import { inkOf, span } from '../terminal/ink.ts'
import type { TerminalOptions } from '../terminal/ladder.ts'
import { paragraph, table } from '../terminal/layout.ts'
import { significant } from '../view/numbers.ts'
import { unitOf } from '../view/quantity.ts'
import { visibleLine } from '../view/visible.ts'

const bars = '▁▂▃▄▅▆▇█'

/** One sign for each value, by where it lies between the lowest and the highest. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width)
  const [low, high] = [Math.min(...shown), Math.max(...shown)]
  return shown
    .map((value) => bars[high > low ? Math.round(((value - low) / (high - low)) * (bars.length - 1)) : 3])
    .join('')
}

export function historyText(trends: readonly Trend[], runs: number, { columns, colour }: TerminalOptions): string {
  const ink = inkOf(colour)
  const width = Math.max(10, Math.min(40, columns - 70))
  const rows = trends.map((trend) => {
    const unit = unitOf(trend.figure, trend.cell.workload, 0)
    const values = trend.points.map(({ value }) => unit.in({ value }))
    return [
      span(visibleLine(titleOf(trend))),
      span(sparkline(values, width), trend.changes.length > 0 ? 'yellow' : 'dim'),
      span(`${significant(values.at(-1) ?? Number.NaN)} ${unit.name}`),
      span(`${values.length} runs`, 'dim'),
    ]
  })
  const changed = trends.flatMap((trend) => trend.changes.map((change) => [trend, change] as const))
  return [
    `${ink(span('history', 'bold'))}  ${trends.length} cells over ${runs} runs`,
    '',
    ...table(ink, rows, columns),
    '',
    changed.length === 0 ? '  no level changed' : ink(span('levels that changed', 'bold')),
    ...changed.flatMap(([trend, change]) =>
      paragraph(ink, [span(visibleLine(changeWords(trend, change)))], columns, 2),
    ),
    '',
  ].join('\n')
}

/** A cell, and which of its series. */
export const titleOf = ({ name, under }: Pick<Trend, 'name' | 'under'>): string =>
  under === undefined ? name : `${name} (${under})`

/** `pipe …: 12 % slower from 2026-11-20 (4f1c2ab), p = 0.005; kernel: … → …` */
export function changeWords({ points, ...trend }: Trend, { at, ratio, p, environment }: Change): string {
  const point = points[at]
  const commit = point?.commit === undefined ? '' : ` (${point.commit})`
  const percent = (100 * Math.abs(ratio - 1)).toFixed(1)
  const also = environment.length === 0 ? '' : `; ${environment.join(', ')}`
  return `${titleOf(trend)}: ${percent} % ${ratio > 1 ? 'slower' : 'faster'} from ${point?.started.slice(0, 16)}${commit}, p = ${p.toFixed(3)}${also}`
}
