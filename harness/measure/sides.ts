/**
 * Two processes, each of which runs one side of a timed loop: how they are asked, what comes of it when one fails, and what
 * their answers say. Both ends must have carried the same messages, or the time counts for nothing.
 */

import type { Arg, Cell, Latency, Measures, Out, Outcome, SideCost, SparseHistogram, Usage } from '../model.ts'
import { Unsupported } from '../pair/failures.ts'
import type { Peer } from '../pair/stage.ts'
import type { Seats } from './placement.ts'
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

/** One side as it is asked: the call, in words, and who makes it. */
export interface Side {
  /** By which a failure names it: `producer`, `consumer`. */
  readonly name: string
  readonly peer: Peer
  readonly words: readonly [call: string, ...args: readonly Arg[]]
}

/** One side's answer; throws what it failed of. */
export async function askSide({ name, peer, words }: Side): Promise<Outcome> {
  const outcome = await peer.call(...words)
  if (outcome.out?.unsupported !== undefined) throw new Unsupported(String(outcome.out.unsupported))
  if (outcome.out?.failure !== undefined) {
    throw new Voided(`the ${name}: ${outcome.out.failure}`, outcome.out.because !== 'mismatch')
  }
  return outcome
}

/** How long the death of one side may take to be known after another has felt it. */
const deathKnownWithinMs = 500

/**
 * All outcomes, or the first failure, without waiting for a side that waits for the one that failed. A side that found its
 * partner gone is not the news: the death is.
 */
export const askAll = (sides: readonly Side[]): Promise<Outcome[]> => firstFailing(sides.map(askSide))

/** The same of sides that have been asked already. */
export async function firstFailing<const A extends readonly Promise<Outcome>[]>(
  asked: A,
): Promise<{ [I in keyof A]: Outcome }> {
  try {
    return (await Promise.all(asked)) as { [I in keyof A]: Outcome }
  } catch (error) {
    if (!(error instanceof Voided) || !error.alone) throw error
    const known = new Promise<never>((_, reject) => {
      for (const side of asked) side.catch((reason) => reason instanceof Voided || reject(reason))
    })
    const waited = new Promise<never>((_, reject) => setTimeout(reject, deathKnownWithinMs, error).unref())
    return Promise.race([known, waited])
  }
}

export async function askBoth(lead: Side, follow: Side): Promise<[Outcome, Outcome]> {
  const [led, followed] = await askAll([lead, follow])
  return [led as Outcome, followed as Outcome]
}

// ------------------------------------------------------------------------------------------------- what they are told

export const cpuOption = (cpu: number | undefined): Arg[] => (cpu === undefined ? [] : [['cpu', cpu]])

/** Which processors the side that leads keeps awake. One that two processes keep handing to each other has no time to fall asleep. */
export function awakeOption(cell: Cell, seats: Seats): Arg[] {
  const twoCores = seats !== undefined && seats.producer !== seats.consumer
  return cell.cores === 'awake' && twoCores ? [['awake', [seats.producer, seats.consumer]]] : []
}

// ------------------------------------------------------------------------------------------------ what their answers say

/** The part of the measures that every pair has. `measuring` is the side whose time counts. */
export function commonMeasures(
  lead: Outcome,
  follow: Outcome,
  measuring: Outcome,
): Pick<Measures, 'elapsedNs' | 'messages' | 'producer' | 'consumer' | 'timer' | 'awakeBy'> {
  const producer = costOf(lead)
  const awakeBy = lead.out?.awakeBy
  return {
    elapsedNs: numberIn(measuring, 'elapsedNs'),
    messages: producer.messages,
    producer,
    consumer: costOf(follow),
    timer: memberIn(measuring, 'timer') as unknown as Measures['timer'],
    ...(awakeBy === undefined ? {} : { awakeBy: String(awakeBy) }),
  }
}

/** Voids the launch unless both ends carried the same. */
export function agree({ producer, consumer }: Pick<Measures, 'producer' | 'consumer'>): void {
  for (const what of ['messages', 'bytes', 'checksum'] as const) {
    if (producer[what] !== consumer[what]) {
      throw new Voided(
        `the ends do not agree: ${what} ${producer[what]} at the producer, ${consumer[what]} at the consumer`,
      )
    }
  }
}

/** Nobody counts the system calls that Node makes of its own. */
export function costOf(outcome: Outcome): SideCost {
  const counted = outcome.out?.syscalls
  return {
    messages: numberIn(outcome, 'messages'),
    bytes: numberIn(outcome, 'bytes'),
    checksum: String(memberIn(outcome, 'checksum')),
    ...(counted === undefined ? {} : { syscalls: Number(counted) }),
    usage: memberIn(outcome, 'usage') as unknown as Usage,
  }
}

export function latencyOf(outcome: Outcome): Latency {
  const { meanNs, minNs, maxNs, counts } = memberIn(outcome, 'latency') as unknown as {
    meanNs: number
    minNs: number
    maxNs: number
    counts: SparseHistogram['counts']
  }
  return { meanNs, minNs, maxNs, histogram: { significantDigits: 3, unit: 'ns', counts } }
}

export function throughputOf(outcome: Outcome, size: number): NonNullable<Measures['throughput']> {
  const { batchNs, messagesPerBatch } = memberIn(outcome, 'throughput') as unknown as {
    batchNs: readonly number[]
    messagesPerBatch: number
  }
  if (batchNs.length === 0) throw new Voided('so much was lost that not one batch arrived, and there is no rate')
  const messagesPerSecond = (messagesPerBatch / median(batchNs)) * 1e9
  return { messagesPerSecond, bytesPerSecond: messagesPerSecond * size, batchNs, messagesPerBatch }
}

/** What every workload answers; its absence is the agent's fault. */
export function memberIn(outcome: Outcome, name: string): Out {
  const value = outcome.out?.[name]
  if (value === undefined) throw new TypeError(`a workload gave no ${name}`)
  return value
}
export const numberIn = (outcome: Outcome, name: string): number => Number(memberIn(outcome, name))
