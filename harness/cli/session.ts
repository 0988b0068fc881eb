/**
 * What every verb that starts processes stands in: a name for the run, the agents of its targets, and signals. However
 * the body ends, by its last line, by a throw or by Ctrl-C, the agents are closed and what the run left is swept.
 */

import type { Os, TargetId } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { AgentFailure } from '../pair/failures.ts'
import { makeRunId, type RunId, sweepRun } from '../pair/residue.ts'
import { watchSignals } from './interruption.ts'
import { type AgentOptionsOf, closeAgents, startAgents } from './targets.ts'

export interface Session {
  readonly run: RunId
  readonly agents: readonly Agent[]
  readonly systems: readonly Os[]
  /** Aborted when the run has to end early. */
  readonly signal: AbortSignal
}

export async function inSession(
  targets: readonly TargetId[],
  optionsOf: AgentOptionsOf,
  body: (session: Session) => Promise<number>,
): Promise<number> {
  const interruption = watchSignals((sentence) => process.stderr.write(`\nipcmark: ${sentence}\n`))
  const { signal } = interruption
  try {
    const exitCode = await play(targets, optionsOf, signal, body)
    return interruption.exitCode ?? exitCode
  } catch (error) {
    // An agent that was given up because of the signal is no news.
    if (interruption.exitCode !== undefined && error instanceof AgentFailure) return interruption.exitCode
    throw error
  } finally {
    interruption.release()
  }
}

async function play(
  targets: readonly TargetId[],
  optionsOf: AgentOptionsOf,
  signal: AbortSignal,
  body: (session: Session) => Promise<number>,
): Promise<number> {
  const run = makeRunId()
  let agents: readonly Agent[] = []
  try {
    agents = await startAgents(targets, run, optionsOf, signal)
    return await body({ run, agents, systems: agents.map((agent) => agent.info.os), signal })
  } finally {
    await closeAgents(agents)
    sweepRun(run)
  }
}
