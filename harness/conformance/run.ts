/**
 * Runs planned cases on one target, several at a time, each with fresh processes and a deadline. An agent that fails is
 * replaced, the case that it failed under is `broken`, and the run goes on.
 */

import type { CaseRecord, Deviation, Out, TargetId } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { limited } from '../pair/limits.ts'
import { newTroupe } from '../pair/peer.ts'
import { reliefOf } from '../pair/relief.ts'
import type { RunId } from '../pair/residue.ts'
import { freshScope } from '../pair/scope.ts'
import type { GenericStage, Link, Opening, SpecificStage } from '../pair/stage.ts'
import type { AgentOptions } from '../pair/target.ts'
import { tidy } from '../pair/tidy.ts'
import { newTrace } from '../pair/trace.ts'
import type { Planned } from './plan.ts'
import { stageOf } from './stage.ts'
import { type Judgement, judge, standingOf } from './verdict.ts'

export interface CheckOptions {
  readonly target: TargetId
  readonly run: RunId
  readonly jobs: number
  readonly deadlineMs: number
  readonly agent?: AgentOptions
  readonly deviations: ReadonlyMap<string, Deviation>
  /** Told before each case, and given each record as it ends. */
  readonly onStart?: (planned: Planned) => void
  readonly onRecord: (record: CaseRecord) => void
  /** Stops taking new cases when aborted, and ends the ones under way. */
  readonly signal?: AbortSignal
}

/** Runs every case once. The first agent is handed over, so that whoever plans has asked it what it is. */
export async function runCases(cases: readonly Planned[], first: Agent, options: CheckOptions): Promise<void> {
  const agents = reliefOf(first, options)
  let next = 0
  const stopped = () => options.signal?.aborted === true
  const worker = async () => {
    while (next < cases.length && !stopped()) {
      const planned = cases[next++] as Planned
      options.onStart?.(planned)
      const record = await runCase(planned, await agents.healthy(), freshScope('case'), options)
      if (!stopped()) options.onRecord(record)
    }
  }
  const stop = (reason: unknown) => {
    next = cases.length
    throw reason
  }
  const workers = Array.from({ length: Math.max(1, options.jobs) }, () => worker().catch(stop))
  const ends = await Promise.allSettled(workers)
  await agents.close()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** How long the death of one side may take to be known after the other has felt it. */
const deathKnownWithinMs = 100

/** One case, from fresh processes to none. */
export async function runCase(
  planned: Planned,
  agent: Agent,
  scope: string,
  options: CheckOptions,
): Promise<CaseRecord> {
  const trace = newTrace()
  const findings: Record<string, Out> = {}
  const troupe = newTroupe(agent, scope, trace)
  const stage = stageOf({ agent, troupe, scope, findings })
  const began = performance.now()
  const played = play(planned, stage)
  const judged = played.then((): Judgement => ({ verdict: planned.observes ? 'observed' : 'pass' }), judge)
  const judgement = await limited(judged, {
    deadlineMs: options.deadlineMs,
    late: hungFor(options.deadlineMs / 1000),
    signal: options.signal,
  })
  const death = await troupe.unexpectedDeath(judgement.verdict === 'fail' ? deathKnownWithinMs : 0)
  const untidy = await tidy(troupe, agent)
  const final = untidy === undefined ? settle(judgement, death) : { verdict: 'broken' as const, message: untidy }
  const deviation = options.deviations.get(planned.id)
  return {
    type: 'case',
    id: planned.id,
    mechanism: planned.mechanism.id,
    target: options.target,
    os: planned.mechanism.os,
    theme: planned.theme,
    core: planned.core,
    says: planned.says,
    cites: planned.cites,
    ...final,
    standing: standingOf(final.verdict, deviation),
    ...(Object.keys(findings).length > 0 ? { findings } : {}),
    ...(deviation === undefined ? {} : { deviation }),
    trace: trace.steps,
    ms: performance.now() - began,
  }
}

/** A death that nobody asked for outweighs what the script made of it. */
function settle(judgement: Judgement, death: Error | undefined): Judgement {
  if (death === undefined || judgement.verdict === 'hang' || judgement.verdict === 'broken') return judgement
  return { verdict: 'crash', message: death.message, observed: death.message }
}

async function play(planned: Planned, stage: ReturnType<typeof stageOf>): Promise<void> {
  await stage.need(...planned.needs)
  const open = (how?: Opening): Promise<Link> => planned.mechanism.open(stage, how)
  if (planned.kind === 'specific') {
    const own: SpecificStage = { ...stage, open }
    return planned.claim.run(own)
  }
  const generic: GenericStage = { ...stage, open, mechanism: planned.mechanism, traits: planned.mechanism.traits }
  return planned.claim.run(generic)
}

const hungFor = (seconds: number): Judgement => ({
  verdict: 'hang',
  message: `the case did not end within ${seconds} s`,
  observed: `no end within ${seconds} s`,
})
