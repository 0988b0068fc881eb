/**
 * What a reader may want to know before choosing a mechanism, as questions that rows of figures answer: which rows are
 * asked, under one condition and of one size, and which of their figures decides.
 */

import type { CellSummary } from '../../harness/measure/summary.ts'
import type { Cell, CoreState, Kind, Placement, Workload } from '../../harness/model.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import { multiple, significant } from './numbers.ts'

/** What a row is ranked by. Without an interval of its own, what differs by less than a tenth counts as equal. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly interval: boolean
}

export interface Scale {
  /** `has the shortest round trip`. */
  readonly wins: string
  /** `1.8 times as fast as the next`. */
  readonly as: string
  /** Head and unit of its column. */
  readonly head: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  of(row: CellSummary): Estimate | undefined
  /** With its unit. */
  words(value: number): string
  /** For a column that says the unit. */
  figure(value: number): string
}

interface Condition {
  readonly placement: Placement
  readonly cores: CoreState
}

export interface Question {
  readonly id: string
  readonly asks: string
  readonly workload: Workload
  readonly runtime: Cell['runtime']
  /** The one that most rows have, the first of several: never two in one ranking. */
  readonly conditions: readonly Condition[]
  readonly sizes: (size: number) => boolean
  readonly shape?: Cell['shape']
  /** Of the mechanisms that the suite knows only those of these kinds, where others do something else. */
  readonly kinds?: readonly Kind[]
  readonly scale: Scale
  /** Said of all, and not of each mechanism. */
  readonly aside?: true
}

const oneCore: Condition = { placement: 'same-core', cores: 'awake' }
const twoCores: Condition = { placement: 'cross-core', cores: 'awake' }
const idleCores: Condition = { placement: 'cross-core', cores: 'idle' }
/** Two cores where there are two. */
const twoOrOne = [twoCores, oneCore]

const small = (size: number): boolean => size > 0 && size <= 1024
const large = (size: number): boolean => size >= 65_536
const anySize = (): boolean => true

const micro = (ns: number): string => significant(ns / 1000)
const alike = 1.05
const about = (value: number): Estimate => ({ value, low: value / alike, high: value * alike, interval: false })

/** A single launch has no interval, though its low and high are numbers. */
const own = ({ value, low, high, confidence }: CellSummary): Estimate =>
  confidence > 0 ? { value, low, high, interval: true } : about(value)

const time = (wins: string, head: string): Scale => ({
  wins,
  as: 'as fast as',
  head,
  unit: 'µs',
  better: 'lower',
  of: (row) => (row.figure === 'latency' ? own(row) : undefined),
  words: (ns) => `${micro(ns)} µs`,
  figure: micro,
})
const roundTrip = time('has the shortest round trip', 'Round trip, p50')

const rate: Scale = {
  wins: 'carries the most messages',
  as: 'as fast as',
  head: 'Messages',
  unit: 'million/s',
  better: 'higher',
  of: (row) => (row.figure === 'throughput' ? own(row) : undefined),
  words: (each) => `${significant(each / 1e6)} million/s`,
  figure: (each) => significant(each / 1e6),
}

const flow: Scale = {
  wins: 'carries the most bytes',
  as: 'as fast as',
  head: 'Bytes',
  unit: 'GB/s',
  better: 'higher',
  of(row) {
    const { figure, value, bytesPerSecond } = row
    if (figure !== 'throughput' || bytesPerSecond === undefined) return undefined
    const { low, high, interval } = own(row)
    const each = bytesPerSecond / value
    return { value: bytesPerSecond, low: low * each, high: high * each, interval }
  },
  words: (each) => `${significant(each / 1e9)} GB/s`,
  figure: (each) => significant(each / 1e9),
}

/** Processor time of both sides for one message. */
export const cpuOf = ({ producerCpuNs, consumerCpuNs }: CellSummary): number => producerCpuNs + consumerCpuNs

const cpu: Scale = {
  wins: 'takes the least processor time for a message, of both sides together',
  as: 'as thrifty as',
  head: 'CPU, both sides',
  unit: 'ns/message',
  better: 'lower',
  of: (row) => (row.figure === 'throughput' ? about(cpuOf(row)) : undefined),
  words: (ns) => `${significant(ns)} ns`,
  figure: significant,
}

