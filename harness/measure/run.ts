/**
 * Runs scheduled launches on one target, one after another and alone on the machine, each with fresh processes and a
 * deadline. An agent that fails is replaced, the launch that it failed under is `broken`, and the run goes on.
 */

import { stageOf } from '../conformance/stage.ts'
import { moment, stealShare } from '../environment/steal.ts'
import type { LaunchRecord, Measures, Out, TargetId } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { PeerDied, Unsupported } from '../pair/failures.ts'
import { type Limits, limited } from '../pair/limits.ts'
import { newTroupe } from '../pair/peer.ts'
import { reliefOf } from '../pair/relief.ts'
import type { RunId } from '../pair/residue.ts'
import { freshScope } from '../pair/scope.ts'
import type { Mechanism } from '../pair/stage.ts'
import type { AgentOptions } from '../pair/target.ts'
import { tidy } from '../pair/tidy.ts'
import { newTrace } from '../pair/trace.ts'
import { type Budget, timeFor } from './budget.ts'
import { launch } from './launch.ts'
import type { Scheduled } from './schedule.ts'
import { Voided } from './sides.ts'

export interface BenchOptions {
  readonly target: TargetId
  readonly run: RunId
  readonly budget: Budget
  readonly mechanisms: readonly Mechanism[]
  /** What a launch may take beyond what its budget says before it counts as hung. */
  readonly deadlineMs: number
  readonly agent?: AgentOptions
  /** Holds every message up by so many nanoseconds, to see whether that is seen. */
  readonly injectNs?: number
  readonly onStart?: (scheduled: Scheduled) => void
  readonly onRecord: (record: LaunchRecord) => void
  /** No launch begins any more once it is so; the one under way goes to its end. */
  readonly enough?: () => boolean
  /** Stops taking new launches when aborted, and ends the one under way. */
  readonly signal?: AbortSignal
}

/** The first agent is handed over, so that whoever plans has asked it what it is. */
export async function runLaunches(launches: readonly Scheduled[], first: Agent, options: BenchOptions): Promise<void> {
  const agents = reliefOf(first, options)
  try {
    for (const scheduled of launches) {
      if (options.signal?.aborted || options.enough?.()) break
      const agent = await agents.healthy()
      options.onStart?.(scheduled)
      const record = await runLaunch(scheduled, agent, freshScope('launch'), options)
      if (!options.signal?.aborted) options.onRecord(record)
    }
  } finally {
    await agents.close()
  }
}

type Ending = Pick<LaunchRecord, 'verdict' | 'message' | 'measures'>

/** One launch, from fresh processes to none. */
export async function runLaunch(
  { cell, round }: Scheduled,
  agent: Agent,
  scope: string,
  options: BenchOptions,
): Promise<LaunchRecord> {
  const troupe = newTroupe(agent, scope, newTrace())
  const findings: Record<string, Out> = {}
  const stage = stageOf({ agent, troupe, scope, findings })
  const began = performance.now()
  const before = moment()
  const budget = timeFor(cell.workload, options.budget)
  const measured = launch({ stage, cell, budget, mechanisms: options.mechanisms, ...injected(options) })
  const played = measured.then(
    (measures): Ending => ({ verdict: 'ok', measures: withSteal(measures, before) }),
    endingOf,
  )
  const ending = await limited(played, limitsOf(budget, options))
  const untidy = await tidy(troupe, agent)
  return {
    type: 'launch',
    cell,
    target: options.target,
    os: agent.info.os,
    round,
    ...(untidy === undefined ? ending : { verdict: 'broken' as const, message: untidy }),
    ...(Object.keys(findings).length > 0 ? { findings } : {}),
    ms: performance.now() - began,
  }
}

const injected = ({ injectNs }: BenchOptions) => (injectNs === undefined ? {} : { injectNs })

/** What a thrown error means. Whatever is not known to be the mechanism's or the machine's is our own fault. */
function endingOf(error: unknown): Ending {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Voided) return { verdict: 'void', message }
  if (error instanceof Unsupported) return { verdict: 'unsupported', message }
  if (error instanceof PeerDied) return { verdict: 'crash', message }
  return { verdict: 'broken', message }
}

function withSteal(measures: Measures, before: ReturnType<typeof moment>): Measures {
  const steal = stealShare(before, moment())
  return steal === undefined ? measures : { ...measures, steal }
}

/** A warm-up may take twice its time, and so may what is measured when the machine is slower by then. */
const slack = 4
function limitsOf(budget: Budget, { deadlineMs: beyond, signal }: BenchOptions): Limits<Ending> {
  const deadlineMs = beyond + slack * (budget.warmupMs + budget.measureMs)
  const message = `the launch did not end within ${(deadlineMs / 1000).toFixed(1)} s`
  return { deadlineMs, late: { verdict: 'hang', message }, signal }
}
