/** Producer and consumer before they have met: where a case makes its own sockets, in its own order. */

import type { Outcome } from '../../../../harness/model.ts'
import type { Peer, Stage } from '../../../../harness/pair/stage.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { makePair, type UnixKind } from '../../../mechanisms/unix-sockets.ts'

/** Two processes that share nothing. */
export async function strangers({ start }: Stage) {
  return { producer: await start('producer'), consumer: await start('consumer') }
}

/** A parent and its child, with a pair of sockets of each kind between them. */
export async function relatives<const K extends readonly UnixKind[]>({ start }: Stage, ...kinds: K) {
  const producer = await start('producer')
  const pairs: (readonly [own: number, other: number])[] = []
  for (const kind of kinds) pairs.push(await makePair(producer, kind))
  const consumer = await producer.fork('consumer')
  for (const [own, other] of pairs) await Promise.all([producer.must('close', other), consumer.must('close', own)])
  return { producer, consumer, pairs: pairs as { [_ in keyof K]: readonly [own: number, other: number] } }
}

/** What binding a new socket to a name says. */
export const bindTo = async (peer: Peer, kind: UnixKind, address: string): Promise<Outcome> =>
  peer.call('bind', await newSocket(peer, kind), address)
