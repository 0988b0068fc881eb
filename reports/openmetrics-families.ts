/**
 * What `metrics.prom` has of runs: families of gauges, each with the samples of runs, of places, of cells or of the cells
 * of a gate. A label has a name from here and never one from a record: names cannot be escaped.
 */

import type { CellSummary } from '../harness/measure/summary.ts'
import { type Cell, gateVerdicts, type Run, type Runs } from '../harness/model.ts'
import { measuredOf } from './view/measured.ts'
import { placesOfSides } from './view/sides.ts'
import { casesAt, groupBy, letterOf, type Place, placesOf, rowsAt } from './view/tally.ts'

export type Labels = Readonly<Record<string, string | number | undefined>>
type Sample = readonly [labels: Labels, value: number | undefined]

interface Gauge {
  readonly name: string
  /** The end of the name. */
  readonly unit?: string
  readonly says: string
}
export interface Family extends Gauge {
  samples(runs: Runs): Sample[]
}

const ofRun = (runs: Runs, samples: (run: Run, labels: Labels) => Sample[]): Sample[] =>
  runs.flatMap((run, at) => samples(run, { run: letterOf(at, runs) }))

const ofPlaces = (places: readonly Place[], samples: (place: Place, labels: Labels) => Sample[]): Sample[] =>
  places.flatMap((place) =>
    samples(place, { run: place.letter, target: place.target, os: place.os, emulator: place.info?.emulator }),
  )

/** Seconds of nanoseconds. */
const inSeconds = (ns: number | undefined): number | undefined => (ns === undefined ? undefined : ns / 1e9)

/** By the names of the columns of results.csv. */
const cellLabels = (cell: Cell): Labels => ({
  mechanism: cell.mechanism,
  workload: cell.workload,
  size_bytes: cell.size,
  placement: cell.placement,
  cores: cell.cores,
  runtime: cell.runtime,
  wait: cell.wait,
  wake: cell.wake,
  transfer: cell.transfer,
  method: cell.method,
  shape: cell.shape,
  peers: cell.peers,
  rate_per_second: cell.rate,
  buffer_bytes: cell.buffer,
  pages: cell.pages,
  busy_poll_us: cell.busyPollUs,
})

const ofCells = (gauge: Gauge, value: (row: CellSummary) => number | undefined): Family => ({
  ...gauge,
  samples: (runs) =>
    ofPlaces(placesOfSides(runs), (place, labels) =>
      rowsAt(place).map((row) => [{ ...labels, ...cellLabels(row.cell), arm: row.arm }, value(row)]),
    ),
})

const latency = (name: string, says: string, ns: (row: CellSummary) => number | undefined): Family =>
  ofCells({ name: `ipcmark_${name}_seconds`, unit: 'seconds', says }, (row) =>
    row.figure === 'latency' ? inSeconds(ns(row)) : undefined,
  )

const rate = (name: string, says: string, value: (row: CellSummary) => number | undefined): Family =>
  ofCells({ name: `ipcmark_${name}`, unit: 'messages_per_second', says }, (row) =>
    row.figure === 'throughput' ? value(row) : undefined,
  )

const ofGate = (
  gauge: Gauge,
  value: (cell: NonNullable<Run['gate']>['cells'][number]) => number | undefined,
): Family => ({
  ...gauge,
  samples: (runs) =>
    ofRun(runs, ({ gate }, labels) => (gate?.cells ?? []).map((one) => [{ ...labels, cell: one.cell }, value(one)])),
})

