/**
 * Synchronisation alone, to and fro: a bell each way, both of one mechanism, or three locks of it that are handed over as a
 * baton. The native side says how it is verified: native/workloads/handoff.h.
 */

import type { Measures } from '../../model.ts'
import type { BellIo, Counter, Event, Grip, LinkOf, Lock, Stage } from '../../pair/stage.ts'
import { bellOf } from '../bells.ts'
import { commonMemory } from '../common-memory.ts'
import { type ByKind, forKind, type Launching, mechanismCalled } from '../launcher.ts'
import { openTogether } from '../together.ts'
import { transportOptions, type Wire, type Wiring } from '../wiring.ts'
import { roundTrips } from './pingpong.ts'

export async function handoff(launching: Launching): Promise<Measures> {
  const { stage, cell } = launching
  const mechanism = mechanismCalled(cell.mechanism, launching)
  await stage.need(...(mechanism.needs ?? []))
  const { producer, consumer } = await forKind(rows, launching, mechanism)
  const boards = await commonMemory(stage, [producer.peer, consumer.peer], 4096)
  const wire = (hands: Hands, board = 0): Wire => ({
    ...hands,
    options: [['board', board], ...transportOptions(cell)],
  })
  return roundTrips(launching, { producer: wire(producer, boards[0]), consumer: wire(consumer, boards[1]) })
}

/** A side as it is, without what all of them have. */
type Hands = Pick<Wire, 'peer' | 'transport' | 'handles'>
type BothHands = { readonly [S in keyof Wiring]: Hands }

/** Each side is told first what it rings, and then what it waits for. */
async function bellEachWay(stage: Stage, mechanism: Counter | Event): Promise<BothHands> {
  const [there, back] = await openTogether(stage, [{ mechanism }, { mechanism, exchanged: true }])
  const hands = (rings: typeof there.producer, rungBy: typeof there.producer): Hands => {
    const { name, handles } = bellOf(rings)
    return { peer: rings.peer, transport: name, handles: [...handles, ...bellOf(rungBy).handles] }
  }
  return { producer: hands(there.producer, back.consumer), consumer: hands(back.producer, there.consumer) }
}

/** What can be held, and released by its holder only. */
interface Holdable {
  readonly id: string
  open(stage: Stage): Promise<LinkOf<Grip & { readonly io: BellIo }>>
}

async function baton(stage: Stage, mechanism: Holdable): Promise<BothHands> {
  const locks = await openTogether(stage, [{ mechanism }, { mechanism }, { mechanism }])
  const [{ producer, consumer }] = locks
  const name = producer.io.baton
  if (name === undefined)
    return stage.unsupported(`${mechanism.id} is a lock that no call waits for: nothing wakes anybody`)
  return {
    producer: { peer: producer.peer, transport: name, handles: locks.map((lock) => lock.producer.handle) },
    consumer: { peer: consumer.peer, transport: name, handles: locks.map((lock) => lock.consumer.handle) },
  }
}

/** A counter whose units come back when their taker dies is for who gives back itself what it took: a lock, once it is free. */
const asLock = ({ id, open }: Counter): Holdable => ({
  id,
  async open(stage) {
    const link = await open(stage)
    await link.producer.add()
    return link
  },
})

const rows: ByKind<Promise<BothHands>> = {
  counter: ({ stage }, counter) =>
    counter.traits.takerKilled === 'given-back' ? baton(stage, asLock(counter)) : bellEachWay(stage, counter),
  event: ({ stage }, event) => bellEachWay(stage, event),
  lock: ({ stage }, lock: Lock) => baton(stage, lock),
}
