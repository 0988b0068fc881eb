/** What several generic cases do on a link, whatever the mechanism: take all that comes, fill it up, bring in a peer. */

import { expectOutcome, expectValue, movedBy } from '../../../harness/conformance/expect.ts'
import type { Bytes, ChannelTraits, CommonTraits, CounterTraits, Limit, Outcome } from '../../../harness/model.ts'
import { crcOf, joinedCrc, lengthOf, materialise, pattern } from '../../../harness/pair/bytes.ts'
import type { End, Grip, Link, Passable, Peer } from '../../../harness/pair/stage.ts'
import { listOut } from '../../../harness/pair/wire.ts'
import { readNumber } from '../linux/proc.ts'

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
export async function another<E extends Passable<E>>(
  end: E,
  role: string,
  { inheritance }: Pick<CommonTraits, 'inheritance'>,
): Promise<E> {
  return endIn(end, await end.peer.fork(role, inheritance === 'handle' ? [inheritedFor(end)] : undefined))
}

/** The handle that a child has to inherit to have an end. */
export const inheritedFor = <E>({ inherits, handle }: Passable<E>): number => inherits ?? handle

/** The same end in a peer that can have it. */
export const endIn = async <E extends Passable<E>>(end: E, peer: Peer): Promise<E> =>
  end.enter === undefined ? end.in(peer) : end.enter(peer)

// ------------------------------------------------------------------------------------------------------------- limits

/** The greatest length of one send; infinite where there is none. */
export async function longestMessage(sender: End, { maxMessage }: Pick<ChannelTraits, 'maxMessage'>): Promise<number> {
  if (maxMessage.is === 'unlimited') return Number.POSITIVE_INFINITY
  return maxMessage.is === 'at-most' ? figureOf(maxMessage.bytes, sender) : maxMessage.bytes
}

/** A limit, asked of the process that it binds. */
export async function figureOf(limit: Limit, { call, handle, peer }: Grip): Promise<number> {
  if (typeof limit === 'number') return limit
  if ('sysctl' in limit) return readNumber(peer, `/proc/sys/${limit.sysctl}`)
  const { out } = await call('getsockopt', handle, 'SOL_SOCKET', 'SO_SNDBUF')
  return Number(out?.value) - limit.sendBufferLess
}

/** How many units a counter is tried with. */
export const unitsToTry = ({ atMaximum }: CounterTraits): number => (atMaximum.is === 'coalesces' ? 1 : 3)

// ---------------------------------------------------------------------------------------------------------- receiving

/**
 * What is received while sends are under way: a send that fails ends it at once, since what it should have brought would be
 * waited for in vain.
 */
export async function whileSending<T>(
  sends: readonly (readonly [sending: Promise<Outcome>, data: Bytes])[],
  receiving: Promise<T>,
): Promise<T> {
  receiving.catch(() => {}) // it may not live to be waited for
  const sent = Promise.all(
    sends.map(async ([sending, data]) => expectSent(await sending, data, `the send of ${lengthOf(data)} bytes`)),
  )
  const [received] = await Promise.all([receiving, sent])
  return received
}

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

/** Whether nothing that can be sent tells a receiver to stop, so that a signal has to. */
export const stoppedBySignal = ({ peerGone, zeroLength }: ChannelTraits): boolean =>
  peerGone === 'never-told' && zeroLength !== 'empty-message'

/** What is promised once the last sender has died and closed nothing. */
export const whenDied = (traits: ChannelTraits): ChannelTraits => ({
  ...traits,
  peerGone: traits.peerDied ?? traits.peerGone,
})

/** Lets a signal end the receives of these, where nothing else does. */
export async function prepareToStop(receivers: readonly End[], traits: ChannelTraits): Promise<void> {
  if (!stoppedBySignal(traits)) return
  for (const { must } of receivers) await must('sigaction', 'SIGUSR1', 'note', 0)
}

