/**
 * A link each way between the same two processes, for a round trip. A duplex mechanism has it in one link. One that goes
 * one way only is opened twice, the second time with the roles exchanged.
 */

import type { Channel, End, Link, Peer, Stage } from '../pair/stage.ts'
import { openTogether } from './together.ts'

/** What each process sends and receives on. */
export interface Duplex {
  readonly producer: { readonly peer: Peer; readonly send: End; readonly recv: End }
  readonly consumer: { readonly peer: Peer; readonly send: End; readonly recv: End }
}

export async function openBothWays(mechanism: Channel, stage: Stage): Promise<Duplex> {
  if (mechanism.traits.flow.is === 'duplex') {
    const { producer, consumer } = await mechanism.open(stage)
    return joined({ producer, consumer }, { producer: consumer, consumer: producer })
  }
  return joined(...(await openTogether(stage, [{ mechanism }, { mechanism, exchanged: true }])))
}

const joined = (there: Link, back: Link): Duplex => ({
  producer: { peer: there.producer.peer, send: there.producer, recv: back.consumer },
  consumer: { peer: there.consumer.peer, send: back.producer, recv: there.consumer },
})
