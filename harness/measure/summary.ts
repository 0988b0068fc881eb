/**
 * From launches to one row for each cell. A launch gives one number, the median of its latencies or of its batch rates,
 * and the row's value is the median of those, with an interval for it. The further percentiles are read from the merged
 * histogram of all launches; percentiles themselves are never averaged. Costs are per message, and a round trip is two.
 * Launches are taken one at a time and let go of: of each only its numbers stay, so that there may be any number of them.
 */

import type { Cell, LaunchRecord, Measures, SideCost, TargetId } from '../model.ts'
import { type Multiple, withMultiples } from './held-against.ts'
import { addTo, type Counts, noCounts, type Percentile, percentile, percentiles, sparse } from './histogram.ts'
import { cellName } from './schedule.ts'
import { median, medianInterval, spread } from './statistics.ts'

export interface CellSummary {
  readonly cell: Cell
  readonly target: TargetId
  /** Which arm of a gate the row is of; its control is A once more. */
  readonly arm?: 'a' | 'b'
  /** How many launches the row stands on. */
  readonly launches: number
  /** What `value` is: nanoseconds, or messages per second. */
  readonly figure: Figure
  readonly value: number
  /** How it stands to the baseline that it is held against, where that was measured too. */
  readonly heldAgainst?: Multiple
  /** Where the true median lies, and how surely. */
  readonly low: number
  readonly high: number
  readonly confidence: number
  /** The standard deviation of launches, that outliers do not move, as a share of the value; 0 of one launch, and of a value of 0. */
  readonly spread: number
  /** Of all latencies of all launches; absent when fewer than ten samples lie above. */
  readonly p90?: number
  readonly p99?: number
  readonly p999?: number
  /** The same from the least to as far as ten samples lie above, eight to each further nine: a curve. */
  readonly curve?: readonly Percentile[]
  readonly bytesPerSecond?: number
  /** Processor time of each side, user and system, for a message. */
  readonly producerCpuNs: number
  readonly consumerCpuNs: number
  /** How much of it was spent in the program itself, and not in the system; absent where none was counted. */
  readonly producerUserShare?: number
  readonly consumerUserShare?: number
  /** Context switches and system calls of all sides together, for a message. Some sides have nobody to count their calls. */
  readonly switches: number
  readonly syscalls?: number
  /** Of a fan: the smallest share of the many as a part of the greatest. */
  readonly fairness?: number
  /** Share of what was sent that never came, of all launches. */
  readonly loss?: number
  /** Messages a second that were asked for and that left; sustained when they were in every launch. */
  readonly pace?: NonNullable<Measures['pace']>
  /** The stages of a life, each the median of launches. */
  readonly stages?: Readonly<Record<string, number>>
  /** The worst of any launch: the share of time that the hypervisor took. */
  readonly steal?: number
  /** What reading the clock costs, and its smallest step, nanoseconds. */
  readonly clock: number
  /** Involuntary context switches of all sides, a second. */
  readonly pushedOut: number
}

/** A latency is better when it is low, a throughput when it is high. */
export type Figure = 'latency' | 'throughput'

/** The one number of a launch. */
export const figureOf = ({ latency, throughput }: Measures): number | undefined =>
  latency === undefined ? throughput?.messagesPerSecond : percentile(latency.histogram, 0.5)

/** What a row takes of each launch, besides its figure: a list for each column. */
const columns = {
  bytesPerSecond: ({ throughput }: Measures) => throughput?.bytesPerSecond,
  producerCpuNs: ({ producer }: Measures) => cpuNs(producer),
  consumerCpuNs: ({ consumer }: Measures) => cpuNs(consumer),
  producerUserShare: ({ producer }: Measures) => userShare(producer),
  consumerUserShare: ({ consumer }: Measures) => userShare(consumer),
  switches: (measures: Measures) => perMessage(measures, switchesOf),
  syscalls: (measures: Measures) => perMessage(measures, ({ syscalls }) => syscalls),
  fairness: ({ shares }: Measures) => shares?.leastOfGreatest,
  pushedOut: (measures: Measures) =>
    (1e9 * (sum(measures, ({ usage }) => usage.involuntarySwitches) ?? 0)) / measures.elapsedNs,
  achieved: ({ pace }: Measures) => pace?.achieved,
  clock: ({ timer }: Measures) => Math.max(timer.costNs, timer.resolutionNs),
} satisfies Readonly<Record<string, (measures: Measures) => number | undefined>>
type Column = keyof typeof columns | 'value'
const taken = Object.entries(columns) as [Column, (measures: Measures) => number | undefined][]

/** A row while launches are still coming. */
interface Growing {
  readonly cell: Cell
  readonly target: TargetId
  readonly arm: 'a' | 'b' | undefined
  readonly figure: Figure
  readonly lists: Readonly<Record<Column, number[]>>
  readonly stages: Map<string, number[]>
  readonly counts: Counts
  sent: number
  received: number
  wanted: number | undefined
  sustained: boolean
  steal: number | undefined
}

export interface Summing {
  /** Whether the launch counts: it ended well, and has a figure. */
  add(launch: LaunchRecord): boolean
  /** One row for each cell of each target that was measured, in the order in which they first came. */
  rows(): CellSummary[]
}

