/** The table of contents of report formats. A format is a pure function: a run in, files out. */

import type { Reporter } from '../harness/model.ts'
import { bencherReport } from './bencher.ts'
import { csvReport } from './csv.ts'
import { ctrfReport } from './ctrf.ts'
import { githubReport } from './github.ts'
import { githubActionBenchmarkReport } from './github-action-benchmark.ts'
import { hdrLogsReport } from './hdr-logs.ts'
import { htmlReport } from './html/index.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'
import { measurementsReport } from './measurements.ts'
import { openmetricsReport } from './openmetrics.ts'
import { tapReport } from './tap.ts'

export interface Format {
  readonly id: string
  readonly says: string
  /** Made only when it is asked for by name. */
  readonly onRequest?: true
  readonly report: Reporter
}

export const formats: readonly Format[] = [
  {
    id: 'csv',
    says: 'results.csv, summary.csv and conformance.csv: a row for each case or launch, each cell, and each case',
    report: csvReport,
  },
  {
    id: 'measurements',
    says: 'measurements.md: how cost grows with size, processes and placement (only by its name)',
    report: measurementsReport,
    onRequest: true,
  },
  {
    id: 'markdown',
    says: 'report.md: claims and figures in tables that read as plain text too',
    report: markdownReport,
    onRequest: true,
  },
  { id: 'html', says: 'report.html: one page for the browser, without network', report: htmlReport },
  { id: 'junit', says: 'junit.xml: test results for CI systems', report: junitReport, onRequest: true },
  {
    id: 'github',
    says: 'annotations.txt and step-summary.md: what a job on GitHub shows',
    report: githubReport,
    onRequest: true,
  },
  {
    id: 'ctrf',
    says: 'ctrf-report.json: test results in the Common Test Report Format',
    report: ctrfReport,
    onRequest: true,
  },
  {
    id: 'tap',
    says: 'results.tap: test results as TAP 14',
    report: tapReport,
    onRequest: true,
  },
  {
    id: 'openmetrics',
    says: 'metrics.prom: figures and counts for Prometheus, as OpenMetrics text',
    report: openmetricsReport,
    onRequest: true,
  },
  {
    id: 'bencher',
    says: 'bencher.json: figures for Bencher',
    report: bencherReport,
    onRequest: true,
  },
  {
    id: 'github-action-benchmark',
    says: 'benchmark-smaller-is-better.json and benchmark-bigger-is-better.json: figures for github-action-benchmark',
    report: githubActionBenchmarkReport,
    onRequest: true,
  },
  {
    id: 'hdr',
    says: "latency.hlog: each launch's latencies as a log of HdrHistograms",
    report: hdrLogsReport,
    onRequest: true,
  },
]
