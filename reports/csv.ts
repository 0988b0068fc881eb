/**
 * `results.csv`: one row for each case or launch, with a head of stable names (csv-columns.ts says what each holds). UTF-8,
 * no byte order mark, `true` and `false` in words, and a leading quote before text that a spreadsheet would run as a
 * formula. Control characters are written out, as `\x1b`.
 */

import { stringify } from 'csv-stringify/sync'
import type { Reporter, Runs } from '../harness/model.ts'
import { type CsvValue, csvColumns } from './csv-columns.ts'
import { visible } from './view/visible.ts'

export const csvReport = ((runs) => [{ name: 'results.csv', contents: resultsCsv(runs) }]) satisfies Reporter

/** In pieces: of a long run there are too many rows for one text. */
function* resultsCsv(runs: Runs): Generator<string> {
  yield lines([csvColumns.map(({ name }) => name)])
  let rows: CsvValue[][] = []
  for (const { header, cases, launches } of runs) {
    for (const records of [cases, launches]) {
      for (const record of records) {
        rows.push(csvColumns.map(({ of }) => of({ run: header, record })))
        if (rows.length < rowsInPiece) continue
        yield lines(rows)
        rows = []
      }
    }
  }
  if (rows.length > 0) yield lines(rows)
}

const rowsInPiece = 200

const lines = (rows: readonly (readonly CsvValue[])[]): string =>
  stringify([...rows], { cast: { boolean: String, string: visible }, escape_formulas: true })
