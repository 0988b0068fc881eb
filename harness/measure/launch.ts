/**
 * One launch: a fresh pair of processes measures one cell once. The link is opened by the mechanism's own script, the
 * timed loops run in the peers, and what both say is put together.
 */

import type { Measures, Workload } from '../model.ts'
import type { Launcher, Launching } from './launcher.ts'
import { unsuited } from './suited.ts'
import { baseline } from './workloads/baseline.ts'
import { fan } from './workloads/fan.ts'
import { handoff } from './workloads/handoff.ts'
import { lifecycle } from './workloads/lifecycle.ts'
import { node } from './workloads/node.ts'
import { openloop } from './workloads/openloop.ts'
import { pingpong } from './workloads/pingpong.ts'
import { stream } from './workloads/stream.ts'

const launchers: { readonly [W in Workload]?: Launcher } = {
  baseline,
  lifecycle,
  fan,
  handoff,
  openloop,
  pingpong,
  stream,
}

export async function launch(launching: Launching): Promise<Measures> {
  const { stage, cell, mechanisms } = launching
  const mechanism = mechanisms.find(({ id }) => id === cell.mechanism)
  const reason = mechanism && unsuited(mechanism, cell)
  if (reason !== undefined) return stage.unsupported(reason)
  const launcher = cell.runtime === 'node' ? node : launchers[cell.workload]
  if (launcher === undefined) throw new Error(`the workload '${cell.workload}' has no launcher`)
  return launcher(launching)
}
