/**
 * Rows of `runtime: node`: a mechanism from JavaScript, through the addon, with a native peer at the other side; or a way of
 * Node, which has Node at both.
 */

import type { Arg, Measures, Outcome } from '../../model.ts'
import { type Way, wayCalled } from '../../node-runtime/ways.ts'
import { PeerDied } from '../../pair/failures.ts'
import type { Mechanism } from '../../pair/stage.ts'
import { type Launching, mechanismCalled } from '../launcher.ts'
import { seatsOf } from '../loops.ts'
import { answered, keepAwake, needNodeHere, playNode, withAwake } from '../node-process.ts'
import { agree, askSide, commonMeasures, cpuOption, firstFailing, latencyOf, throughputOf } from '../sides.ts'
import { type Wire, wired } from '../wiring.ts'

export function node(launching: Launching): Promise<Measures> {
  const { stage, cell } = launching
  needNodeHere(stage)
  if (cell.workload !== 'pingpong' && cell.workload !== 'stream') {
    stage.unsupported(`${cell.workload} is not measured from JavaScript: pingpong and stream are`)
  }
  const way = wayCalled(cell.mechanism)
  return way === undefined ? fromJavaScript(launching) : betweenNodes(launching, way)
}

// ---------------------------------------------------------------------------------- a mechanism, with a native partner

const roles = { pingpong: 'responder', stream: 'consumer' } as const

async function fromJavaScript(launching: Launching): Promise<Measures> {
  const { stage, cell } = launching
  const passes = passesToPrograms(mechanismCalled(cell.mechanism, launching))
  if (passes.reason !== undefined) return stage.unsupported(passes.reason)
  const workload = cell.workload as keyof typeof roles
  const { producer, consumer } = await wired(launching, workload === 'pingpong' ? 'both' : 'one')
  const seats = await seatsOf(launching, producer.peer)
  const awakeBy = await keepAwake(producer.peer, launching, seats)
  const leading = playNode(
    launching,
    { parent: producer.peer, seats, descriptors: passes.byNumber ? [] : producer.handles },
    {
      way: 'transport',
      transport: { name: producer.transport, handles: bothWays(producer), options: producer.options },
    },
  ).then(({ producer: said }) => answered('producer', said, stage))
  const options: Arg[] = [['size', cell.size], ...consumer.options, ...cpuOption(seats?.consumer)]
  const following = askSide({
    name: 'consumer',
    peer: consumer.peer,
    words: [workload, roles[workload], consumer.transport, consumer.handles, options],
  })
  const [lead, follow] = await firstFailing([leading, following])
  return measuresOf(launching, withAwake(lead, awakeBy), follow)
}

const bothWays = ({ handles }: Wire): readonly [to: number, from: number] => [
  handles[0] as number,
  handles.length > 1 ? (handles[1] as number) : -1,
]

/** Whether a program that is started has what its parent opened: by inheritance, or because all the system knows it. */
function passesToPrograms({ id, kind, os, traits }: Mechanism): { byNumber?: boolean; reason?: string } {
  if (kind !== 'channel') {
    return { reason: `${id} is a ${kind}: rows of Node are of channels, whose handles a program can be given` }
  }
  if (traits.inheritance === 'system-wide') return { byNumber: true }
  if (traits.inheritance === 'descriptor') return { byNumber: false }
  const why = os === 'windows' ? 'the handles that its script opens are not inherited' : 'no program can be given it'
  return { reason: `${id} is opened by a peer, and ${why}: it cannot be measured from JavaScript` }
}

// ------------------------------------------------------------------------------------------------ Node at both sides

async function betweenNodes(launching: Launching, way: Way): Promise<Measures> {
  const { stage } = launching
  if (way.against[stage.os] === undefined) return stage.unsupported(`${way.id} is not there on ${stage.os}`)
  const parent = await stage.start('producer')
  const seats = await seatsOf(launching, parent)
  const awakeBy = await keepAwake(parent, launching, seats)
  const at = places[way.id]?.(launching)
  const { producer, consumer, died } = await playNode(
    launching,
    { parent, seats },
    { way: way.id, ...(at === undefined ? {} : { at }) },
  )
  if (died !== undefined) throw new PeerDied('consumer, a process of Node,', died)
  // Who found the other gone is not the news: what the other says is.
  const felt = ['end-of-file', 'error'].includes(String(producer.out?.because))
  if (!felt) answered('producer', producer, stage)
  if (consumer !== undefined) answered('consumer', consumer, stage)
  const lead = answered('producer', producer, stage)
  if (consumer === undefined) throw new Error('the consumer, in Node, gave no answer')
  return measuresOf(launching, withAwake(lead, awakeBy), consumer)
}

/** Where the two sides meet, for ways that have such a place. */
const places: Readonly<Record<string, (launching: Launching) => string>> = {
  'node-net-unix': ({ stage }) => stage.names.path('socket'),
  'node-net-tcp': ({ stage }) => stage.names.address('inet'),
  'node-net-pipe': ({ stage }) => stage.names.pipe('socket'),
}

function measuresOf({ cell }: Launching, lead: Outcome, follow: Outcome): Measures {
  const timed = cell.workload === 'pingpong' ? lead : follow
  const common = commonMeasures(lead, follow, timed)
  agree(common)
  return cell.workload === 'pingpong'
    ? { ...common, latency: latencyOf(lead) }
    : { ...common, throughput: throughputOf(follow, cell.size) }
}
