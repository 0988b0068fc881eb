/** Lines of words in columns, as wide as their longest word; the last column runs free. */

import { stripVTControlCharacters } from 'node:util'

/** The length on a screen: colours take no room. */
export const width = (text: string): number => stripVTControlCharacters(text).length

export function columns(rows: readonly (readonly string[])[], indent = 2, gap = 2): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell))
  }
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell) + gap)).join('')
  return rows.map((row) => `${' '.repeat(indent)}${line(row)}`.trimEnd()).join('\n')
}
