/**
 * The targets that a command line names, and their agents. An agent that cannot be had ends the verb; one that was
 * started is always closed again.
 */

import { faults } from '../../suites/faults.ts'
import { hostOs } from '../environment/host.ts'
import type { Os, TargetId } from '../model.ts'
import { suggestion } from '../nearest.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import type { RunId } from '../pair/residue.ts'
import { type AgentOptions, isTargetId } from '../pair/target.ts'
import { usage } from './failures.ts'
import { saying } from './progress.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

export const targetOptions: Options = {
  target: { says: 'where peers run: native, wine, or exec:COMMAND that starts the agent', value: 'TARGET', many: true },
  agent: { says: 'another agent than the one built here', value: 'FILE' },
  fault: { says: 'break calls on purpose, in the test build of the agent', value: 'NAME|SPEC', many: true },
}

/** The targets that are named, or else those that a verb takes by itself. */
export function targetsOf(words: Words, otherwise: () => readonly TargetId[] = () => ['native']): readonly TargetId[] {
  const given = [...new Set(words.texts('target'))].map(targetOf)
  const targets = given.length > 0 ? given : otherwise()
  if (words.text('agent') === undefined || targets.length < 2) return targets
  throw usage(`--agent is one agent, and here are several targets, ${targets.join(' and ')}; name one with --target.`)
}

export function targetOf(text: string): TargetId {
  if (text === 'wine' && hostOs === 'windows') throw usage("target wine is for Linux; here 'native' is Windows itself.")
  if (isTargetId(text)) return text
  if (text.startsWith('exec:')) throw usage(`target '${text}' lacks the command, as in 'exec:ip netns exec a'.`)
  const near = suggestion(text, ['native', 'wine', 'exec:'])
  throw usage(`there is no target '${text}'${near || '; there are native, wine and exec:COMMAND.'}`)
}

/** How the agent of a target is to be started; by its place among the targets, where one is named twice. */
export type AgentOptionsOf = (target: TargetId, place?: number) => AgentOptions

export function agentOptionsOf(words: Words, targets: readonly TargetId[]): AgentOptionsOf {
  const agent = words.text('agent')
  const given = words.texts('fault')
  const systems = targets.map(systemOf)
  return (target) => ({
    ...(agent === undefined ? {} : { agent }),
    faults: given.flatMap((text) => faultSpecs(text, systemOf(target), systems)),
  })
}

export const systemOf = (target: TargetId): Os => (target === 'wine' ? 'windows' : hostOs)

/** A fault by its name, or as the agent takes it: `KIND:CALL[,CALL…][:DETAIL]`. */
export function faultSpecs(text: string, os: Os, systems: readonly Os[]): readonly string[] {
  const named = faults[os].find((fault) => fault.id === text)
  if (named !== undefined) return named.specs
  if (text.includes(':')) return [text]
  // What can only be wrong with the one system leaves the other in health.
  if (systems.some((other) => faults[other].some((fault) => fault.id === text))) return []
  const names = faults[os].map((fault) => fault.id)
  const near = suggestion(text, names)
  throw usage(`there is no fault '${text}' for ${os}${near || "; 'ipcmark list --faults' shows what there is."}`)
}

/** Starts the agents of all targets; when one cannot be had, the others are closed. */
export async function startAgents(
  targets: readonly TargetId[],
  run: RunId,
  optionsOf: AgentOptionsOf,
  signal: AbortSignal,
): Promise<Agent[]> {
  const agents: Agent[] = []
  try {
    for (const [place, target] of targets.entries()) {
      const starting = startAgent(target, run, { ...optionsOf(target, place), signal })
      agents.push(await saying(process.stderr, `starting the agent of ${target} …`, starting))
    }
    return agents
  } catch (error) {
    await closeAgents(agents)
    throw error
  }
}

export async function closeAgents(agents: readonly Agent[]): Promise<void> {
  await Promise.all(agents.map((agent) => agent.close()))
}
