/**
 * More than two processes: several that send to one, one that sends to several in turn, or pairs side by side. All are told
 * the same moments to begin and to stop. The rate is that of the median window of time, in which what all consumers have
 * received is added up. Counts and checksums of all sides must agree in their sums: in between, anybody may take anything.
 */

import type { Arg, Measures, Outcome, SideCost } from '../../model.ts'
import { type Launching, mechanismCalled } from '../launcher.ts'
import { topologyOf } from '../placement.ts'
import { askAll, commonMeasures, costOf, cpuOption, memberIn, numberIn, type Side, Voided } from '../sides.ts'
import { median } from '../statistics.ts'
import type { Wire } from '../wiring.ts'
import { type Cast, castOf } from './fan-cast.ts'
import { type FanSeats, fanSeats } from './fan-seats.ts'
import { mayLose, numberBytes } from './lossy-stream.ts'

export async function fan(launching: Launching): Promise<Measures> {
  const { cell, stage } = launching
  const { shape, peers } = cell
  if (shape === undefined || peers === undefined)
    throw new Error('a fan has a shape and peers, and the cell names none')
  if (cell.size < numberBytes) {
    stage.unsupported(`the messages of a fan carry their number: they have ${numberBytes} bytes at least`)
  }
  if (mayLose(mechanismCalled(cell.mechanism, launching))) {
    stage.unsupported(`${cell.mechanism} may lose messages, and the sums of a fan are over all of them`)
  }
  const cast = await castOf(shape, peers, launching)
  const outcomes = await askInTime(launching, cast)
  const producers = outcomes.slice(0, cast.producers.length)
  const consumers = outcomes.slice(cast.producers.length)
  const costs = { producers: producers.map(costOf), consumers: consumers.map(costOf) }
  sumsAgree(costs.producers, costs.consumers)
  return measuresOf(launching, producers, consumers)
}

// ------------------------------------------------------------------------------------------------------ what they are told

/** How much more time the sides have to be ready each time that they are asked. */
const leads = [1, 8, 64]
/** What a side misses of what is measured, as a part of it. */
const mostMissed = 0.1

/** All that was sent has been received when a fan ends, so that it can begin anew when some side was not ready in time. */
async function askInTime(launching: Launching, cast: Cast): Promise<readonly Outcome[]> {
  for (const lead of leads) {
    const outcomes = await askAll(await sidesOf(launching, cast, lead))
    const late = Math.max(...outcomes.map((outcome) => numberIn(outcome, 'lateNs')))
    const received = sum(outcomes.slice(cast.producers.length).flatMap(windowsOf))
    if (late <= mostMissed * measureNsOf(launching) && received > 0) return outcomes
  }
  throw new Voided('the sides did not come together in the time that is measured: the machine is too busy')
}

const measureNsOf = ({ budget }: Launching): number => 1e6 * budget.measureMs

async function sidesOf(launching: Launching, cast: Cast, lead: number): Promise<readonly Side[]> {
  const { stage, cell, budget } = launching
  const { producers, consumers, shared } = cast
  const [first] = producers as [Wire, ...Wire[]]
  const turnout = { producers: producers.length, consumers: consumers.length }
  const topology = topologyOf(await first.peer.call('topology'))
  const seats = fanSeats(cell.placement, topology, cell.shape ?? 'side-by-side', turnout)
  if (typeof seats === 'string') return stage.unsupported(seats)
  const now = await first.peer.must('now')
  const preparing = lead * preparingMs(cell.size, producers.length + consumers.length)
  const measureAt = now + 1e6 * (budget.warmupMs + preparing)
  const moments: Arg[] = [
    ['measure-at', measureAt],
    ['stop-at', measureAt + measureNsOf(launching)],
  ]
  const side = (name: string, role: string, wire: Wire, cpu: number | undefined, own: readonly Arg[]): Side => ({
    name,
    peer: wire.peer,
    words: [
      'fan',
      role,
      wire.transport,
      wire.handles,
      [['size', cell.size], ...wire.options, ...moments, ...cpuOption(cpu), ...own],
    ],
  })
  return [
    ...producers.map((wire, k) =>
      side(wire.peer.role, 'producer', wire, seats.producers[k], [
        ['sender', cell.shape === 'many-to-one' ? k : 0],
        ['ends', shared ? consumers.length : 1],
        ...(k === 0 ? awakeOption(launching, seats) : []),
      ]),
    ),
    ...consumers.map((wire, k) =>
      side(wire.peer.role, 'consumer', wire, seats.consumers[k], [
        ['ends', cell.shape === 'many-to-one' ? producers.length : 1],
        ['shared', shared ? 1 : 0],
      ]),
    ),
  ]
}

