/** A fresh queue, and what processes do with it in most cases: they send and receive, and never wait. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Bytes, Outcome } from '../../../../harness/model.ts'
import type { Peer, Stage } from '../../../../harness/pair/stage.ts'
import { mustCreate, sharedByKey } from '../../../mechanisms/system-v.ts'
import { queues } from '../../../mechanisms/sysv-msg.ts'

export const room = 64

/** What an IPC_STAT gave. */
export const numbersOf = ({ out }: Outcome) => out as Readonly<Record<string, number>>

interface Queue {
  readonly id: number
  /** Sends, or is told that there is no room. */
  sends(peer: Peer, type: number, data: Bytes): Promise<Outcome>
  /** Receives the first message that the type asks for, or is told that there is none. */
  receives(peer: Peer, type: number, flags?: string): Promise<Outcome>
  state(peer: Peer): Promise<Outcome>
}

const queueOf = (id: number): Queue => ({
  id,
  sends: (peer, type, data) => peer.call('msgsnd', id, type, data, 'IPC_NOWAIT'),
  receives: (peer, type, flags = '0') => peer.call('msgrcv', id, room, type, `IPC_NOWAIT|${flags}`),
  state: (peer) => peer.call('msgctl-IPC_STAT', id),
})

/** Two processes that know it. */
export async function sharedQueue(stage: Stage) {
  const { producer, consumer, id, key } = await sharedByKey(stage, queues)
  return { producer, consumer, key, ...queueOf(id) }
}

/** One process alone with it. */
export async function ownQueue({ start, names }: Stage) {
  const peer = await start('producer')
  return { peer, ...queueOf(await mustCreate(peer, queues, names.key('queue'))) }
}

/** The messages of a queue, each a type and a text, sent in this order. */
export async function fillWith(
  { producer, sends }: Awaited<ReturnType<typeof sharedQueue>>,
  messages: readonly (readonly [type: number, text: string])[],
): Promise<void> {
  for (const [type, text] of messages) {
    expectOutcome(await sends(producer, type, text), 'a send to the fresh queue').toReturn(0)
  }
}
