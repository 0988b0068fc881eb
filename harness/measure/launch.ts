/**
 * One launch: a fresh pair of processes measures one cell once. The link is opened by the mechanism's own script, the
 * timed loops run in the peers, and what both say is put together.
 */

import type { Cell, Measures, Workload } from '../model.ts'
import type { Mechanism } from '../pair/stage.ts'
import type { Launcher, Launching } from './launcher.ts'
import { pingpong } from './workloads/pingpong.ts'
import { stream } from './workloads/stream.ts'

const launchers: { readonly [W in Workload]?: Launcher } = { pingpong, stream }

/** Why a mechanism of a system cannot measure a cell, whatever the machine; nothing when it can. */
export function unsuited(mechanism: Mechanism, cell: Cell): string | undefined {
  if (mechanism.kind !== 'channel') return undefined
  const { maxMessage } = mechanism.traits
  if (maxMessage.is === 'split-beyond' && cell.size > maxMessage.bytes) {
    return `${mechanism.id} carries at most ${maxMessage.bytes} bytes as one message, not ${cell.size}`
  }
  return undefined
}

export async function launch(launching: Launching): Promise<Measures> {
  const { stage, cell, mechanisms } = launching
  const mechanism = mechanisms.find(({ id }) => id === cell.mechanism)
  const reason = mechanism && unsuited(mechanism, cell)
  if (reason !== undefined) return stage.unsupported(reason)
  const launcher = launchers[cell.workload]
  if (launcher === undefined) throw new Error(`the workload '${cell.workload}' has no launcher`)
  return launcher(launching)
}