export const families: readonly Family[] = [
  {
    name: 'ipcmark_run_info',
    says: 'What was run, and where; the value says nothing.',
    samples: (runs) => ofRun(runs, ({ header }, labels) => [[{ ...labels, ...infoOf(header) }, 1]]),
  },
  {
    name: 'ipcmark_run_started_timestamp_seconds',
    unit: 'seconds',
    says: 'When the run began, since the epoch.',
    samples: (runs) => ofRun(runs, ({ header }, labels) => [[labels, Date.parse(header.started) / 1000]]),
  },
  {
    name: 'ipcmark_cases',
    says: 'Claims by what became of them.',
    samples: (runs) =>
      ofPlaces(placesOfSides(runs), (place, labels) =>
        [...groupBy(casesAt(place), ({ arm, verdict, standing }) => `${arm} ${verdict} ${standing}`).values()].flatMap(
          ([first, ...more]): Sample[] =>
            first === undefined
              ? []
              : [[{ ...labels, arm: first.arm, verdict: first.verdict, standing: first.standing }, more.length + 1]],
        ),
      ),
  },
  {
    name: 'ipcmark_launches',
    says: 'Launches by how they ended.',
    samples: (runs) =>
      ofPlaces(placesOf(...runs), ({ run, target }, labels) =>
        [...(measuredOf(run).targets.get(target)?.verdicts ?? [])].map(([verdict, count]) => [
          { ...labels, verdict },
          count,
        ]),
      ),
  },
  latency('latency', 'Median of the medians of launches; of what, the workload says.', ({ value }) => value),
  latency('latency_low', 'Where the interval of the median begins.', ({ low }) => low),
  latency('latency_high', 'Where it ends.', ({ high }) => high),
  latency('latency_p90', '90 of 100 samples of all launches took at most this long.', ({ p90 }) => p90),
  latency('latency_p99', '99 of 100 samples of all launches took at most this long.', ({ p99 }) => p99),
  latency('latency_p999', '999 of 1000 samples of all launches took at most this long.', ({ p999 }) => p999),
  rate('throughput_messages_per_second', 'Median rate of launches, at the consumer.', ({ value }) => value),
  rate('throughput_low_messages_per_second', 'Where the interval of the median begins.', ({ low }) => low),
  rate('throughput_high_messages_per_second', 'Where it ends.', ({ high }) => high),
  ofCells(
    { name: 'ipcmark_throughput_bytes_per_second', unit: 'bytes_per_second', says: 'The same in bytes.' },
    ({ bytesPerSecond }) => bytesPerSecond,
  ),
  ofCells({ name: 'ipcmark_cell_launches', says: 'Launches that the figure stands on.' }, ({ launches }) => launches),
  ofCells(
    {
      name: 'ipcmark_interval_confidence_ratio',
      unit: 'ratio',
      says: 'How surely the interval holds the true median.',
    },
    ({ confidence }) => confidence,
  ),
  ofCells(
    { name: 'ipcmark_spread_ratio', unit: 'ratio', says: 'Deviation from launch to launch, as a share of the value.' },
    ({ spread }) => spread,
  ),
  ofCells(
    { name: 'ipcmark_message_cpu_seconds', unit: 'seconds', says: 'Processor time of both sides for a message.' },
    ({ producerCpuNs, consumerCpuNs }) => inSeconds(producerCpuNs + consumerCpuNs),
  ),
  ofCells(
    { name: 'ipcmark_message_context_switches', says: 'Context switches of all sides for a message.' },
    ({ switches }) => switches,
  ),
  ofCells(
    { name: 'ipcmark_message_system_calls', says: 'System calls of all sides for a message.' },
    ({ syscalls }) => syscalls,
  ),
  ofCells(
    { name: 'ipcmark_message_loss_ratio', unit: 'ratio', says: 'Share of what was sent that never came.' },
    ({ loss }) => loss,
  ),
  {
    name: 'ipcmark_gate_verdict',
    says: 'What a gate decided: 1 for its verdict, 0 for the others.',
    samples: (runs) =>
      ofRun(runs, ({ gate }, labels) =>
        gate === undefined
          ? []
          : gateVerdicts.map((verdict) => [{ ...labels, verdict }, Number(gate.verdict === verdict)]),
      ),
  },
  ofGate(
    { name: 'ipcmark_gate_cost_ratio', unit: 'ratio', says: 'How many times as much B costs.' },
    ({ ratio }) => ratio,
  ),
  ofGate(
    { name: 'ipcmark_gate_cost_at_least_ratio', unit: 'ratio', says: 'How many times as much at least.' },
    ({ atLeast }) => atLeast,
  ),
  ofGate(
    { name: 'ipcmark_gate_threshold_ratio', unit: 'ratio', says: 'From which ratio on it would have been red.' },
    ({ threshold }) => threshold,
  ),
  ofGate(
    { name: 'ipcmark_gate_detectable_ratio', unit: 'ratio', says: 'The least effect that could have been seen.' },
    ({ mde }) => mde,
  ),
]

const infoOf = ({ run, tool, environment, seed }: Run['header']): Labels => ({
  id: run,
  version: tool.version,
  commit: tool.commit,
  seed,
  cpu: environment.cpu,
  kernel: environment.kernel,
  distribution: environment.distribution,
})
