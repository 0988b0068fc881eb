/** The verdict of a gate in Markdown, for a step summary or a comment. */

import type { GateRecord, GateVerdict } from '../../harness/model.ts'
import { fenced, markdownText as plain, markdownRow as row } from '../markdown-text.ts'
import { visibleLine } from '../view/visible.ts'
import { changeWords, headlineOf, injectedWords, notesOf, redLines, seenWords } from './words.ts'

const signs: Readonly<Record<GateVerdict, string>> = { pass: '✅', fail: '❌', inconclusive: '❔' }

export function gateMarkdown(gate: GateRecord): string {
  const red = redLines(gate).map(([what = '', ...rest]) => `- **${plain(what)}**: ${rest.map(plain).join('; ')}`)
  const doubts = gate.reasons.map((reason) => `- ${plain(reason)}`)
  const notes = [...injectedWords(gate), ...notesOf(gate)].map((note) => `- ${plain(note)}`)
  const cells = gate.cells.map((cell) =>
    row([signs[cell.verdict], plain(cell.cell), plain(changeWords(cell)), plain(seenWords(cell))]),
  )
  return [
    `## ${signs[gate.verdict]} ipcmark gate: ${plain(headlineOf(gate))}`,
    '',
    ...red,
    ...doubts,
    '',
    `A: ${plain(gate.a)}  `,
    `B: ${plain(gate.b)}`,
    '',
    ...(cells.length > 0
      ? [row(['', 'cell', 'B against A', 'least effect']), row(['---', '---', '---', '---']), ...cells, '']
      : []),
    ...(notes.length > 0 ? [...notes, ''] : []),
    'To decide once more:',
    '',
    fenced(visibleLine(gate.again), 'sh'),
    '',
  ].join('\n')
}
