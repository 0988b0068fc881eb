/** Text from outside in Markdown, which may neither end the cell of a table nor begin markup; and tables. */

import { max } from 'd3-array'
import { visible, visibleLine } from './view/visible.ts'

/** It stays readable where nobody renders it: what means nothing within a line is left alone; between ticks is code. */
export const markdownText = (text: string): string =>
  text
    .split(/`([^`]+)`/)
    .map((part, at) => (at % 2 === 1 ? markdownCode(part) : proseOf(part)))
    .join('')
    .replace(/^(\d*)([-+#=.)])(?=\s)/, '$1\\$2')

const proseOf = (text: string): string =>
  visibleLine(text).replace(/[\\`*[\]<>|]|~~|&(?=#?\w+;)|(?<!\w)_|_(?!\w)/g, (sign) => `\\${sign}`)

export const markdownRow = (cells: readonly string[]): string => `| ${cells.map(inCell).join(' | ')} |`

/** Even between ticks a bar ends the cell, unless an odd number of backslashes is before it. */
const inCell = (text: string): string =>
  text.replace(/(\\*)\|/g, (bar, slashes: string) => (slashes.length % 2 === 1 ? bar : `${slashes}\\|`))

/** As it stands, between more ticks than it has in a row itself. */
export function markdownCode(text: string): string {
  const shown = visibleLine(text)
  const ticks = '`'.repeat(longestTicks(shown) + 1)
  const space = /^`|`$/.test(shown) ? ' ' : ''
  return `${ticks}${space}${shown}${space}${ticks}`
}

/** As it stands, in a block whose fence is longer than any in the text. */
export function fenced(text: string, language: 'text' | 'sh'): string {
  const shown = visible(text)
  const fence = '`'.repeat(Math.max(2, longestTicks(shown)) + 1)
  return `${fence}${language}\n${shown.trimEnd()}\n${fence}`
}

const longestTicks = (text: string): number => max(text.matchAll(/`+/g), ([ticks]) => ticks.length) ?? 0

/** The lines of a table of texts that are Markdown already. */
export const markdownTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  markdownRow(heads),
  markdownRow(heads.map(() => '---')),
  ...rows.map(markdownRow),
]

/** A table that can be read without being rendered: figures to the right, below each other. */
export function alignedTable(names: readonly string[], texts: readonly (readonly string[])[]): string[] {
  const heads = names.map(inCell)
  const rows = texts.map((row) => row.map(inCell))
  const widths = heads.map((head, at) => Math.max(3, head.length, max(rows, (row) => row[at]?.length) ?? 0))
  const padded = (cells: readonly string[]) =>
    markdownRow(
      widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))),
    )
  const ruler = widths.map((width, at) => (at === 0 ? `:${'-'.repeat(width - 1)}` : `${'-'.repeat(width - 1)}:`))
  return [padded(heads), padded(ruler), ...rows.map(padded)]
}
