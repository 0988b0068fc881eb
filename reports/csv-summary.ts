/**
 * The columns of summary.csv: one row for each cell of each place, and of a gate of each of its sides. What was tried and
 * gave no figure has a row as well, with the reason.
 */

import type { CellSummary } from '../harness/measure/summary.ts'
import type { Cell, Os, Runs } from '../harness/model.ts'
import { column, type Origin, originColumns, variantColumns } from './csv-shared.ts'
import type { CsvColumn, CsvUnit, CsvValue } from './csv-text.ts'
import { cautionIdsOf } from './view/cautions.ts'
import { familyOf } from './view/families.ts'
import { rowName } from './view/figures.ts'
import { type LostOfCell, lostCellsAt } from './view/lost.ts'
import { armOf, sidesOf } from './view/sides.ts'
import { groupBy, type Place, placesOf, rowsAt } from './view/tally.ts'

export interface SummaryRow extends Origin {
  readonly target: string
  readonly os: Os
  readonly cell: Cell
  readonly arm: CellSummary['arm']
  readonly row: CellSummary | undefined
  readonly lost: readonly LostOfCell[]
}

/** Not before the first is asked for: what comes before it in a report has the launches gone through already. */
export function* summaryRows(runs: Runs): Generator<SummaryRow> {
  for (const run of runs) for (const side of sidesOf(run)) for (const place of placesOf(side)) yield* rowsOf(place)
}

function rowsOf(place: Place): SummaryRow[] {
  const { run, info, target, os } = place
  const rows = rowsAt(place)
  const failed = groupBy(lostCellsAt(place), ({ cell }) => JSON.stringify(cell))
  const arm = armOf(run)
  const own = { run: run.header, info, target, os }
  const measured = rows.map((row) => {
    const key = JSON.stringify(row.cell)
    const lost = failed.get(key) ?? []
    failed.delete(key)
    return { ...own, cell: row.cell, arm, row, lost }
  })
  const without = [...failed.values()].flatMap((lost) =>
    lost[0] === undefined ? [] : [{ ...own, cell: lost[0].cell, arm, row: undefined, lost }],
  )
  return [...measured, ...without]
}

const ofCell = (name: string, unit: CsvUnit, says: string, of: (cell: Cell) => CsvValue) =>
  column<SummaryRow>(name, unit, says, ({ cell }) => of(cell))

const none = 'The cell has no figure. '
const figure = (name: string, unit: CsvUnit, says: string, of: (row: CellSummary) => CsvValue, empty = '') =>
  column<SummaryRow>(name, unit, says, ({ row }) => row && of(row), none + empty)

const throughputOf = (row: CellSummary): number | undefined => (row.figure === 'throughput' ? row.value : undefined)
const latencyOf = (row: CellSummary): number | undefined => (row.figure === 'latency' ? row.value : undefined)
const fewAbove = 'It is a throughput. Fewer than ten samples lie above.'

const whatItIs: readonly CsvColumn<SummaryRow>[] = [
  column('run', 'text', 'the run’s id', ({ run }) => run.run),
  column('target', 'text', 'where the processes ran', ({ target }) => target),
  column('os', 'text', 'linux or windows', ({ os }) => os),
  column('arm', 'text', 'the side of a gate: a or b', ({ arm }) => arm, 'The run is no gate.'),
  ofCell('family', 'text', 'the family of the mechanism; other where it has none', ({ mechanism }) =>
    familyOf(mechanism),
  ),
  ofCell('mechanism', 'text', 'the mechanism’s id', ({ mechanism }) => mechanism),
  ofCell('name', 'text', 'the mechanism and how it was used, as in the tables of reports', rowName),
  ofCell(
    'workload',
    'text',
    'what was measured: pingpong, openloop, stream, handoff, lifecycle, fan, baseline',
    ({ workload }) => workload,
  ),
  ofCell('size_bytes', 'bytes', 'one message; 0 where none travels', ({ size }) => size),
  ofCell('placement', 'text', 'on which cores: same-core, cross-core, unpinned, …', ({ placement }) => placement),
  ofCell('cores', 'text', 'awake or idle', ({ cores }) => cores),
  ofCell('runtime', 'text', 'whose code called: native or node', ({ runtime }) => runtime),
  ...variantColumns<SummaryRow>(({ cell }) => cell),
]

