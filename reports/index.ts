/** The table of contents of report formats. A format is a pure function: a run in, files out. */

import type { Reporter } from '../harness/model.ts'
import { csvReport } from './csv.ts'
import { htmlReport } from './html/index.ts'

export interface Format {
  readonly id: string
  readonly says: string
  readonly report: Reporter
}

export const formats: readonly Format[] = [
  { id: 'csv', says: 'results.csv: one row for each case or launch', report: csvReport },
  { id: 'html', says: 'report.html: one page for the browser, without network', report: htmlReport },
]
