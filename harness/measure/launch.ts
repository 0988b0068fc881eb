/**
 * One launch: a fresh pair of processes measures one cell once. The link is opened by the mechanism's own script, the
 * timed loops run in the peers, and what both say is put together. Both ends must have carried the same messages, or the
 * time counts for nothing.
 */

import type { Arg, Cell, Measures, Out, Outcome, SideCost, SparseHistogram, Usage } from '../model.ts'
import { Unsupported } from '../pair/failures.ts'
import type { Channel, Peer, Stage } from '../pair/stage.ts'
import { openBothWays } from './both-ways.ts'
import { type Budget, batches } from './budget.ts'
import { type Seats, seatsFor, topologyOf } from './placement.ts'
import { median } from './statistics.ts'

/** Both ends do not agree on what was carried, or one could not go on. */
export class Voided extends Error {
  override readonly name = 'Voided'
  /** Set where a side could not go on because its partner seems to have gone. */
  readonly alone: boolean
  constructor(message: string, alone = false) {
    super(message)
    this.alone = alone
  }
}

/** Why a mechanism of a system cannot measure a cell, whatever the machine; nothing when it can. */
export function unsuited(mechanism: Channel, cell: Cell): string | undefined {
  const { maxMessage } = mechanism.traits
  if (maxMessage.is === 'split-beyond' && cell.size > maxMessage.bytes) {
    return `${mechanism.id} carries at most ${maxMessage.bytes} bytes as one message, not ${cell.size}`
  }
  return undefined
}

export async function launch(stage: Stage, mechanism: Channel, cell: Cell, budget: Budget): Promise<Measures> {
  const reason = unsuited(mechanism, cell)
  if (reason !== undefined) return stage.unsupported(reason)
  await stage.need(...(mechanism.needs ?? []))
  const pair = cell.workload === 'pingpong' ? await pingpongPair(mechanism, stage) : await streamPair(mechanism, stage)
  const seats = seatsFor(cell.placement, topologyOf(await pair.leader.peer.call('topology')))
  if (typeof seats === 'string') return stage.unsupported(seats)
  const [lead, follow] = await bothSides(
    start(pair.leader, cell, [...leaderOptions(cell, budget, seats), ...cpuOption(seats?.producer)]),
    start(pair.follower, cell, cpuOption(seats?.consumer)),
  )
  return measuresOf(cell, lead, follow)
}

// ------------------------------------------------------------------------------------------------------ the two sides

interface Side {
  readonly name: 'producer' | 'consumer'
  readonly peer: Peer
  readonly role: string
  readonly transport: string
  readonly handles: readonly number[]
}
interface Pair {
  readonly leader: Side
  readonly follower: Side
}

async function pingpongPair(mechanism: Channel, stage: Stage): Promise<Pair> {
  const { producer, consumer } = await openBothWays(mechanism, stage)
  const side = (of: typeof producer, name: Side['name'], role: string): Side => ({
    name,
    peer: of.peer,
    role,
    transport: of.send.io.transport,
    handles: [of.send.handle, of.recv.handle],
  })
  return { leader: side(producer, 'producer', 'initiator'), follower: side(consumer, 'consumer', 'responder') }
}

async function streamPair(mechanism: Channel, stage: Stage): Promise<Pair> {
  const link = await mechanism.open(stage)
  const side = (name: Side['name']): Side => {
    const { peer, handle, io } = link[name]
    return { name, peer, role: name, transport: io.transport, handles: [handle] }
  }
  return { leader: side('producer'), follower: side('consumer') }
}

const cpuOption = (cpu: number | undefined): Arg[] => (cpu === undefined ? [] : [['cpu', cpu]])

function leaderOptions(cell: Cell, budget: Budget, seats: Seats): Arg[] {
  const options: Arg[] = [
    ['warmup-ms', budget.warmupMs],
    ['measure-ms', budget.measureMs],
  ]
  if (cell.workload === 'stream') options.push(['batches', batches])
  // One core that two processes keep handing to each other has no time to fall asleep.
  const twoCores = seats !== undefined && seats.producer !== seats.consumer
  if (cell.cores === 'awake' && twoCores) options.push(['awake', [seats.producer, seats.consumer]])
  return options
}

