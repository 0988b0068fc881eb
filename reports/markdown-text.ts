/** Text from outside in Markdown, which may neither end the cell of a table nor begin markup. */

import { visibleLine } from './view/visible.ts'

export const markdownText = (text: string): string =>
  visibleLine(text).replace(/[\\`*_{}[\]<>()#+!|~-]/g, (sign) => `\\${sign}`)

export const markdownRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
