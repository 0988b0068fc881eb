/**
 * A link each way between the same two processes, for a round trip. A duplex mechanism has it in one link. One that goes
 * one way only is opened twice, the second time with the roles exchanged, by the same script that opens it for cases.
 *
 * Where strangers meet, that is all. Where one process forks the other, both links have to be made before the fork: the
 * second opening is slipped in at the moment when the first one forks. What it does as the producer happens in the first
 * process until then, and afterwards in the new one, which has inherited it.
 */

import type { Channel, End, Link, Peer, Stage } from '../pair/stage.ts'

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
  let back: Link | undefined
  const there = await mechanism.open({
    ...stage,
    async start(role) {
      const peer = await stage.start(role)
      return {
        ...peer,
        async fork(childRole) {
          const { link, child } = await openBeforeFork(mechanism, stage, peer, childRole)
          back = link
          return child
        },
      }
    },
  })
  const { producer, consumer } = there
  const exchanged: Stage = { ...stage, start: async (role) => (role === 'producer' ? consumer : producer).peer }
  return joined(there, back ?? (await mechanism.open(exchanged)))
}

const joined = (there: Link, back: Link): Duplex => ({
  producer: { peer: there.producer.peer, send: there.producer, recv: back.consumer },
  consumer: { peer: there.consumer.peer, send: back.producer, recv: there.consumer },
})

/**
 * Opens the link back, from a child that does not exist yet to its parent, and makes the child on the way. It inherits all
 * that can be inherited: a script that lists handles lists those of a receiver, and this child sends too.
 */
async function openBeforeFork(
  mechanism: Channel,
  stage: Stage,
  parent: Peer,
  role: string,
): Promise<{ readonly link: Link; readonly child: Peer }> {
  let child: Peer | undefined
  const producer = standIn(parent, async () => {
    child = await parent.fork(role)
    return child
  })
  const link = await mechanism.open({ ...stage, start: async () => producer })
  if (child === undefined) throw new Error(`${mechanism.id} forked when it was opened, and did not the second time`)
  return { link, child }
}

/** The producer of the link back: the parent until it forks, and then the child. */
function standIn(parent: Peer, fork: () => Promise<Peer>): Peer {
  let now = parent
  return {
    ...parent,
    get pid() {
      return now.pid
    },
    call: (...words) => now.call(...words),
    must: (...words) => now.must(...words),
    blocked: () => now.blocked(),
    exit: () => now.exit(),
    kill: () => now.kill(),
    signal: (name) => now.signal(name),
    state: () => now.state(),
    async fork() {
      now = await fork()
      return parent
    },
  }
}
