/** What other figures are read against: loops that need no mechanism, of one process or of two with memory in common. */

import type { Arg, Measures, SideCost } from '../../model.ts'
import type { Peer } from '../../pair/stage.ts'
import { type Baseline, baselineCalled } from '../baselines.ts'
import { batches } from '../budget.ts'
import { commonMemory } from '../common-memory.ts'
import type { Launching } from '../launcher.ts'
import { paceOptions, seatsOf } from '../loops.ts'
import {
  agree,
  askBoth,
  askSide,
  awakeOption,
  commonMeasures,
  cpuOption,
  latencyOf,
  type Side,
  throughputOf,
} from '../sides.ts'

export async function baseline(launching: Launching): Promise<Measures> {
  const { cell, stage } = launching
  const wanted = baselineCalled(cell.mechanism)
  if (wanted === undefined) throw new Error(`no baseline is called '${cell.mechanism}'`)
  const isOneCore = cell.placement === 'same-core'
  if (wanted.cores === 'two' && isOneCore) stage.unsupported(`${wanted.id} is what two cores do, and this is one`)
  if (wanted.cores === 'one' && !isOneCore) stage.unsupported(`${wanted.id} is what one core does, not two`)
  return wanted.roles === 'alone' ? alone(launching, wanted) : together(launching, wanted, wanted.roles)
}

/** Nothing travels in most of them, and they are told of no size. */
const sizeOption = ({ cell }: Launching, { unit }: Baseline): Arg[] => (unit === undefined ? [] : [['size', cell.size]])

/** The other side, where there is none. */
export const nobody: SideCost = {
  messages: 0,
  bytes: 0,
  checksum: '',
  syscalls: 0,
  usage: { userNs: 0, systemNs: 0, voluntarySwitches: 0, involuntarySwitches: 0, minorFaults: 0, maxRssKib: 0 },
}

async function alone(launching: Launching, wanted: Baseline): Promise<Measures> {
  const { stage, cell } = launching
  const peer = await stage.start('producer')
  const seats = await seatsOf(launching, peer)
  const options = [
    ...sizeOption(launching, wanted),
    ...paceOptions(launching),
    ['batches', batches],
    ...cpuOption(seats?.producer),
  ]
  const said = await askSide({ name: 'producer', peer, words: ['baseline', wanted.id, 'alone', [], options] })
  return { ...commonMeasures(said, said, said), consumer: nobody, throughput: throughputOf(said, cell.size) }
}

/** Room for what is under way, and for a board before it: native/workloads/baseline_across.h. */
const roomFor = (size: number): number => 1_048_576 + 2 * Math.ceil(size / 4096) * 4096

async function together(
  launching: Launching,
  wanted: Baseline,
  roles: { readonly lead: string; readonly follow: string },
): Promise<Measures> {
  const { stage, cell } = launching
  const producer = await stage.start('producer')
  const consumer = await stage.start('consumer')
  const [at, other] = (await commonMemory(stage, [producer, consumer], roomFor(cell.size))) as [number, number]
  const seats = await seatsOf(launching, producer)
  const wakers = wakerNames(launching)
  const side = async (peer: Peer, role: string, address: number, own: readonly Arg[]): Promise<Side> => ({
    name: peer.role,
    peer,
    words: [
      ...(['baseline', wanted.id, role] as const),
      [address, ...(await Promise.all(wakers.map((name) => wakerIn(peer, name))))],
      [...sizeOption(launching, wanted), ...own],
    ],
  })
  const pace = [...paceOptions(launching), ...(roles.lead === 'producer' ? [['batches', batches]] : [])]
  const [lead, follow] = await askBoth(
    await side(producer, roles.lead, at, [...pace, ...awakeOption(cell, seats), ...cpuOption(seats?.producer)]),
    await side(consumer, roles.follow, other, cpuOption(seats?.consumer)),
  )
  const isStream = roles.lead === 'producer'
  const common = commonMeasures(lead, follow, isStream ? follow : lead)
  agree(common)
  return isStream ? { ...common, throughput: throughputOf(follow, cell.size) } : { ...common, latency: latencyOf(lead) }
}

/** Where common memory is not enough to wake somebody: the names of what wakes the side that follows, and the other. */
const wakerNames = ({ cell, stage }: Launching): string[] =>
  cell.mechanism === 'wake-up' && stage.os === 'windows' ? ['there', 'back'].map(stage.names.object) : []

/** An event that resets itself. Whoever comes second gets a handle too, and is told that it is there already. */
const wakerIn = async (peer: Peer, name: string): Promise<number> =>
  (await peer.call('CreateEvent', 'FALSE', 'FALSE', name)).ret
