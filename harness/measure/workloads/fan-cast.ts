/**
 * Who plays in a fan, and on which ends. Where a mechanism lets several processes send to one end, or take from one, the
 * further ones are forked from the first and have what it has. Where it connects two at a time there is a link for each of
 * the many, opened by the mechanism's own script, and the one that faces them has all their ends.
 */

import type { Shape } from '../../model.ts'
import type { Mechanism, Peer, Stage } from '../../pair/stage.ts'
import { type Launching, mechanismCalled } from '../launcher.ts'
import { type Wire, type Wiring, wired } from '../wiring.ts'

export interface Cast {
  readonly producers: readonly Wire[]
  readonly consumers: readonly Wire[]
  /** Whether several consumers take from one end. */
  readonly shared: boolean
}

export function castOf(shape: Shape, peers: number, launching: Launching): Promise<Cast> {
  if (peers === 1 || shape === 'side-by-side') return sideBySide(peers, launching)
  return sharesEnds(mechanismCalled(launching.cell.mechanism, launching), launching.cell.size)
    ? aroundOneLink(shape, peers, launching)
    : aLinkForEach(shape, peers, launching)
}

/** Whether sends of that size stay whole when several processes send to one end, of a mechanism that connects no two. */
export function sharesEnds(mechanism: Mechanism, size: number): boolean {
  if (mechanism.kind !== 'channel') return mechanism.kind === 'memory'
  const { atomicity, flow, peerGone } = mechanism.traits
  const whole = atomicity.is === 'every-send' || (atomicity.is === 'up-to' && size <= atomicity.bytes)
  return whole && (flow.is !== 'duplex' || peerGone === 'never-told')
}

// -------------------------------------------------------------------------------------------------------------- shapes

async function sideBySide(peers: number, launching: Launching): Promise<Cast> {
  const links: Wiring[] = []
  for (const k of upTo(peers)) links.push(await wired({ ...launching, stage: stageOfPair(launching.stage, k) }, 'one'))
  return together(links)
}

async function aroundOneLink(shape: Shape, peers: number, launching: Launching): Promise<Cast> {
  if (shape === 'one-to-many' && launching.cell.method !== undefined) {
    launching.stage.unsupported(
      'of several that take from one end, one that takes many messages at once may take what tells another that it ends',
    )
  }
  const mechanism = mechanismCalled(launching.cell.mechanism, launching)
  const wiring = await wired(launching, 'one')
  const { producer, consumer } = mechanism.kind === 'memory' ? ringOfMany(shape, wiring, launching) : wiring
  const first = shape === 'many-to-one' ? producer : consumer
  const many = [first]
  for (const k of upTo(peers).slice(1)) many.push({ ...first, peer: await first.peer.fork(nameOf(first.peer.role, k)) })
  return shape === 'many-to-one'
    ? { producers: many, consumers: [consumer], shared: false }
    : { producers: [producer], consumers: many, shared: true }
}

/** In shared memory there is a ring for many producers. */
function ringOfMany(shape: Shape, { producer, consumer }: Wiring, { stage, cell }: Launching): Wiring {
  if (shape === 'one-to-many') stage.unsupported('a ring in shared memory has one consumer: lay pairs side by side')
  if (cell.transfer === 'loan' || cell.method !== undefined) {
    stage.unsupported('a ring of many producers copies its messages, and publishes each by itself')
  }
  if (stage.os === 'windows') {
    stage.unsupported('a further producer would have to map the memory anew: Windows passes on no mapping')
  }
  const transport = 'ring-mp'
  return { producer: { ...producer, transport }, consumer: { ...consumer, transport } }
}

async function aLinkForEach(shape: Shape, peers: number, launching: Launching): Promise<Cast> {
  const mechanism = mechanismCalled(launching.cell.mechanism, launching)
  const { stage } = launching
  if (shape === 'many-to-one' && !(mechanism.kind === 'channel' && mechanism.traits.readiness.is === 'poll')) {
    stage.unsupported(`a process cannot wait for several links of ${mechanism.id} at once`)
  }
  if (shape === 'many-to-one' && launching.cell.method !== undefined) {
    stage.unsupported('what one call has taken from a link beforehand is not seen by a process that waits for several')
  }
  const open = stageOfMany(stage, shape === 'many-to-one' ? 'consumer' : 'producer', mechanism.id)
  const links: Wiring[] = []
  for (const k of upTo(peers)) links.push(await wired({ ...launching, stage: open(k) }, 'one'))
  const { producers, consumers } = together(links)
  return shape === 'many-to-one'
    ? { producers, consumers: [withAllEnds(consumers)], shared: false }
    : { producers: [withAllEnds(producers)], consumers, shared: false }
}

const together = (links: readonly Wiring[]): Cast => ({
  producers: links.map(({ producer }) => producer),
  consumers: links.map(({ consumer }) => consumer),
  shared: false,
})

function withAllEnds(wires: readonly Wire[]): Wire {
  const [first] = wires
  if (first === undefined) throw new Error('a fan has no links')
  return { ...first, handles: wires.flatMap(({ handles }) => handles) }
}

// -------------------------------------------------------------------------------------------------------------- stages

const upTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k)

/** The first of a kind goes by the plain name of its role. */
const nameOf = (role: string, k: number): string => (k === 0 ? role : `${role}-${k + 1}`)

/** Where the script of the k-th pair opens its link. */
function stageOfPair(stage: Stage, k: number): Stage {
  const named = (peer: Peer): Peer => ({
    ...peer,
    fork: async (role, handles) => named(await peer.fork(nameOf(role, k), handles)),
  })
  return { ...stage, start: async (role, os) => named(await stage.start(nameOf(role, k), os)) }
}

/** Where one process is in every link: it is started for the first, and is there for the others. */
function stageOfMany(stage: Stage, shared: 'producer' | 'consumer', id: string): (k: number) => Stage {
  const cannotFork = (peer: Peer): Peer => ({
    ...peer,
    fork: () =>
      stage.unsupported(
        `the ends of ${id} are inherited over fork(), and the ${shared} cannot be the child of several`,
      ),
  })
  let one: Peer | undefined
  return (k) => ({
    ...stage,
    async start(role, os) {
      if (role !== shared) return cannotFork(await stage.start(nameOf(role, k), os))
      one ??= cannotFork(await stage.start(role, os))
      return one
    },
  })
}