/** Ends their receives once they have taken everything and wait for more. */
export async function stopBySignal(receivers: readonly End[]): Promise<void> {
  for (const { blocked, peer } of receivers) {
    await blocked()
    await peer.signal('SIGUSR1')
  }
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

/** Makes a link hold little, where it would hold megabytes. */
export async function narrow({ producer, consumer }: Link): Promise<void> {
  for (const end of [consumer, producer]) {
    for (const words of end.io.narrow?.(end.handle) ?? []) expectOutcome(await end.call(...words), words[0]).toSucceed()
  }
}

/** What a link was filled with: how much was taken of each brick, of which a byte stream may have taken a part. */
export interface Filled {
  readonly sends: number
  readonly bytes: Buffer
}

/** Sends without waiting until nothing more is taken, which must be said as the mechanism promises. */
export async function fill(link: Link, { whenFull, framing }: ChannelTraits): Promise<Filled> {
  if (typeof whenFull === 'string') throw new TypeError('this mechanism promises nothing of a link that is full')
  await narrow(link)
  const { producer } = link
  await setBlocking(producer, false)
  const taken: Buffer[] = []
  let outcome = await producer.send(brick)
  while (outcome.error === undefined && movedBy(outcome) > 0 && taken.length < enoughToFill) {
    if (framing === 'message') expectSent(outcome, brick)
    taken.push(materialise(brick).subarray(0, movedBy(outcome)))
    outcome = await producer.send(brick)
  }
  expectOutcome(outcome, 'a send on a full link').toBe(whenFull)
  return { sends: taken.length, bytes: Buffer.concat(taken) }
}

/** Receives exactly what the link was filled with. */
export async function expectFilling(consumer: End, { bytes }: Filled): Promise<void> {
  const received = await receive(consumer, bytes.length)
  expectValue(received.length, 'the bytes that the link had held').toEqual(bytes.length)
  expectValue(received.crc, 'their checksum').toEqual(crcOf(bytes))
}

/** Nothing more is there, which must be said as promised. */
export async function expectEmpty(consumer: End, { whenEmpty }: Pick<ChannelTraits, 'whenEmpty'>): Promise<void> {
  await setBlocking(consumer, false)
  expectOutcome(await consumer.recv(64), 'a receive on an empty link').toBe(whenEmpty)
}

/**
 * Starts a send that has to wait, and answers what was in the link before. Where the length of sends is limited, or what
 * has room is taken, that is one more brick on a full link; else it is one send that no link can hold.
 */
export async function startBlockedSend(link: Link, traits: ChannelTraits): Promise<BlockedSend> {
  const { producer } = link
  const limited = traits.maxMessage.is === 'at-most' || traits.maxMessage.is === 'taken-in-part'
  const before = limited ? await fill(link, traits) : { sends: 0, bytes: Buffer.alloc(0) }
  if (limited) await setBlocking(producer, true)
  else await narrow(link)
  const data = limited ? brick : pattern(large, 13)
  const sending = producer.send(data)
  await producer.blocked()
  return { sending, data, before }
}
export interface BlockedSend {
  readonly sending: Promise<Outcome>
  readonly data: Bytes
  readonly before: Filled
}

/** Receives without waiting until nothing more is there, where some may have been dropped; answers how many came. */
export async function expectSomeBricks(consumer: End, traits: ChannelTraits): Promise<number> {
  await setBlocking(consumer, false)
  const rows = transfersOf(await consumer.recvMany(enoughToFill, lengthOf(brick), lengthOf(brick)))
  const crc = crcOf(materialise(brick))
  expectValue(rows.filter((row) => row.crc !== crc).map(describeRow), 'what came and was not sent').toEqual([])
  await expectEmpty(consumer, traits)
  return bytesIn(rows) / lengthOf(brick)
}

/** A row in words, for comparisons. */
export const describeRow = ({ ret, crc, count }: TallyRow): string => `${count} × ${ret} bytes, checksum ${crc}`