async function start(side: Side, cell: Cell, options: readonly Arg[]): Promise<Outcome> {
  const all = [['size', cell.size], ...options]
  const outcome = await side.peer.call(cell.workload, side.role, side.transport, side.handles, all)
  if (outcome.out?.unsupported !== undefined) throw new Unsupported(String(outcome.out.unsupported))
  if (outcome.out?.failure !== undefined) {
    throw new Voided(`the ${side.name}: ${outcome.out.failure}`, outcome.out.because !== 'mismatch')
  }
  return outcome
}

/** How long the death of one side may take to be known after the other has felt it. */
const deathKnownWithinMs = 500

/**
 * Both outcomes, or the first failure, without waiting for a side that waits for the one that failed. A side that found
 * its partner gone is not the news: the death is.
 */
async function bothSides(lead: Promise<Outcome>, follow: Promise<Outcome>): Promise<[Outcome, Outcome]> {
  try {
    return await Promise.all([lead, follow])
  } catch (error) {
    if (!(error instanceof Voided) || !error.alone) throw error
    const known = new Promise<never>((_, reject) => {
      for (const side of [lead, follow]) side.catch((reason) => reason instanceof Voided || reject(reason))
    })
    const waited = new Promise<never>((_, reject) => setTimeout(reject, deathKnownWithinMs, error).unref())
    return Promise.race([known, waited])
  }
}

// ------------------------------------------------------------------------------------------------- what they measured

function measuresOf(cell: Cell, lead: Outcome, follow: Outcome): Measures {
  const producer = sideCost(lead)
  const consumer = sideCost(follow)
  agree(producer, consumer)
  const own = cell.workload === 'pingpong' ? { latency: latencyOf(lead) } : { throughput: throughputOf(follow, cell) }
  const measuring = cell.workload === 'pingpong' ? lead : follow
  const awakeBy = lead.out?.awakeBy
  return {
    elapsedNs: number(measuring, 'elapsedNs'),
    messages: producer.messages,
    ...own,
    producer,
    consumer,
    timer: member(measuring, 'timer') as unknown as Measures['timer'],
    ...(awakeBy === undefined ? {} : { awakeBy: String(awakeBy) }),
  }
}

function agree(producer: SideCost, consumer: SideCost): void {
  for (const what of ['messages', 'bytes', 'checksum'] as const) {
    if (producer[what] !== consumer[what]) {
      throw new Voided(
        `the ends do not agree: ${what} ${producer[what]} at the producer, ${consumer[what]} at the consumer`,
      )
    }
  }
}

function sideCost(outcome: Outcome): SideCost {
  return {
    messages: number(outcome, 'messages'),
    bytes: number(outcome, 'bytes'),
    checksum: String(member(outcome, 'checksum')),
    syscalls: number(outcome, 'syscalls'),
    usage: member(outcome, 'usage') as unknown as Usage,
  }
}

function latencyOf(outcome: Outcome): NonNullable<Measures['latency']> {
  const { meanNs, minNs, maxNs, counts } = member(outcome, 'latency') as unknown as {
    meanNs: number
    minNs: number
    maxNs: number
    counts: SparseHistogram['counts']
  }
  return { meanNs, minNs, maxNs, histogram: { significantDigits: 3, unit: 'ns', counts } }
}

function throughputOf(outcome: Outcome, cell: Cell): NonNullable<Measures['throughput']> {
  const { batchNs, messagesPerBatch } = member(outcome, 'throughput') as unknown as {
    batchNs: readonly number[]
    messagesPerBatch: number
  }
  const messagesPerSecond = (messagesPerBatch / median(batchNs)) * 1e9
  return { messagesPerSecond, bytesPerSecond: messagesPerSecond * cell.size, batchNs, messagesPerBatch }
}

/** What every workload answers; its absence is the agent's fault. */
function member(outcome: Outcome, name: string): Out {
  const value = outcome.out?.[name]
  if (value === undefined) throw new TypeError(`a workload gave no ${name}`)
  return value
}
const number = (outcome: Outcome, name: string): number => Number(member(outcome, name))
