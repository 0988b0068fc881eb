/** One way, as fast as it goes; the rate is the consumer's. What may lose messages has loops of its own. */

import type { Measures } from '../../model.ts'
import { batches } from '../budget.ts'
import { type Launching, mechanismCalled } from '../launcher.ts'
import { playLoops } from '../loops.ts'
import { agree, commonMeasures, throughputOf } from '../sides.ts'
import { wired } from '../wiring.ts'
import { copies, isCopiedOut } from './copies.ts'
import { lossyStream, mayLose } from './lossy-stream.ts'

export async function stream(launching: Launching): Promise<Measures> {
  const mechanism = mechanismCalled(launching.cell.mechanism, launching)
  if (mayLose(mechanism)) return lossyStream(launching)
  if (mechanism.kind === 'memory' && isCopiedOut(mechanism)) return copies(launching, mechanism)
  const wiring = await wired(launching, 'one')
  const roles = { lead: 'producer', follow: 'consumer' }
  const [lead, follow] = await playLoops(launching, wiring, roles, [['batches', batches]])
  const common = commonMeasures(lead, follow, follow)
  agree(common)
  return { ...common, throughput: throughputOf(follow, launching.cell.size) }
}
