/**
 * `bencher.json`: the Bencher Metric Format, which `bencher run --adapter json --file` takes. A benchmark is a cell; latency
 * is in nanoseconds and throughput in messages a second, as Bencher has them by itself, each with the interval of its
 * median. What a message costs are measures of their own.
 */

import type { CellSummary } from '../harness/measure/summary.ts'
import type { Reporter, Runs } from '../harness/model.ts'
import { namedRows } from './named-rows.ts'
import { shorten } from './view/visible.ts'

export const bencherReport = ((runs) => [{ name: 'bencher.json', contents: metrics(runs) }]) satisfies Reporter

interface Metric {
  readonly value: number
  readonly lower_value?: number
  readonly upper_value?: number
}

/** Longer names are refused by the service. */
const longestName = 1024

function* metrics(runs: Runs): Generator<string> {
  let separator = '{\n'
  for (const { name, row } of namedRows(runs)) {
    yield `${separator}${JSON.stringify(shorten(name, longestName))}: ${JSON.stringify(measuresOf(row))}`
    separator = ',\n'
  }
  yield separator === '{\n' ? '{}\n' : '\n}\n'
}

function measuresOf(row: CellSummary): Readonly<Record<string, Metric>> {
  const { figure, value, low, high, producerCpuNs, consumerCpuNs } = row
  const others: Readonly<Record<string, number | undefined>> = {
    'latency-p99': row.p99,
    'bytes-per-second': row.bytesPerSecond,
    'cpu-time-per-message': producerCpuNs + consumerCpuNs,
    'context-switches-per-message': row.switches,
    'system-calls-per-message': row.syscalls,
  }
  const known = Object.entries(others).flatMap(([name, one]) =>
    one !== undefined && Number.isFinite(one) ? [[name, { value: one }] as const] : [],
  )
  return { [figure]: { value, lower_value: low, upper_value: high }, ...Object.fromEntries(known) }
}
