/**
 * How loops that carry messages are wired to a mechanism: opened by its own script, and told which transport runs on which
 * handles. A channel carries by itself; in shared memory a ring does.
 */

import type { Channel, End } from '../pair/stage.ts'
import { openBothWays } from './both-ways.ts'
import { type ByKind, forKind, type Launching, mechanismCalled } from './launcher.ts'
import { needRoom } from './suited.ts'
import { tune } from './tuning.ts'
import { transportOptions, type Ways, type Wire, type Wiring } from './wire.ts'
import { memoryWiring } from './wiring-memory.ts'

export { transportOptions, type Ways, type Wire, type Wiring }

export async function wired(launching: Launching, ways: Ways): Promise<Wiring> {
  const mechanism = mechanismCalled(launching.cell.mechanism, launching)
  await launching.stage.need(...(mechanism.needs ?? []))
  return forKind(rows[ways], launching, mechanism)
}

async function channelOneWay(launching: Launching, mechanism: Channel): Promise<Wiring> {
  const { stage, cell } = launching
  const { producer, consumer } = await mechanism.open(stage)
  await tune(launching, mechanism, [producer, consumer])
  await needRoom(launching, mechanism, [producer])
  const wire = ({ peer, handle, io }: End): Wire => ({
    peer,
    transport: io.transport,
    handles: [handle],
    options: [...(io.options ?? []), ...transportOptions(cell)],
  })
  return { producer: wire(producer), consumer: wire(consumer) }
}

async function channelBothWays(launching: Launching, mechanism: Channel): Promise<Wiring> {
  const { stage, cell } = launching
  const { producer, consumer } = await openBothWays(mechanism, stage)
  const senders = [producer.send, consumer.send]
  const receivers = mechanism.traits.flow.is === 'duplex' ? [] : [producer.recv, consumer.recv]
  await tune(launching, mechanism, [...senders, ...receivers])
  await needRoom(launching, mechanism, senders)
  const wire = ({ peer, send, recv }: typeof producer): Wire => ({
    peer,
    transport: send.io.transport,
    handles: [send.handle, recv.handle],
    options: [...(send.io.options ?? []), ...transportOptions(cell)],
  })
  return { producer: wire(producer), consumer: wire(consumer) }
}

const rows: { readonly [W in Ways]: ByKind<Promise<Wiring>> } = {
  one: { memory: (launching, memory) => memoryWiring(launching, memory, 'one'), channel: channelOneWay },
  both: { memory: (launching, memory) => memoryWiring(launching, memory, 'both'), channel: channelBothWays },
}
