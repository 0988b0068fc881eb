/**
 * Lines of words in columns, as wide as their longest word. The last column runs free, or is wrapped beside or
 * below the others where a screen is given.
 */

import { stripVTControlCharacters } from 'node:util'

/** The length on a screen: colours take no room. */
export const width = (text: string): number => stripVTControlCharacters(text).length

const gap = 2

/** Beside the others a last column needs so much room: with less it goes below them. */
const narrowest = 32
const below = 6

export function columns(rows: readonly (readonly string[])[], indent = 2, screen = Number.POSITIVE_INFINITY): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell))
  }
  const last = widths.length - 1
  const left = widths.slice(0, last).reduce((sum, one) => sum + one + gap, indent)
  const beside = screen - left >= narrowest
  const margin = ' '.repeat(beside ? left : below)
  return rows
    .map((row) => {
      const words = row
        .slice(0, last)
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell) + gap))
      const first = ' '.repeat(indent) + words.join('')
      const lines = wrapped(row[last] ?? '', screen - margin.length)
      const all = beside
        ? [first + lines[0], ...lines.slice(1).map((one) => margin + one)]
        : [first, ...lines.map((one) => margin + one)]
      return all
        .map((one) => one.trimEnd())
        .filter((one) => one !== '')
        .join('\n')
    })
    .join('\n')
}

/** Lines of words; one that is longer than a line stands in its own. */
function wrapped(text: string, room: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || width(last) + 1 + width(word) > room) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
