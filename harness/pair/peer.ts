/**
 * Peers over an agent: keeps the promises of `Peer` in stage.ts. A `Troupe` is all the peers of one pair; it knows which
 * deaths were part of the play and which were not.
 */

import { setTimeout as pause } from 'node:timers/promises'
import { ExpectationFailed } from '../conformance/expectation-failed.ts'
import { blameMachine } from '../conformance/machine.ts'
import type { Arg, Exit, Outcome, TraceStep } from '../model.ts'
import type { Agent } from './agent.ts'
import { AgentFailure, describeExit, PeerDied } from './failures.ts'
import type { Peer } from './stage.ts'
import type { Trace } from './trace.ts'
import type { Event } from './wire.ts'

/** How long a peer may take to be found waiting before the script is told that it did not block. */
const blockedWithinMs = 3_000

export interface Troupe {
  start(role: string): Promise<Peer>
  /** Every role that was given out. */
  readonly roles: readonly string[]
  /**
   * The first peer that died without being asked to. Its partner feels the death before anybody is told of it, so that
   * whoever has a failure to explain waits a little for the news.
   */
  unexpectedDeath(withinMs?: number): Promise<PeerDied | undefined>
  /** Ends every process of the pair; answers when they are gone. */
  end(): Promise<void>
}

interface Actor {
  readonly role: string
  pid: number
  readonly ready: Deferred<void>
  readonly gone: Deferred<Exit>
  exit?: Exit
  deathExpected: boolean
  readonly underWay: Map<TraceStep, (reason: Error) => void>
}

interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(reason: Error): void
}
function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void
  let reject!: (reason: Error) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  promise.catch(() => {}) // nobody need wait for it
  return { promise, resolve, reject }
}

export function newTroupe(agent: Agent, scope: string, trace: Trace): Troupe {
  const actors = new Map<string, Actor>()
  let over = false
  const firstDeath = deferred<void>()
  const find = (name: string) => actors.get(name.slice(scope.length + 1))

  agent.onEvent(scope, (event: Event | AgentFailure) => {
    // News that will never come must not be waited for.
    if (event instanceof AgentFailure) {
      for (const actor of actors.values()) for (const news of [actor.ready, actor.gone]) news.reject(event)
      return
    }
    const actor = find(event.peer)
    if (actor === undefined) return
    if (event.event === 'ready') {
      actor.pid = event.pid
      actor.ready.resolve()
      return
    }
    const { event: _, peer: __, ...exit } = event
    actor.exit = exit
    // What is tidied away when the play is over belongs to no story.
    if (!over) trace.happened(actor.role, describeExit(exit))
    for (const [step, reject] of actor.underWay) reject(new PeerDied(actor.role, exit, step.call))
    actor.underWay.clear()
    actor.ready.reject(new PeerDied(actor.role, exit))
    if (!actor.deathExpected) firstDeath.resolve()
    actor.gone.resolve(exit)
  })

  const enter = (role: string): Actor => {
    if (actors.has(role)) throw new Error(`the pair has a ${role} already`)
    const actor: Actor = {
      role,
      pid: 0,
      ready: deferred(),
      gone: deferred(),
      deathExpected: false,
      underWay: new Map(),
    }
    actors.set(role, actor)
    return actor
  }

  const call = (actor: Actor, name: string, args: readonly Arg[]): Promise<Outcome> => {
    if (name === 'exit') actor.deathExpected = true
    const step = trace.began(actor.role, name, args)
    const answered = new Promise<Outcome>((resolve, reject) => {
      if (actor.exit !== undefined) return reject(new PeerDied(actor.role, actor.exit, `before ${name}`))
      actor.underWay.set(step, reject)
      agent.request(`${scope}/${actor.role}`, name, ...args).then(resolve, reject)
    })
    const settled = answered.then(
      (said) => {
        const filtered = said.error === 'EPERM' && agent.info.filtered === true
        const outcome = filtered ? { ...said, filtered } : said
        actor.underWay.delete(step)
        trace.ended(step, outcome)
        return outcome
      },
      (error: unknown) => {
        actor.underWay.delete(step)
        throw error
      },
    )
    settled.catch(() => {}) // a script may leave a call that dies with its peer
    return settled
  }

  /** Asks the agent something of a peer. That the agent knows no such peer means that it has died. */
  const askOf = (actor: Actor, verb: string, ...args: readonly Arg[]): Promise<Outcome> =>
    agent.request('agent', verb, `${scope}/${actor.role}`, ...args).catch((refused: unknown) => {
      throw actor.exit === undefined ? refused : new PeerDied(actor.role, actor.exit, verb)
    })

  const peerOf = (actor: Actor): Peer => ({
    role: actor.role,
    get pid() {
      return actor.pid
    },
    call: (name, ...args) => call(actor, name, args),
    must(name, ...args) {
      const done = call(actor, name, args).then((outcome) => {
        if (outcome.error === undefined) return outcome.ret
        blameMachine(outcome, name)
        throw new ExpectationFailed(`${name} to succeed`, `it failed with ${outcome.error} (${outcome.code})`)
      })
      done.catch(() => {}) // as with a call, a script may not live to wait for it
      return done
    },
    async blocked() {
      const step = [...actor.underWay.keys()].at(-1)
      const seen = await askOf(actor, 'blocked', blockedWithinMs)
      if (seen.out?.blocked !== true) {
        const observed = step?.outcome?.error ?? step?.outcome?.ret
        throw new ExpectationFailed(
          `${step?.call ?? 'the call'} of the ${actor.role} to wait`,
          observed === undefined ? 'it was never found waiting' : `it came back with ${observed}`,
        )
      }
      if (step !== undefined) step.blocked = true
    },
    exit() {
      actor.deathExpected = true
      return actor.gone.promise
    },
    async kill() {
      actor.deathExpected = true
      trace.happened(actor.role, 'is killed')
      // One that has died by itself in the meantime is as gone as it was to be.
      await askOf(actor, 'kill').catch((error: unknown) => {
        if (!(error instanceof PeerDied)) throw error
      })
      return actor.gone.promise
    },
    async signal(name) {
      trace.happened(actor.role, `is sent ${name}`)
      await askOf(actor, 'signal', name)
    },
    async fork(role, handles) {
      const child = enter(role)
      const list = handles === undefined ? [] : [handles]
      const outcome = await call(actor, 'fork', [`${scope}/${role}`, ...list])
      if (outcome.error !== undefined)
        throw new AgentFailure(`fork failed with ${outcome.error}; no peer '${role}' was made`)
      await child.ready.promise
      return peerOf(child)
    },
    async state() {
      const { out } = await askOf(actor, 'state')
      return ((out?.process ?? {}) as { state?: string }).state ?? 'unknown'
    },
  })

  return {
    async start(role) {
      const actor = enter(role)
      trace.happened(role, 'starts')
      await agent.request('agent', 'start', `${scope}/${role}`)
      await actor.ready.promise
      return peerOf(actor)
    },
    get roles() {
      return [...actors.keys()]
    },
    async unexpectedDeath(withinMs = 0) {
      if (withinMs > 0) await Promise.race([firstDeath.promise, pause(withinMs)])
      // A script may ask for a death after the fact, by waiting for it.
      const dead = [...actors.values()].find((actor) => actor.exit !== undefined && !actor.deathExpected)
      return dead?.exit && new PeerDied(dead.role, dead.exit)
    },
    async end() {
      over = true
      for (const actor of actors.values()) actor.deathExpected = true
      if (agent.failure === undefined && actors.size > 0) await agent.request('agent', 'end', scope)
      agent.onEvent(scope, undefined)
    },
  }
}
