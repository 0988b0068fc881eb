/**
 * An agent for each next piece of work of a run: the one at hand, or another in its place once it has failed. Several may
 * find the same one dead; one other is started for all of them.
 */

import { type Agent, replaceAgent } from './agent.ts'
import type { RunId } from './residue.ts'
import type { AgentOptions, TargetCommand } from './target.ts'

export interface Relief {
  /** One that has not failed. */
  healthy(): Promise<Agent>
  /** Ends the one at hand, unless it is the first, whose end is its owner's to make. */
  close(): Promise<void>
}

export interface ReliefOptions {
  readonly target: TargetCommand['id']
  readonly run: RunId
  readonly agent?: AgentOptions
}

export function reliefOf(first: Agent, { target, run, agent: options }: ReliefOptions): Relief {
  let current = first
  let replacing: Promise<Agent> | undefined
  // Told within, so that nobody finds the dead one at hand between the end of this and the news of it.
  const replace = async () => {
    current = await replaceAgent(current, target, run, options)
    return current
  }
  return {
    async healthy() {
      if (current.failure === undefined) return current
      replacing ??= replace().finally(() => {
        replacing = undefined
      })
      return replacing
    },
    async close() {
      if (current !== first) await current.close()
    },
  }
}
