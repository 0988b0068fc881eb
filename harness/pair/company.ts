/**
 * All the processes of one pair, wherever they run: a troupe on each system, and one trace of what they do. Most pairs run
 * on one; where a mechanism crosses from one system to another there is an agent abroad too.
 */

import type { Os } from '../model.ts'
import type { Agent } from './agent.ts'
import type { PeerDied } from './failures.ts'
import { newTroupe } from './peer.ts'
import type { Peer } from './stage.ts'
import { tidy } from './tidy.ts'
import type { Trace } from './trace.ts'

export interface Company {
  /** At home, where no system is named. */
  start(role: string, os?: Os): Promise<Peer>
  /** The roles that were given out abroad, those of forked peers included. */
  readonly abroad: readonly string[]
  /** The first peer that died without being asked to; waits so long for the news of it. */
  unexpectedDeath(withinMs: number): Promise<PeerDied | undefined>
  /** Ends every process of the pair; answers what was wrong with that, or nothing. */
  tidy(): Promise<string | undefined>
}

export function companyOf(home: Agent, abroad: Agent | undefined, scope: string, trace: Trace): Company {
  const sides = [home, ...(abroad === undefined ? [] : [abroad])].map((agent) => ({
    agent,
    troupe: newTroupe(agent, scope, trace),
  }))
  return {
    start(role, os = home.info.os) {
      const side = sides.find(({ agent }) => agent.info.os === os)
      if (side === undefined) throw new TypeError(`the case does not say that it has a peer on ${os} too`)
      // One trace, so that a role names one process.
      if (sides.some(({ troupe }) => troupe.roles.includes(role))) throw new TypeError(`the pair has a ${role} already`)
      return side.troupe.start(role)
    },
    get abroad() {
      return sides.slice(1).flatMap(({ troupe }) => troupe.roles)
    },
    async unexpectedDeath(withinMs) {
      const deaths = await Promise.all(sides.map(({ troupe }) => troupe.unexpectedDeath(withinMs)))
      return deaths.find((death) => death !== undefined)
    },
    async tidy() {
      const wrong = await Promise.all(sides.map(({ agent, troupe }) => tidy(troupe, agent)))
      return wrong.find((sentence) => sentence !== undefined)
    },
  }
}
