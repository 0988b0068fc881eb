/**
 * Ends the processes of a pair when its play is over. An agent that does not manage that in time is ended itself, and all
 * of its processes with it: nothing that an agent leaves undone may keep a run from going on.
 */

import type { Agent } from './agent.ts'
import { AgentFailure } from './failures.ts'
import type { Troupe } from './peer.ts'

const withinMs = 10_000

/** Answers what was wrong, or nothing. An agent that has failed before is known to have. */
export async function tidy(troupe: Troupe, agent: Agent): Promise<string | undefined> {
  let closed: Promise<void> | undefined
  const late = setTimeout(() => {
    closed = agent.close()
  }, withinMs)
  try {
    await troupe.end()
  } catch (error) {
    if (!(error instanceof AgentFailure)) throw error
  } finally {
    clearTimeout(late)
  }
  if (closed === undefined) return undefined
  await closed
  return `the agent did not end the processes of the pair within ${withinMs / 1000} s`
}
