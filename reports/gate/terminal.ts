/** The verdict of a gate for the terminal: what is red first, then why it cannot tell, then every cell. */

import type { CellDecision, GateRecord, GateVerdict } from '../../harness/model.ts'
import { type Format, inkOf, type Span, span } from '../terminal/ink.ts'
import type { TerminalOptions } from '../terminal/ladder.ts'
import { brief, paragraph, table } from '../terminal/layout.ts'
import { shorten, visibleLine } from '../view/visible.ts'
import { headlineOf, injectedWords, notesOf, probability, redLines } from './words.ts'

const signs: Readonly<Record<GateVerdict, readonly [sign: string, format: Format]>> = {
  pass: ['✓', 'green'],
  fail: ['✗', 'red'],
  inconclusive: ['?', 'yellow'],
}

const longestName = 200

const signOf = (verdict: GateVerdict): Span => span(signs[verdict][0], signs[verdict][1])

export function gateText(gate: GateRecord, { columns, colour }: TerminalOptions): string {
  const ink = inkOf(colour)
  const head = [signOf(gate.verdict), span(` ${gate.verdict}: `, 'bold'), span(headlineOf(gate))]
  const red = redLines(gate).flatMap(([what = '', ...rest]) => [
    '',
    ...paragraph(ink, [span(shorten(visibleLine(what), longestName), 'bold')], columns, 2),
    ...rest.flatMap((line) => brief(ink, visibleLine(line), columns, 4, '(results.jsonl has all)')),
  ])
  const doubts = gate.reasons.flatMap((reason) => paragraph(ink, [span(visibleLine(reason), 'yellow')], columns, 2))
  const left = gate.unmeasured.flatMap(({ what, verdict, message = '' }) =>
    paragraph(ink, [span(visibleLine(`not measured: ${what}: ${verdict}: ${message}`), 'dim')], columns, 2),
  )
  const notes = [...injectedWords(gate), ...notesOf(gate)].flatMap((note) =>
    paragraph(ink, [span(visibleLine(note), 'dim')], columns, 2),
  )
  return [
    ...[...paragraph(ink, head, columns), ...red, ''],
    ...(doubts.length > 0 ? [...doubts, ''] : []),
    ...cellTable(gate.cells, columns, colour),
    ...(left.length > 0 ? ['', ...left] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n')
}

function cellTable(cells: readonly CellDecision[], columns: number, colour: boolean): string[] {
  if (cells.length === 0) return []
  const ink = inkOf(colour)
  // On a narrow terminal names would be cut; of what is red, p is told above.
  const wide = columns >= 90
  const names = ['cell', 'B / A', 'red from', ...(wide ? ['p'] : []), 'could have seen']
  const heads = names.map((head) => span(head, 'dim'))
  const rows = cells.map(({ cell, verdict, ratio, threshold, p, mde }) => [
    span(visibleLine(cell), signs[verdict][1]),
    span(`${ratio.toFixed(3)} ${signs[verdict][0]}`),
    span(threshold.toFixed(3)),
    ...(wide ? [span(p === undefined ? '' : probability(p))] : []),
    span(mde === undefined ? '–' : `≥ ${(100 * mde).toFixed(1)} %`),
  ])
  return table(ink, [heads, ...rows], columns)
}