/** How long the sides may take to hear of it all and to make their messages, one after another at worst. */
function preparingMs(size: number, sides: number): number {
  const bytesEach = Math.max(2 * size, Math.min(64 * size, 2 ** 20))
  return Math.ceil(10 + sides * (1 + bytesEach / 200_000))
}

function awakeOption({ cell }: Launching, { producers, consumers }: FanSeats): Arg[] {
  const cpus = [...new Set([...producers, ...consumers])].filter((cpu) => cpu !== undefined)
  return cell.cores === 'awake' && cpus.length > 1 ? [['awake', cpus]] : []
}

// ------------------------------------------------------------------------------------------------- what their answers say

/** Voids the launch unless what all sent is what all received. */
function sumsAgree(producers: readonly SideCost[], consumers: readonly SideCost[]): void {
  const total = (sides: readonly SideCost[]) => ({
    messages: sum(sides.map(({ messages }) => messages)),
    bytes: sum(sides.map(({ bytes }) => bytes)),
    checksum: BigInt.asUintN(
      64,
      sides.reduce((so, { checksum }) => so + BigInt(`0x${checksum}`), 0n),
    ),
  })
  const [sent, received] = [total(producers), total(consumers)]
  for (const what of ['messages', 'bytes', 'checksum'] as const) {
    if (sent[what] !== received[what]) {
      throw new Voided(
        `the ends do not agree: ${what} ${sent[what]} at the producers, ${received[what]} at the consumers`,
      )
    }
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((so, one) => so + one, 0)

function measuresOf(launching: Launching, producers: readonly Outcome[], consumers: readonly Outcome[]): Measures {
  const { cell } = launching
  const measureNs = measureNsOf(launching)
  const [firstProducer, ...otherProducers] = producers as [Outcome, ...Outcome[]]
  const [firstConsumer, ...otherConsumers] = consumers as [Outcome, ...Outcome[]]
  const seen = consumers.map(windowsOf)
  const many = cell.shape === 'many-to-one' ? producers.map((one) => numberIn(one, 'measured')) : seen.map(sum)
  const shares = many.map((messages) => (messages / measureNs) * 1e9)
  return {
    ...commonMeasures(firstProducer, firstConsumer, firstConsumer),
    messages: sum(producers.map((producer) => costOf(producer).messages)),
    throughput: throughputIn(seen, measureNs, cell.size),
    shares: { messagesPerSecond: shares, leastOfGreatest: Math.min(...shares) / Math.max(...shares) },
    others: [...otherProducers, ...otherConsumers].map(costOf),
  }
}

const windowsOf = (consumer: Outcome): readonly number[] =>
  (memberIn(consumer, 'windows') as unknown as { messages: readonly number[] }).messages

/**
 * Where windows hold fewer messages, their counts are too coarse for a median; where processes take turns for longer than a
 * window, none is typical. Then it is the mean.
 */
const enoughForMedian = 100

/** The median window of all consumers together, and what a batch of the mean size would have taken in each. */
function throughputIn(
  seen: readonly (readonly number[])[],
  measureNs: number,
  size: number,
): NonNullable<Measures['throughput']> {
  const [first] = seen as [readonly number[]]
  const together = first.map((_, window) => sum(seen.map((counts) => counts[window] ?? 0)))
  const mean = sum(together) / together.length
  const windowNs = measureNs / together.length
  const typical = median(together)
  const counts = mean < enoughForMedian || typical < mean / 2 ? mean : typical
  const messagesPerSecond = (counts / windowNs) * 1e9
  return {
    messagesPerSecond,
    bytesPerSecond: messagesPerSecond * size,
    batchNs: together.map((messages) => (windowNs * mean) / Math.max(1, messages)),
    messagesPerBatch: mean,
  }
}
