/**
 * `results.csv`, one row for each case or launch with all that fits a cell; `summary.csv`, one for each cell of each place;
 * and `conformance.csv`, one for each claim. docs/data-dictionary.md says what each column holds. Of several runs each row
 * says which one it is of, and no figure is of two.
 */

import type { Reporter, Runs } from '../harness/model.ts'
import { conformanceColumns, conformanceRows } from './csv-conformance.ts'
import { resultRows } from './csv-result-row.ts'
import { resultColumns } from './csv-results.ts'
import { summaryColumns, summaryRows } from './csv-summary.ts'
import { csvRecords, csvText } from './csv-text.ts'

export const csvReport = ((runs) => [
  { name: 'results.csv', contents: csvText(resultColumns, resultRows(runs)) },
  { name: 'summary.csv', contents: summaryCsv(runs) },
  { name: 'conformance.csv', contents: csvText(conformanceColumns, conformanceRows(runs)) },
]) satisfies Reporter

const summaryCsv = (runs: Runs): Iterable<string> => csvText(summaryColumns, summaryRows(runs))

/** The head and each row of summary.csv, with numbers of so many digits; whole ones as they are. */
export const roundedSummary = (runs: Runs, digits: number): Iterable<string> =>
  csvRecords(summaryColumns, summaryRows(runs), (value) =>
    Number.isInteger(value) ? value : Number(value.toPrecision(digits)),
  )
