/** What several generic cases do on a link, whatever the mechanism: take all that comes, fill it up, bring in a peer. */

import { expectOutcome, expectValue, movedBy } from '../../../harness/conformance/expect.ts'
import type { Bytes, Expected, Outcome, Traits } from '../../../harness/model.ts'
import { crcOf, joinedCrc, lengthOf, materialise, pattern } from '../../../harness/pair/bytes.ts'
import type { End } from '../../../harness/pair/stage.ts'
import { listOut } from '../../../harness/pair/wire.ts'

/** More than any link of these mechanisms holds: a single send of it has to wait for a receiver. */
export const large = 1 << 20

/** One row for each kind of a trait that carries figures or errors: a new kind does not compile until it has a row. */
export function byKind<T extends { readonly is: string }, R>(
  trait: T,
  rows: { readonly [K in T['is']]: (trait: Extract<T, { readonly is: K }>) => R },
): R {
  const row = rows[trait.is as T['is']] as (trait: T) => R
  return row(trait)
}

/** The send succeeded and took everything. */
export function expectSent(outcome: Outcome, data: Bytes, what = 'the send'): void {
  expectOutcome(outcome, what).toSucceed()
  expectValue(movedBy(outcome), `what ${what} took, in bytes,`).toEqual(lengthOf(data))
}

/** Lets calls on this end wait, or not. */
export async function setBlocking(end: End, on: boolean): Promise<void> {
  expectOutcome(await end.blocking(on), `letting calls ${on ? 'wait' : 'return at once'}`).toSucceed()
}

/** One more peer that has the same end: forked from the one that has it now. */
export async function another(end: End, role: string, traits: Traits): Promise<End> {
  const handles: Record<Traits['inheritance'], readonly number[] | undefined> = {
    descriptor: undefined,
    handle: [end.handle],
  }
  return end.in(await end.peer.fork(role, handles[traits.inheritance]))
}

// ---------------------------------------------------------------------------------------------------------- receiving

/** What several receives brought together: its length and checksum, the length of each, and what ended it. */
export interface Received {
  readonly length: number
  readonly crc: number
  readonly pieces: readonly number[]
  /** The receive that brought nothing, if one did. */
  readonly end?: Outcome
}

/** Receives until so many bytes have come, or until a receive brings none. */
export async function receive(end: End, most: number): Promise<Received> {
  const pieces: number[] = []
  let length = 0
  let crc = 0
  while (length < most) {
    const outcome = await end.recv(Math.min(most - length, large))
    const brought = outcome.error === undefined ? (outcome.length ?? 0) : 0
    if (brought === 0) return { length, crc, pieces, end: outcome }
    crc = joinedCrc(crc, outcome.crc ?? 0, brought)
    length += brought
    pieces.push(brought)
  }
  return { length, crc, pieces }
}

/** All that came up to the receive that brought nothing. */
export type ToTheEnd = Received & { readonly end: Outcome }

/** Receives to the end of the link. */
export const receiveToTheEnd = (end: End): Promise<ToTheEnd> =>
  receive(end, Number.POSITIVE_INFINITY) as Promise<ToTheEnd>

/** Exactly these bytes came, in however many pieces. */
export function expectReceived(received: Received, data: Bytes): void {
  expectValue(received.length, 'the length of what came').toEqual(lengthOf(data))
  expectPart(received, data, 0)
}

/** What came, however much, is what stands there in these bytes. */
export function expectPart(received: Received, data: Bytes, from: number): void {
  const sent = materialise(data).subarray(from, from + received.length)
  expectValue(received.crc, 'the checksum of what came').toEqual(crcOf(sent))
}

// ------------------------------------------------------------------------------------------------- many calls in one

/** Equal outcomes of a repeated call: bytes are told apart by checksum. */
export interface TallyRow {
  /** The length of what was moved, or what the call returned. */
  readonly ret: number
  readonly crc?: number
  readonly error?: string
  readonly count: number
}

export const tallyOf = (outcome: Outcome): readonly TallyRow[] =>
  listOut(outcome, 'tally') as unknown as readonly TallyRow[]

/** The rows of transfers that moved something. */
export const transfersOf = (outcome: Outcome): readonly TallyRow[] =>
  tallyOf(outcome).filter((row) => row.error === undefined && row.ret > 0)

export const bytesIn = (rows: readonly TallyRow[]): number => rows.reduce((sum, row) => sum + row.ret * row.count, 0)

const enoughToFill = 100_000

/** What links are filled with, send after send. */
export const brick = pattern(4096, 7)

/** Sends without waiting until nothing more is taken, which must be said as the mechanism promises; answers the sends. */
export async function fill(producer: End, whenFull: Expected): Promise<number> {
  await setBlocking(producer, false)
  const taken = transfersOf(await producer.sendMany(enoughToFill, brick))
  expectOutcome(await producer.send(brick), 'a send on a full link').toBe(whenFull)
  const sends = taken.reduce((sum, row) => sum + row.count, 0)
  expectValue(bytesIn(taken), 'the bytes that were taken').toEqual(sends * lengthOf(brick))
  return sends
}

/** Receives without waiting until nothing more is there, which must be said as promised: so many bricks and no more. */
export async function expectBricks(consumer: End, bricks: number, whenEmpty: Expected): Promise<void> {
  await setBlocking(consumer, false)
  const came = await consumer.recvMany(enoughToFill, lengthOf(brick), lengthOf(brick))
  const expected = { ret: lengthOf(brick), crc: crcOf(materialise(brick)), count: bricks }
  expectValue(transfersOf(came).map(describeRow), 'what came').toEqual(bricks === 0 ? [] : [describeRow(expected)])
  expectOutcome(await consumer.recv(1), 'a receive on an empty link').toBe(whenEmpty)
}

/** A row in words, for comparisons. */
export const describeRow = ({ ret, crc, count }: TallyRow): string => `${count} × ${ret} bytes, checksum ${crc}`
