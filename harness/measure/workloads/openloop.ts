/**
 * Messages at a rate: the latency of each is counted from when it was meant to leave. Where the rate was not sustained, the
 * messages that had to wait show it, and the row says so.
 */

import type { Measures, Outcome } from '../../model.ts'
import { type Launching, mechanismCalled } from '../launcher.ts'
import { playLoops } from '../loops.ts'
import { agree, commonMeasures, latencyOf, memberIn } from '../sides.ts'
import { wired } from '../wiring.ts'
import { mayLose } from './lossy-stream.ts'

/** A producer that falls behind by more has not sustained its rate. */
const sustainedWithin = 0.01

export async function openloop(launching: Launching): Promise<Measures> {
  const { stage, cell } = launching
  if (cell.rate === undefined) throw new Error('an open loop has a rate, and the cell names none')
  if (cell.placement === 'same-core') {
    stage.unsupported('the producer of an open loop watches the clock and needs a core for itself: place it cross-core')
  }
  if (mayLose(mechanismCalled(cell.mechanism, launching))) {
    stage.unsupported(`${cell.mechanism} may lose messages, and an open loop has a time to count for each`)
  }
  const wiring = await wired(launching, 'one')
  const roles = { lead: 'producer', follow: 'consumer' }
  const [lead, follow] = await playLoops(launching, wiring, roles, [['rate', cell.rate]])
  const common = commonMeasures(lead, follow, follow)
  agree(common)
  return { ...common, latency: latencyOf(follow), pace: paceOf(lead) }
}

function paceOf(lead: Outcome): NonNullable<Measures['pace']> {
  const { wanted, achieved } = memberIn(lead, 'pace') as unknown as { wanted: number; achieved: number }
  return { wanted, achieved, sustained: achieved >= wanted * (1 - sustainedWithin) }
}
