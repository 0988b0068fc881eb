/**
 * How loops that carry messages are wired to a mechanism: opened by its own script, and told which transport runs on which
 * handles. A channel carries by itself; in shared memory a ring does.
 */

import type { Arg } from '../model.ts'
import type { Channel, End, Peer } from '../pair/stage.ts'
import { openBothWays } from './both-ways.ts'
import { type ByKind, forKind, type Launching, mechanismCalled } from './launcher.ts'

/** What one side runs on. */
export interface Wire {
  readonly peer: Peer
  readonly transport: string
  /** `[SEND RECEIVE]`, or the one of the two that it needs. */
  readonly handles: readonly number[]
  readonly options: readonly Arg[]
}
export interface Wiring {
  readonly producer: Wire
  readonly consumer: Wire
}

/** Whether messages go from the producer to the consumer only, or come back too. */
export type Ways = 'one' | 'both'

export async function wired(launching: Launching, ways: Ways): Promise<Wiring> {
  const mechanism = mechanismCalled(launching.cell.mechanism, launching)
  await launching.stage.need(...(mechanism.needs ?? []))
  return forKind(rows[ways], launching, mechanism)
}

/** What a variant asks of the transport itself. */
export const transportOptions = ({ wait, method }: Launching['cell']): Arg[] => [
  ...(wait === undefined || wait === 'block' ? [] : [['wait', wait]]),
  ...(method === undefined ? [] : [['method', method]]),
]

async function channelOneWay({ stage, cell }: Launching, mechanism: Channel): Promise<Wiring> {
  const { producer, consumer } = await mechanism.open(stage)
  const wire = ({ peer, handle, io }: End): Wire => ({
    peer,
    transport: io.transport,
    handles: [handle],
    options: transportOptions(cell),
  })
  return { producer: wire(producer), consumer: wire(consumer) }
}

async function channelBothWays({ stage, cell }: Launching, mechanism: Channel): Promise<Wiring> {
  const { producer, consumer } = await openBothWays(mechanism, stage)
  const wire = ({ peer, send, recv }: typeof producer): Wire => ({
    peer,
    transport: send.io.transport,
    handles: [send.handle, recv.handle],
    options: transportOptions(cell),
  })
  return { producer: wire(producer), consumer: wire(consumer) }
}

const rows: { readonly [W in Ways]: ByKind<Promise<Wiring>> } = {
  one: { channel: channelOneWay },
  both: { channel: channelBothWays },
}
