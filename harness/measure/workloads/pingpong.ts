/** The closed loop: a round trip at a time, measured where it begins. */

import type { Measures } from '../../model.ts'
import { type Launching, mechanismCalled } from '../launcher.ts'
import { playLoops } from '../loops.ts'
import { agree, commonMeasures, latencyOf } from '../sides.ts'
import { type Wiring, wired } from '../wiring.ts'
import { roundtrip } from './roundtrip.ts'

export async function pingpong(launching: Launching): Promise<Measures> {
  const mechanism = mechanismCalled(launching.cell.mechanism, launching)
  // Who is called has no loop of its own.
  if (mechanism.kind === 'call') return roundtrip(launching, mechanism)
  return roundTrips(launching, await wired(launching, 'both'))
}

export async function roundTrips(launching: Launching, wiring: Wiring): Promise<Measures> {
  const [lead, follow] = await playLoops(launching, wiring, { lead: 'initiator', follow: 'responder' })
  const common = commonMeasures(lead, follow, lead)
  agree(common)
  return { ...common, latency: latencyOf(lead) }
}
