/**
 * A table as CSV (RFC 4180, UTF-8, no byte order mark): a head of stable names, numbers as JavaScript writes them, `true`
 * and `false` in words, nothing where a row has no value. Control characters in texts are written out, as `\x1b`, and a
 * leading quote stands before what a spreadsheet would run as a formula.
 */

import { stringify } from 'csv-stringify/sync'
import { visible } from './view/visible.ts'

export type CsvValue = string | number | boolean | undefined

/** What a column's values are; `list` is text with ` | ` between its items. */
export type CsvUnit =
  | ('text' | 'list' | 'JSON' | 'time' | 'true or false')
  | ('count' | 'number' | 'ns' | 'µs' | 'bytes' | 'per second' | 'share' | 'times')

export interface CsvColumn<Row> {
  readonly name: string
  readonly unit: CsvUnit
  /** What it holds, for the data dictionary. */
  readonly says: string
  /** When it holds nothing; nothing is said where it always holds something. */
  readonly empty: string
  readonly of: (row: Row) => CsvValue
}

/** In pieces: of a long run there are too many rows for one text. */
export function* csvText<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): Generator<string> {
  let piece = ''
  for (const record of csvRecords(columns, rows)) {
    piece += record
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

const pieceLength = 1 << 16

/** The head and each row by itself: a text in it may have lines of its own. */
export function* csvRecords<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
  written: (value: number) => number = (value) => value,
): Generator<string> {
  yield `${columns.map(({ name }) => name).join(',')}\n`
  for (const row of rows) yield lineOf(columns, row, written)
}

function lineOf<Row>(columns: readonly CsvColumn<Row>[], row: Row, written: (value: number) => number): string {
  const fields = columns.map(({ of }) => {
    const value = of(row)
    if (typeof value === 'string') return textField(value)
    return value === undefined ? '' : String(typeof value === 'number' ? written(value) : value)
  })
  return `${fields.join(',')}\n`
}

/** The same few texts stand in every row; a text that needs no quotes is a field as it is. */
function textField(text: string): string {
  if (plain.test(text)) return text
  const found = known.get(text)
  if (found !== undefined) return found
  const field = stringify([[visible(text)]], { eof: false, escape_formulas: true })
  if (known.size >= mostKnown) known.clear()
  if (text.length <= longestKnown) known.set(text, field)
  return field
}

const plain = /^(?:[A-Za-z0-9][\w .:;/()[\]@+-]*)?$/
const known = new Map<string, string>()
const mostKnown = 10_000
const longestKnown = 500
