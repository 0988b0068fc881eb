/** The table of contents of report formats. A format is a pure function: a run in, files out. */

import type { Reporter } from '../harness/model.ts'
import { csvReport } from './csv.ts'
import { htmlReport } from './html/index.ts'
import { measurementsReport } from './measurements.ts'

export interface Format {
  readonly id: string
  readonly says: string
  /** Made only when it is asked for by name. */
  readonly onRequest?: true
  readonly report: Reporter
}

export const formats: readonly Format[] = [
  { id: 'csv', says: 'results.csv: one row for each case or launch', report: csvReport },
  {
    id: 'measurements',
    says: 'measurements.md: how cost grows with size, processes and placement (only by its name)',
    report: measurementsReport,
    onRequest: true,
  },
  { id: 'html', says: 'report.html: one page for the browser, without network', report: htmlReport },
]
