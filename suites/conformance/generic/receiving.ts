/** What comes: all of it, in however many pieces, up to the end or until a receiver is told to stop. */

import { expectValue } from '../../../harness/conformance/expect.ts'
import type { Bytes, ChannelTraits, Outcome } from '../../../harness/model.ts'
import { crcOf, joinedCrc, lengthOf, materialise } from '../../../harness/pair/bytes.ts'
import type { End } from '../../../harness/pair/stage.ts'
import { expectSent, large } from './shared.ts'

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
