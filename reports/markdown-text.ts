/** Text from outside in Markdown, which may neither end the cell of a table nor begin markup; and tables. */

import { visibleLine } from './view/visible.ts'

/** It stays readable where nobody renders it: what means nothing within a line is left alone; between ticks is code. */
export const markdownText = (text: string): string =>
  text
    .split(/`([^`]+)`/)
    .map((part, at) => (at % 2 === 1 ? markdownCode(part) : proseOf(part)))
    .join('')
    .replace(/^(\d*)([-+#=.)])(?=\s)/, '$1\\$2')

const proseOf = (text: string): string =>
  visibleLine(text).replace(/[\\`*[\]<>|]|~~|&(?=#?\w+;)|(?<!\w)_|_(?!\w)/g, (sign) => `\\${sign}`)

export const markdownRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** As it stands, between more ticks than it has in a row itself. */
export function markdownCode(text: string): string {
  const shown = visibleLine(text)
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const ticks = '`'.repeat(longest + 1)
  const space = /^`|`$/.test(shown) ? ' ' : ''
  return `${ticks}${space}${shown}${space}${ticks}`
}

/** The lines of a table of texts that are Markdown already, but for the signs that would end a cell. */
export const markdownTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  markdownRow(heads),
  markdownRow(heads.map(() => '---')),
  ...rows.map((row) => markdownRow(row.map((cell) => cell.replaceAll('|', '\\|')))),
]

/** A table that can be read without being rendered: figures to the right, below each other. */
export function alignedTable(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heads.map((head, at) => Math.max(3, head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const padded = (cells: readonly string[]) =>
    markdownRow(
      widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))),
    )
  const ruler = widths.map((width, at) => (at === 0 ? `:${'-'.repeat(width - 1)}` : `${'-'.repeat(width - 1)}:`))
  return [padded(heads), padded(ruler), ...rows.map(padded)]
}
