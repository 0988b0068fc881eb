/**
 * Lines of a width: text is wrapped between words and after the slashes of a path, longer words are cut, and columns of a
 * table are as wide as their widest cell. No line is wider than what was asked for.
 */

import { type Format, type Ink, type Span, span } from './ink.ts'
import { fitted, splitAt, widthOf } from './width.ts'

/** A line without the blanks at its end, coloured or not. */
export function line(ink: Ink, spans: readonly Span[]): string {
  const last = spans.findLastIndex(({ text }) => text.trimEnd() !== '')
  return ink(...spans.slice(0, last + 1).map((one, at) => (at === last ? { ...one, text: one.text.trimEnd() } : one)))
}

/** Wraps a text of several formats; every line is the spans that it holds. */
export function wrap(spans: readonly Span[], width: number): Span[][] {
  const lines: Span[][] = [[]]
  let used = 0
  const put = (piece: Span) => {
    const current = lines.at(-1)
    const before = current?.at(-1)
    if (current !== undefined && before !== undefined && before.format === piece.format)
      current[current.length - 1] = { ...before, text: before.text + piece.text }
    else current?.push(piece)
    used += widthOf(piece.text)
  }
  const newLine = () => {
    lines.push([])
    used = 0
  }
  for (const { text, ...rest } of spans) {
    for (const word of text.split(/(?<=[ /|])/)) {
      if (used > 0 && used + widthOf(word.trimEnd()) > width) newLine()
      for (let left = word; left !== ''; ) {
        const [head, more] = splitAt(left, width)
        put({ ...rest, text: head })
        if (more !== '') newLine()
        left = more
      }
    }
  }
  return lines
}

/** A paragraph, indented. */
export const paragraph = (ink: Ink, spans: readonly Span[], columns: number, indent = 0): string[] =>
  wrap(spans, Math.max(20, columns - indent)).map((words) => `${' '.repeat(indent)}${line(ink, words)}`.trimEnd())

const briefly = 3

/** A paragraph of at most three lines: where the text is longer it is cut, and the last line says where the rest is. */
export function brief(
  ink: Ink,
  text: string,
  columns: number,
  indent: number,
  elsewhere: string,
  format?: Format,
): string[] {
  const whole = paragraph(ink, [span(text, format)], columns, indent)
  if (whole.length <= briefly) return whole
  const room = Math.max(20, columns - indent)
  const kept = wrap([span(text)], room).slice(0, briefly - 1)
  const shown = kept.map((pieces) => pieces.map((piece) => piece.text).join(''))
  const last = (shown.pop() ?? '').trimEnd()
  const cut = `${splitAt(last, room - 2)[0].trimEnd()} …`
  return [...shown, cut]
    .map((words) => `${' '.repeat(indent)}${ink(span(words.trimEnd(), format))}`)
    .concat(paragraph(ink, [span(elsewhere, 'dim')], columns, indent))
}

/** Rows of cells: the first column to the left and cut where the whole would be too wide, the others to the right. */
export function table(ink: Ink, rows: readonly (readonly Span[])[], columns: number, indent = 2, gap = 2): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, { text }] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(text))
  }
  const others = widths.slice(1).reduce((sum, width) => sum + width + gap, indent)
  widths[0] = Math.min(widths[0] ?? 0, Math.max(8, columns - others))
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      const text = fitted(cell.text, width)
      const padding = ' '.repeat(width - widthOf(text))
      return column === 0 ? ink({ ...cell, text }) + padding : padding + ink({ ...cell, text })
    })
    return `${' '.repeat(indent)}${cells.join(' '.repeat(gap))}`.trimEnd()
  })
}
