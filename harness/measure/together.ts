/**
 * Several links between the same two processes, each opened by its mechanism's own script: a channel for each direction, a
 * ring in memory with the bells that wake its sides. In a link that is `exchanged` the pair's consumer is the producer.
 *
 * A script makes its first process, does what has to be done before there is another, and then has that other one: it starts
 * it, or forks it. There every script waits for the others. The second process is made once: by fork where any script
 * forks, so that it inherits what all of them have prepared, and started where they all meet as strangers. Then each script
 * goes on. What an exchanged script does as a process that is not there yet happens in the first one, and is inherited.
 */

import type { Grip, LinkOf, Peer, Stage } from '../pair/stage.ts'

export interface Asked {
  readonly mechanism: { readonly id: string; open(stage: Stage): Promise<LinkOf<Grip>> }
  readonly exchanged?: boolean
}

export type LinksOf<A extends readonly Asked[]> = {
  readonly [I in keyof A]: Awaited<ReturnType<A[I]['mechanism']['open']>>
}

export async function openTogether<const A extends readonly Asked[]>(stage: Stage, asked: A): Promise<LinksOf<A>> {
  const pair = newPair(stage)
  const openings: Opening[] = []
  for (const one of asked) openings.push(await begin(one, pair))
  await pair.complete()
  const links: LinkOf<Grip>[] = []
  for (const { goOn, link } of openings) {
    goOn()
    links.push(await link)
  }
  return links as LinksOf<A>
}

const roles = ['producer', 'consumer'] as const
type Role = (typeof roles)[number]
const isRole = (role: string): role is Role => roles.some((one) => one === role)
const otherThan = (role: Role): Role => (role === 'producer' ? 'consumer' : 'producer')

// ---------------------------------------------------------------------------------------------------- the two processes

interface Pair {
  readonly stage: Stage
  /** The process of that role, once there is one of either. */
  get(role: Role): Promise<Peer>
  /** The process of that role, or the one that acts for it until there is one. */
  acting(role: Role): Peer
  /** Says that the second one has to be a child of the first. */
  fork(): void
  complete(): Promise<void>
}

function newPair(stage: Stage): Pair {
  const peers: Partial<Record<Role, Peer>> = {}
  let first: { readonly role: Role; readonly peer: Peer } | undefined
  let forked = false
  let actedForSecond = false
  const acting = (role: Role): Peer => {
    const peer = peers[role]
    if (peer !== undefined) return peer
    if (first === undefined) throw new Error('a script acts before it has started a process')
    actedForSecond = true
    return first.peer
  }
  return {
    stage,
    acting,
    async get(role) {
      if (first === undefined) {
        first = { role, peer: await stage.start(role) }
        peers[role] = first.peer
      }
      return peers[role] ?? first.peer
    },
    fork() {
      forked = true
    },
    async complete() {
      if (first === undefined) return
      const role = otherThan(first.role)
      if (actedForSecond && !forked) {
        throw new Error(`a script acts as the ${role} before there is one, which is then started and inherits nothing`)
      }
      peers[role] = await (forked ? first.peer.fork(role) : stage.start(role))
    },
  }
}

// ------------------------------------------------------------------------------------------------------------- a script

interface Opening {
  readonly link: Promise<LinkOf<Grip>>
  /** Has the script go on, now that there are two. */
  goOn(): void
}

/** A script up to where it needs the second process. */
async function begin({ mechanism, exchanged = false }: Asked, pair: Pair): Promise<Opening> {
  let goOn!: () => void
  const complete = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let arrived!: () => void
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const untilThereAreTwo = () => {
    arrived()
    return complete
  }
  const link = mechanism.open(stageFor(pair, exchanged, untilThereAreTwo))
  const finished = link.then(() => {
    throw new Error(`${mechanism.id} was opened by one process alone`)
  })
  await Promise.race([arrival, finished])
  finished.catch(() => {}) // it does finish: after it has arrived
  return { link, goOn }
}

function stageFor(pair: Pair, exchanged: boolean, untilThereAreTwo: () => Promise<void>): Stage {
  let begun: Promise<Peer> | undefined
  return {
    ...pair.stage,
    async start(name, os) {
      if (!isRole(name)) return pair.stage.start(name, os)
      const role = exchanged ? otherThan(name) : name
      if (begun !== undefined) {
        await begun
        await untilThereAreTwo()
      }
      begun ??= pair.get(role)
      await begun
      return standIn(pair, role, untilThereAreTwo)
    },
  }
}

/** Whoever has the role when it is asked for something. */
function standIn(pair: Pair, role: Role, untilThereAreTwo: () => Promise<void>): Peer {
  const now = () => pair.acting(role)
  return {
    get role() {
      return now().role
    },
    get pid() {
      return now().pid
    },
    call: (...words) => now().call(...words),
    must: (...words) => now().must(...words),
    blocked: () => now().blocked(),
    exit: () => now().exit(),
    kill: () => now().kill(),
    signal: (name) => now().signal(name),
    state: () => now().state(),
    async fork(name, handles) {
      if (!isRole(name)) return now().fork(name, handles)
      pair.fork()
      await untilThereAreTwo()
      return standIn(pair, otherThan(role), untilThereAreTwo)
    },
  }
}