const tail: Scale = {
  wins: 'has the shortest tail, p99 against p50',
  as: 'as even as',
  head: 'p99 / p50',
  unit: 'times',
  better: 'lower',
  of: ({ figure, value, p99 }) => (figure === 'latency' && p99 !== undefined ? about(p99 / value) : undefined),
  words: multiple,
  figure: (times) => times.toFixed(2),
}

type Asked = Pick<Question, 'id' | 'asks'> & Partial<Question>

const roundTrips = (asked: Asked): Question => ({
  workload: 'pingpong',
  runtime: 'native',
  conditions: twoOrOne,
  sizes: small,
  scale: roundTrip,
  ...asked,
})
const streams = (asked: Asked): Question => roundTrips({ workload: 'stream', scale: rate, ...asked })
const ofNothing = (asked: Asked): Question => roundTrips({ sizes: anySize, ...asked })

export const questions: readonly Question[] = [
  roundTrips({ id: 'small-one-core', asks: 'Small messages on one core', conditions: [oneCore] }),
  roundTrips({ id: 'small-two-cores', asks: 'Small messages between two cores', conditions: [twoCores] }),
  roundTrips({ id: 'small-idle-cores', asks: 'Small messages between cores that may sleep', conditions: [idleCores] }),
  roundTrips({ id: 'large', asks: 'Large messages', sizes: large }),
  streams({ id: 'most-messages', asks: 'The most messages a second' }),
  streams({ id: 'most-bytes', asks: 'The most bytes a second', sizes: large, scale: flow }),
  streams({ id: 'least-cpu', asks: 'The least processor time', scale: cpu }),
  roundTrips({ id: 'shortest-tail', asks: 'The shortest tail', scale: tail, aside: true }),
  streams({
    id: 'many-senders',
    asks: 'Many senders, one receiver',
    workload: 'fan',
    shape: 'many-to-one',
    sizes: anySize,
  }),
  ofNothing({
    id: 'waking',
    asks: 'Waking another process',
    workload: 'handoff',
    scale: time('is there and back soonest', 'There and back, p50'),
  }),
  ofNothing({
    id: 'short-lives',
    asks: 'Links that do not live long',
    workload: 'lifecycle',
    kinds: ['channel', 'call'],
    scale: time('is made, used once and closed soonest', 'Whole life, p50'),
  }),
  roundTrips({ id: 'javascript', asks: 'Small messages from JavaScript', runtime: 'node' }),
  streams({ id: 'javascript-most', asks: 'The most messages a second from JavaScript', runtime: 'node' }),
]

/** The rows that answer a question: of one condition, of one size, and of one number of peers: those that most have. */
export function rowsFor(
  { workload, runtime, conditions, sizes, shape, kinds, scale }: Question,
  rows: readonly CellSummary[],
): CellSummary[] {
  const asked = rows.filter(
    (row) =>
      row.cell.workload === workload &&
      row.cell.runtime === runtime &&
      row.cell.shape === shape &&
      isAmong(kinds, row.cell.mechanism) &&
      row.cell.rate === undefined &&
      sizes(row.cell.size) &&
      isSound(scale.of(row)),
  )
  const underEach = conditions.map(({ placement, cores }) =>
    asked.filter(({ cell }) => cell.placement === placement && cell.cores === cores),
  )
  const own = underEach.reduce((most, one) => (one.length > most.length ? one : most), [])
  return mostAlike(
    mostAlike(own, ({ cell }) => cell.size),
    ({ cell }) => cell.peers ?? 0,
  )
}

const kindOf: ReadonlyMap<string, Kind> = new Map(mechanisms.map(({ id, kind }) => [id, kind]))

function isAmong(kinds: readonly Kind[] | undefined, mechanism: string): boolean {
  const kind = kindOf.get(mechanism)
  return kinds === undefined || kind === undefined || kinds.includes(kind)
}

const isSound = (estimate: Estimate | undefined): boolean =>
  estimate !== undefined &&
  [estimate.value, estimate.low, estimate.high].every((one) => Number.isFinite(one) && one > 0)

/** Those that have the value in common which most have; of values as frequent, the least. */
function mostAlike(rows: readonly CellSummary[], of: (row: CellSummary) => number): CellSummary[] {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1)
  const [most] = [...counts].sort(([a, x], [b, y]) => y - x || a - b)
  return rows.filter((row) => of(row) === most?.[0])
}
