/** The closed loop: a round trip at a time, measured where it begins. */

import type { Measures } from '../../model.ts'
import type { Launching } from '../launcher.ts'
import { playLoops } from '../loops.ts'
import { agree, commonMeasures, latencyOf } from '../sides.ts'
import { wired } from '../wiring.ts'

export async function pingpong(launching: Launching): Promise<Measures> {
  const wiring = await wired(launching, 'both')
  const [lead, follow] = await playLoops(launching, wiring, { lead: 'initiator', follow: 'responder' })
  const common = commonMeasures(lead, follow, lead)
  agree(common)
  return { ...common, latency: latencyOf(lead) }
}
