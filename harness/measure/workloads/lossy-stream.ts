/**
 * A stream over what drops messages when it is full: the loops go on, what was lost is counted, and the rate is that of what
 * has arrived. Messages carry their number, so that each needs room for it.
 */

import type { Measures } from '../../model.ts'
import type { Mechanism } from '../../pair/stage.ts'
import { batches } from '../budget.ts'
import type { Launching } from '../launcher.ts'
import { playLoops } from '../loops.ts'
import { commonMeasures, throughputOf, Voided } from '../sides.ts'
import { wired } from '../wiring.ts'

/** The number of a message, in its first bytes. */
export const numberBytes = 8

export const mayLose = (mechanism: Mechanism): boolean =>
  mechanism.kind === 'channel' && mechanism.traits.whenFull === 'drops'

export async function lossyStream(launching: Launching): Promise<Measures> {
  const { stage, cell } = launching
  if (cell.size < numberBytes) {
    stage.unsupported(
      `${cell.mechanism} may lose messages, and one of ${cell.size} bytes has no room for the number that tells which: it takes ${numberBytes}`,
    )
  }
  const wiring = await wired(launching, 'both')
  const roles = { lead: 'lossy-producer', follow: 'lossy-consumer' }
  const [lead, follow] = await playLoops(launching, wiring, roles, [['batches', batches]])
  const common = commonMeasures(lead, follow, follow)
  const [sent, received] = [common.producer.messages, common.consumer.messages]
  if (received > sent) throw new Voided(`the ends do not agree: ${received} messages received of ${sent} sent`)
  if (received === 0) throw new Voided(`none of ${sent} messages arrived`)
  return { ...common, throughput: throughputOf(follow, cell.size), loss: { sent, received } }
}