const whatItTakes: readonly CsvColumn<SummaryRow>[] = [
  figure('figure', 'text', 'latency, where low is good, or throughput, where high is', (row) => row.figure),
  figure(
    'value',
    'number',
    'the figure: the median of launches; ns of a latency, messages per second of a throughput',
    ({ value }) => value,
  ),
  figure('low', 'number', 'from where the true median lies, in the same unit', ({ low }) => low),
  figure('high', 'number', 'up to where', ({ high }) => high),
  figure('confidence', 'share', 'how surely it lies there', ({ confidence }) => confidence),
  column('launches', 'count', 'how many launches the figure stands on', ({ row }) => row?.launches ?? 0),
  figure(
    'spread',
    'share',
    'the standard deviation of launches, that outliers do not move, of the value; 0 of one launch, and of a value of 0',
    ({ spread }) => spread,
  ),
  figure('latency_p50_ns', 'ns', 'the median of the medians of launches', latencyOf, 'It is a throughput.'),
  figure(
    'latency_p90_ns',
    'ns',
    '90 of 100 samples of all launches took at most this long',
    ({ p90 }) => p90,
    fewAbove,
  ),
  figure('latency_p99_ns', 'ns', '99 of 100', ({ p99 }) => p99, fewAbove),
  figure('latency_p999_ns', 'ns', '99.9 of 100', ({ p999 }) => p999, fewAbove),
  figure('messages_per_second', 'per second', 'messages at the consumer', throughputOf, 'It is a latency.'),
  figure(
    'bytes_per_second',
    'per second',
    'bytes at the consumer',
    ({ bytesPerSecond }) => bytesPerSecond,
    'It is a latency.',
  ),
]

const unheld = 'It is held against nothing, or that was not measured.'
const whatItCosts: readonly CsvColumn<SummaryRow>[] = [
  figure(
    'producer_cpu_ns_per_message',
    'ns',
    'processor time of the producer for a message, user and system',
    ({ producerCpuNs }) => producerCpuNs,
  ),
  figure('consumer_cpu_ns_per_message', 'ns', 'processor time of the consumer', ({ consumerCpuNs }) => consumerCpuNs),
  figure(
    'producer_user_share',
    'share',
    'of it, what was spent outside the kernel',
    ({ producerUserShare }) => producerUserShare,
    'None was counted.',
  ),
  figure(
    'consumer_user_share',
    'share',
    'of it, what was spent outside the kernel',
    ({ consumerUserShare }) => consumerUserShare,
    'None was counted.',
  ),
  figure('switches_per_message', 'number', 'context switches of all sides for a message', ({ switches }) => switches),
  figure(
    'syscalls_per_message',
    'number',
    'system calls of all sides for a message',
    ({ syscalls }) => syscalls,
    'Nobody counts them there.',
  ),
  figure('baseline', 'text', 'the cell that it is held against', ({ heldAgainst }) => heldAgainst?.baseline, unheld),
  figure(
    'times_baseline',
    'times',
    'how many times as long as that it takes',
    ({ heldAgainst }) => heldAgainst?.times,
    unheld,
  ),
  figure(
    'least_share',
    'share',
    'the smallest rate of the many as a part of the greatest',
    ({ fairness }) => fairness,
    'It is no fan.',
  ),
  figure('loss', 'share', 'of what was sent, what never came', ({ loss }) => loss, 'None may be lost.'),
  figure(
    'pace_wanted',
    'per second',
    'messages that were asked for',
    ({ pace }) => pace?.wanted,
    'No rate was asked for.',
  ),
  figure('pace_achieved', 'per second', 'messages that left', ({ pace }) => pace?.achieved, 'No rate was asked for.'),
  figure(
    'pace_sustained',
    'true or false',
    'whether every launch kept the rate within 1 %',
    ({ pace }) => pace?.sustained,
    'No rate was asked for.',
  ),
  figure(
    'stages_ns',
    'JSON',
    'the stages of a life, ns',
    ({ stages }) => stages && JSON.stringify(stages),
    'It is no life.',
  ),
  figure(
    'steal',
    'share',
    'the most of any launch that the hypervisor took away',
    ({ steal }) => steal,
    'The system does not say.',
  ),
  figure(
    'clock_ns',
    'ns',
    'what reading the clock costs, or its smallest step if that is more; never subtracted',
    ({ clock }) => clock,
  ),
  figure(
    'pushed_out_per_second',
    'per second',
    'involuntary context switches of all sides',
    ({ pushedOut }) => pushedOut,
  ),
  figure(
    'warnings',
    'list',
    'what makes the figure worth less: the ids of what reports say of it',
    (row) => cautionIdsOf(row).join(' | '),
    'Nothing does.',
  ),
  column('launches_without_figure', 'count', 'how many launches gave none', ({ lost }) =>
    lost.reduce((sum, { launches }) => sum + launches, 0),
  ),
  column(
    'why_without_figure',
    'list',
    'what became of them, and why',
    ({ lost }) => lost.map(whyOf).join(' | '),
    'Each gave one.',
  ),
  ...originColumns<SummaryRow>((row) => row),
]

const whyOf = ({ verdict, message }: LostOfCell): string => (message === undefined ? verdict : `${verdict}: ${message}`)

export const summaryColumns: readonly CsvColumn<SummaryRow>[] = [...whatItIs, ...whatItTakes, ...whatItCosts]
