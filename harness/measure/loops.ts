/** Plays a loop that leads and one that follows, each on its wire, where the cell wants them to run. */

import type { Arg, Outcome } from '../model.ts'
import type { Peer } from '../pair/stage.ts'
import type { Launching } from './launcher.ts'
import { type Seats, seatsFor, topologyOf } from './placement.ts'
import { askBoth, awakeOption, cpuOption, type Side } from './sides.ts'
import type { Wire, Wiring } from './wiring.ts'

/** Where the two sides run, by what their own system says of its processors. */
export async function seatsOf({ stage, cell }: Launching, peer: Peer): Promise<Seats> {
  const seats = seatsFor(cell.placement, topologyOf(await peer.call('topology')))
  return typeof seats === 'string' ? stage.unsupported(seats) : seats
}

/** How long the side that leads warms up and measures. */
export const paceOptions = ({ budget, injectNs }: Launching): Arg[] => [
  ['warmup-ms', budget.warmupMs],
  ['measure-ms', budget.measureMs],
  ...(injectNs === undefined ? [] : [['inject-ns', injectNs] as const]),
]

/** `more` is for the side that leads. */
export async function playLoops(
  launching: Launching,
  { producer, consumer }: Wiring,
  roles: { readonly lead: string; readonly follow: string },
  more: readonly Arg[] = [],
): Promise<[lead: Outcome, follow: Outcome]> {
  const { cell } = launching
  const seats = await seatsOf(launching, producer.peer)
  const size = cell.size === 0 ? [] : [['size', cell.size]]
  const side = (
    name: string,
    { peer, transport, handles, options }: Wire,
    role: string,
    own: readonly Arg[],
  ): Side => ({
    name,
    peer,
    words: [cell.workload, role, transport, handles, [...size, ...options, ...own]],
  })
  return askBoth(
    side('producer', producer, roles.lead, [
      ...paceOptions(launching),
      ...awakeOption(cell, seats),
      ...cpuOption(seats?.producer),
      ...more,
    ]),
    side('consumer', consumer, roles.follow, cpuOption(seats?.consumer)),
  )
}
