/** What the figure of a cell is in words: what was timed or counted, in which unit, and which way it is better. */

import type { CellSummary, Figure } from '../../harness/measure/summary.ts'
import { type Workload, workloads } from '../../harness/model.ts'

export interface Quantity {
  /** For a heading. */
  readonly title: string
  /** What a latency of this workload is of. */
  readonly latency: string
  /** What its figures are, in a few words, and how they come about, in a sentence. */
  readonly brief: string
  readonly says: string
}

export const quantities: Readonly<Record<Workload, Quantity>> = {
  pingpong: {
    title: 'Latency',
    latency: 'round trip',
    brief: 'round trip, p50',
    says: 'Round trips, one message out and one back, closed loop.',
  },
  openloop: {
    title: 'Latency at a rate',
    latency: 'from the intended start',
    brief: 'from the intended start to the arrival, p50',
    says: 'Messages leave at a rate, and each is timed from when it was meant to leave until it is there.',
  },
  stream: {
    title: 'Throughput',
    latency: 'message',
    brief: 'messages or bytes at the receiver',
    says: 'One way, as fast as it goes, counted where the messages arrive.',
  },
  handoff: {
    title: 'Handing over',
    latency: 'there and back',
    brief: 'there and back, p50',
    says: 'Synchronisation alone: one side wakes the other, is woken by it, and so on.',
  },
  lifecycle: {
    title: 'Life cycle',
    latency: 'whole life',
    brief: 'create, connect, a first byte, close: p50',
    says: 'Create, connect, a first byte, close, again and again.',
  },
  fan: {
    title: 'More than two processes',
    latency: 'message',
    brief: 'messages or bytes of all together',
    says: 'Many to one, one to many, or pairs side by side: the rate is of all together.',
  },
  baseline: {
    title: 'Baselines',
    latency: 'once',
    brief: 'what the others are read against',
    says: 'What the other figures are read against.',
  },
}

/** Baselines first: what comes after is read against them. */
export const inReadingOrder: readonly Workload[] = ['baseline', ...workloads.filter((one) => one !== 'baseline')]

export interface Unit {
  readonly name: string
  readonly better: 'lower' | 'higher'
  /** Of the plain number: nanoseconds, messages a second. */
  in(row: Pick<CellSummary, 'value' | 'bytesPerSecond'>, value?: number): number
}

const micro: Unit = { name: 'µs', better: 'lower', in: ({ value }, other = value) => other / 1e3 }
const nano: Unit = { name: 'ns', better: 'lower', in: ({ value }, other = value) => other }
/** Thousand messages a second. */
const thousands: Unit = { name: 'k/s', better: 'higher', in: ({ value }, other = value) => other / 1e3 }
/** What is done so fast that it is timed by the batch: how long each takes. */
const each: Unit = { name: 'ns', better: 'lower', in: ({ value }, other = value) => 1e9 / other }
const megabytes: Unit = {
  name: 'MB/s',
  better: 'higher',
  in: ({ value, bytesPerSecond = 0 }, other = value) => ((other / value) * bytesPerSecond) / 1e6,
}

/** From this size on what is carried is told in bytes: so many messages a second say little of a megabyte each. */
const largeFrom = 4096

export function unitOf(figure: Figure, workload: Workload, size: number): Unit {
  if (figure === 'latency') return workload === 'baseline' ? nano : micro
  if (workload === 'baseline' && size === 0) return each
  return size >= largeFrom ? megabytes : thousands
}

export const arrows: Readonly<Record<'lower' | 'higher', string>> = { lower: '↓', higher: '↑' }
