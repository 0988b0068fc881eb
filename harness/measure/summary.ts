/**
 * From launches to one row for each cell. A launch gives one number, the median of its round trips or of its batch rates,
 * and the row's value is the median of those, with an interval for it. The further percentiles are read from the merged
 * histogram of all launches; percentiles themselves are never averaged. Costs are per message, and a round trip is two.
 */

import type { Cell, LaunchRecord, Measures, SideCost, TargetId } from '../model.ts'
import { merged, percentile } from './histogram.ts'
import { cellName } from './schedule.ts'
import { median, medianInterval } from './statistics.ts'

export interface CellSummary {
  readonly cell: Cell
  readonly target: TargetId
  /** How many launches the row stands on. */
  readonly launches: number
  /** Nanoseconds of a round trip (pingpong), or messages per second (stream). */
  readonly value: number
  /** Where the true median lies, and how surely. */
  readonly low: number
  readonly high: number
  readonly confidence: number
  /** Of all round trips of all launches; absent when fewer than ten samples lie above. */
  readonly p90?: number
  readonly p99?: number
  readonly p999?: number
  readonly bytesPerSecond?: number
  /** Processor time of each side, user and system, for a message. */
  readonly producerCpuNs: number
  readonly consumerCpuNs: number
  /** Context switches and system calls of both sides together, for a message. */
  readonly switches: number
  readonly syscalls: number
}

/** A launch that counts, and its one number. */
interface Counted {
  readonly cell: Cell
  readonly target: TargetId
  readonly measures: Measures
  readonly figure: number
}

function counted({ verdict, cell, target, measures }: LaunchRecord): Counted | undefined {
  const figure = verdict !== 'ok' || measures === undefined ? undefined : figureOf(measures)
  return measures === undefined || figure === undefined ? undefined : { cell, target, measures, figure }
}

/**
 * One row for each cell of each target that was measured, in the order in which they first came. A launch without a figure,
 * of too few round trips, counts for nothing in it.
 */
export function summaries(launches: readonly LaunchRecord[]): CellSummary[] {
  const groups = new Map<string, [Counted, ...Counted[]]>()
  for (const one of launches.map(counted)) {
    if (one === undefined) continue
    const key = `${one.target} ${cellName(one.cell)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()].map(summarise)
}

/** The row of launches that all measured the same cell on the same target. */
function summarise(launches: readonly [Counted, ...Counted[]]): CellSummary {
  const [first] = launches
  const all = launches.map(({ measures }) => measures)
  const values = launches.map(({ figure }) => figure)
  const each = (cost: (m: Measures) => number) => median(all.map(cost))
  const { low, high, confidence } = medianInterval(values)
  return {
    cell: first.cell,
    target: first.target,
    launches: values.length,
    value: median(values),
    low,
    high,
    confidence,
    ...(first.cell.workload === 'pingpong'
      ? tails(all)
      : { bytesPerSecond: each((m) => m.throughput?.bytesPerSecond ?? 0) }),
    producerCpuNs: each((m) => cpuNs(m.producer)),
    consumerCpuNs: each((m) => cpuNs(m.consumer)),
    switches: each((m) => (switchesOf(m.producer) + switchesOf(m.consumer)) / m.messages),
    syscalls: each((m) => (m.producer.syscalls + m.consumer.syscalls) / m.messages),
  }
}

/** The one number of a launch. */
export const figureOf = ({ latency, throughput }: Measures): number | undefined =>
  latency === undefined ? throughput?.messagesPerSecond : percentile(latency.histogram, 0.5)

function tails(all: readonly Measures[]): Pick<CellSummary, 'p90' | 'p99' | 'p999'> {
  const together = merged(all.flatMap(({ latency }) => (latency === undefined ? [] : [latency.histogram])))
  const known = (name: 'p90' | 'p99' | 'p999', share: number) => {
    const value = percentile(together, share)
    return value === undefined ? {} : { [name]: value }
  }
  return { ...known('p90', 0.9), ...known('p99', 0.99), ...known('p999', 0.999) }
}

const cpuNs = ({ usage, messages }: SideCost): number => (usage.userNs + usage.systemNs) / messages
const switchesOf = ({ usage }: SideCost): number => usage.voluntarySwitches + usage.involuntarySwitches
