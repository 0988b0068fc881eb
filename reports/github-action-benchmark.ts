/**
 * What benchmark-action/github-action-benchmark reads: one file for its tool `customSmallerIsBetter`, with latencies, and
 * one for `customBiggerIsBetter`, with throughputs. A range is how far the interval of the median reaches from it.
 */

import type { CellSummary, Figure } from '../harness/measure/summary.ts'
import type { Reporter, Runs } from '../harness/model.ts'
import { type NamedRow, namedRows } from './named-rows.ts'
import { percent, significant } from './view/numbers.ts'
import { countOf } from './view/words.ts'

export const githubActionBenchmarkReport = ((runs) => [
  { name: 'benchmark-smaller-is-better.json', contents: list(runs, 'latency') },
  { name: 'benchmark-bigger-is-better.json', contents: list(runs, 'throughput') },
]) satisfies Reporter

const units: Readonly<Record<Figure, string>> = { latency: 'ns', throughput: 'messages/s' }

function* list(runs: Runs, figure: Figure): Generator<string> {
  let separator = '[\n'
  for (const named of namedRows(runs).filter(({ row }) => row.figure === figure)) {
    yield `${separator}${JSON.stringify(entryOf(named))}`
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

const entryOf = ({ name, place, row }: NamedRow) => ({
  name,
  unit: units[row.figure],
  value: row.value,
  range: `± ${Math.max(row.high - row.value, row.value - row.low)}`,
  extra: [...factsOf(row), place.run.header.environment.cpu].join('\n'),
})

const factsOf = ({ launches, confidence, p99 }: CellSummary): string[] => [
  `median of ${countOf(launches, 'launch', 'es')}`,
  ...(launches < 2 ? [] : [`the range is ${percent(confidence)} sure`]),
  ...(p99 === undefined ? [] : [`p99: ${significant(p99)} ns`]),
]
