/**
 * `results.csv`: one row for each case or launch, with a head of stable names (csv-columns.ts says what each holds). UTF-8,
 * no byte order mark, `true` and `false` in words, and a leading quote before text that a spreadsheet would run as a
 * formula. Control characters are written out, as `\x1b`.
 */

import { stringify } from 'csv-stringify/sync'
import type { Reporter, Run } from '../harness/model.ts'
import { csvColumns } from './csv-columns.ts'
import { visible } from './view/visible.ts'

export const csvReport: Reporter = (run) => [{ name: 'results.csv', contents: resultsCsv(run) }]

function resultsCsv(run: Run): string {
  const rows = [...run.cases, ...run.launches].map((record) =>
    csvColumns.map(({ of }) => of({ run: run.header, record })),
  )
  return stringify([csvColumns.map(({ name }) => name), ...rows], {
    cast: { boolean: String, string: visible },
    escape_formulas: true,
  })
}