export function summing(): Summing {
  const growing = new Map<string, Growing>()
  return {
    add({ verdict, cell, target, arm: side, measures }) {
      if (verdict !== 'ok' || measures === undefined) return false
      const value = figureOf(measures)
      if (value === undefined) return false
      const arm = side === 'control' ? 'a' : side
      const key = `${target} ${arm} ${cellName(cell)}`
      const row = growing.get(key) ?? begun(cell, target, arm, measures)
      growing.set(key, row)
      row.lists.value.push(value)
      grow(row, measures)
      return true
    },
    rows: () => withMultiples([...growing.values()].map(grown)),
  }
}

export function summaries(launches: Iterable<LaunchRecord>): CellSummary[] {
  const sums = summing()
  for (const launch of launches) sums.add(launch)
  return sums.rows()
}

const begun = (cell: Cell, target: TargetId, arm: Growing['arm'], { latency }: Measures): Growing => ({
  cell,
  target,
  arm,
  figure: latency === undefined ? 'throughput' : 'latency',
  lists: Object.fromEntries(
    ['value', ...Object.keys(columns)].map((name) => [name, []]),
  ) as unknown as Growing['lists'],
  stages: new Map(),
  counts: noCounts(),
  sent: 0,
  received: 0,
  wanted: undefined,
  sustained: true,
  steal: undefined,
})

function grow(row: Growing, measures: Measures): void {
  for (const [name, of] of taken) {
    const value = of(measures)
    if (value !== undefined) row.lists[name].push(value)
  }
  const { latency, loss, pace, stages = {}, steal } = measures
  if (latency !== undefined) addTo(row.counts, latency.histogram)
  for (const [name, ns] of Object.entries(stages)) row.stages.set(name, [...(row.stages.get(name) ?? []), ns])
  row.sent += loss?.sent ?? 0
  row.received += loss?.received ?? 0
  row.wanted ??= pace?.wanted
  row.sustained &&= pace?.sustained ?? true
  if (steal !== undefined) row.steal = Math.max(row.steal ?? 0, steal)
}

function grown(row: Growing): CellSummary {
  const { cell, target, arm, figure, lists, stages, sent, received, wanted, sustained, steal } = row
  const value = median(lists.value)
  const { low, high, confidence } = medianInterval(lists.value)
  return {
    cell,
    target,
    ...(arm === undefined ? {} : { arm }),
    launches: lists.value.length,
    figure,
    value,
    low,
    high,
    confidence,
    spread: value > 0 ? spread(lists.value) / value : 0,
    ...(figure === 'latency' ? tails(row.counts) : { bytesPerSecond: median(lists.bytesPerSecond) }),
    producerCpuNs: median(lists.producerCpuNs),
    consumerCpuNs: median(lists.consumerCpuNs),
    ...(lists.producerUserShare.length === 0 ? {} : { producerUserShare: median(lists.producerUserShare) }),
    ...(lists.consumerUserShare.length === 0 ? {} : { consumerUserShare: median(lists.consumerUserShare) }),
    switches: median(lists.switches),
    ...(lists.syscalls.length === 0 ? {} : { syscalls: median(lists.syscalls) }),
    ...(lists.fairness.length === 0 ? {} : { fairness: median(lists.fairness) }),
    ...(sent === 0 ? {} : { loss: (sent - received) / sent }),
    ...(wanted === undefined ? {} : { pace: { wanted, achieved: median(lists.achieved), sustained } }),
    ...(stages.size === 0 ? {} : { stages: Object.fromEntries([...stages].map(([name, all]) => [name, median(all)])) }),
    ...(steal === undefined ? {} : { steal }),
    clock: median(lists.clock),
    pushedOut: median(lists.pushedOut),
  }
}

const curveShares: readonly number[] = [0.5, ...Array.from({ length: 49 }, (_, at) => 1 - 10 ** (-at / 8))].sort(
  (a, b) => a - b,
)

function tails(counts: Counts): Pick<CellSummary, 'p90' | 'p99' | 'p999' | 'curve'> {
  const curve = percentiles(sparse(counts), curveShares)
  const known = (name: 'p90' | 'p99' | 'p999', share: number) => {
    const value = curve.find(([own]) => own === share)?.[1]
    return value === undefined ? {} : { [name]: value }
  }
  return {
    ...known('p90', 0.9),
    ...known('p99', 0.99),
    ...known('p999', 0.999),
    ...(curve.length === 0 ? {} : { curve }),
  }
}

const sidesOf = ({ producer, consumer, others = [] }: Measures): readonly SideCost[] => [producer, consumer, ...others]
/** Of all sides together; nothing where one of them cannot tell. */
const sum = (measures: Measures, of: (side: SideCost) => number | undefined): number | undefined =>
  sidesOf(measures).reduce<number | undefined>((total, side) => {
    const own = of(side)
    return total === undefined || own === undefined ? undefined : total + own
  }, 0)
function perMessage(measures: Measures, of: (side: SideCost) => number | undefined): number | undefined {
  const all = sum(measures, of)
  return all === undefined ? undefined : all / Math.max(1, measures.messages)
}

/** Of a side that carried nothing, all that it spent. */
const cpuNs = ({ usage, messages }: SideCost): number => (usage.userNs + usage.systemNs) / Math.max(1, messages)
const switchesOf = ({ usage }: SideCost): number => usage.voluntarySwitches + usage.involuntarySwitches
const userShare = ({ usage: { userNs, systemNs } }: SideCost): number | undefined =>
  userNs + systemNs > 0 ? userNs / (userNs + systemNs) : undefined
