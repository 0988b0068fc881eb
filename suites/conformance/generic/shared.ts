/** What generic cases ask of traits and ends, whatever the mechanism. */

import { expectOutcome, expectValue, movedBy } from '../../../harness/conformance/expect.ts'
import type { Bytes, ChannelTraits, CommonTraits, CounterTraits, Limit, Outcome } from '../../../harness/model.ts'
import { lengthOf } from '../../../harness/pair/bytes.ts'
import type { End, Grip, Passable, Peer } from '../../../harness/pair/stage.ts'
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

/** What is promised once the last sender has died and closed nothing. */
export const whenDied = (traits: ChannelTraits): ChannelTraits => ({
  ...traits,
  peerGone: traits.peerDied ?? traits.peerGone,
})

/** What a sender is told whose receiver has gone. */
export function told(writeAfterGone: ChannelTraits['writeAfterGone']) {
  if (writeAfterGone.is === 'never-told') return { signal: 'none', error: [] } as const
  return { signal: writeAfterGone.signal, error: [writeAfterGone.error].flat() }
}
