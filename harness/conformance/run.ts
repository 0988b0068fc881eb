/**
 * Runs planned cases on one target, several at a time, each with fresh processes and a deadline. An agent that fails is
 * replaced, the case that it failed under is `broken`, and the run goes on.
 */

import type { CaseRecord, Deviation, Kind, Out, TargetId } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { type Company, companyOf } from '../pair/company.ts'
import { limited } from '../pair/limits.ts'
import { type Relief, reliefOf } from '../pair/relief.ts'
import type { RunId } from '../pair/residue.ts'
import { freshScope } from '../pair/scope.ts'
import type { GenericCase, Link, MechanismOf, Opening, Stage } from '../pair/stage.ts'
import type { AgentOptions } from '../pair/target.ts'
import { newTrace } from '../pair/trace.ts'
import { needsOtherSystem } from './across.ts'
import type { Planned } from './plan.ts'
import { stageOf } from './stage.ts'
import { type Judgement, judge, standingOf } from './verdict.ts'

export interface CheckOptions {
  readonly target: TargetId
  readonly run: RunId
  readonly jobs: number
  readonly deadlineMs: number
  readonly agent?: AgentOptions
  /** An agent of the other system, for cases that have peers there too, and how another is started in its place. */
  readonly abroad?: { readonly first: Agent; readonly agent?: AgentOptions }
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
  const abroad = reliefAbroad(options)
  let next = 0
  const stopped = () => options.signal?.aborted === true
  const worker = async () => {
    while (next < cases.length && !stopped()) {
      const planned = cases[next++] as Planned
      options.onStart?.(planned)
      const other = planned.with === undefined ? undefined : await abroad?.healthy()
      const record = await runCase(planned, await agents.healthy(), other, freshScope('case'), options)
      if (!stopped()) options.onRecord(record)
    }
  }
  const stop = (reason: unknown) => {
    next = cases.length
    throw reason
  }
  const workers = Array.from({ length: Math.max(1, options.jobs) }, () => worker().catch(stop))
  const ends = await Promise.allSettled(workers)
  await Promise.all([agents.close(), abroad?.close()])
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

const reliefAbroad = ({ run, abroad }: CheckOptions): Relief | undefined =>
  abroad && reliefOf(abroad.first, { ...abroad, target: abroad.first.info.id, run })

/** How long the death of one side may take to be known after the other has felt it. */
const deathKnownWithinMs = 100

/** One case, from fresh processes to none, on one agent or on two. */
async function runCase(
  planned: Planned,
  agent: Agent,
  other: Agent | undefined,
  scope: string,
  options: CheckOptions,
): Promise<CaseRecord> {
  const trace = newTrace()
  const findings: Record<string, Out> = {}
  const company = companyOf(agent, other, scope, trace)
  const stage = stageOf({ agent, troupe: company, scope, findings })
  const began = performance.now()
  const played = play(planned, stage, other)
  const judged = played.then((): Judgement => ({ verdict: planned.observes ? 'observed' : 'pass' }), judge)
  const judgement = await limited(judged, {
    deadlineMs: options.deadlineMs,
    late: hungFor(options.deadlineMs / 1000),
    signal: options.signal,
  })
  const death = await company.unexpectedDeath(judgement.verdict === 'fail' ? deathKnownWithinMs : 0)
  const untidy = await company.tidy()
  const final = untidy === undefined ? settle(judgement, death) : { verdict: 'broken' as const, message: untidy }
  const deviation = options.deviations.get(planned.id)
  return {
    type: 'case',
    id: planned.id,
    mechanism: planned.mechanism.id,
    target: options.target,
    os: agent.info.os,
    ...elsewhere(company, other),
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

const elsewhere = ({ abroad }: Company, agent: Agent | undefined): Pick<CaseRecord, 'with'> =>
  agent === undefined ? {} : { with: { target: agent.info.id, os: agent.info.os, peers: abroad } }

/** A death that nobody asked for outweighs what the script made of it. */
function settle(judgement: Judgement, death: Error | undefined): Judgement {
  if (death === undefined || judgement.verdict === 'hang' || judgement.verdict === 'broken') return judgement
  return { verdict: 'crash', message: death.message, observed: death.message }
}

async function play(planned: Planned, stage: Stage, other: Agent | undefined): Promise<void> {
  needsOtherSystem(planned, stage.os, other?.info.os)
  await stage.need(...planned.needs)
  if (planned.kind === 'generic') return playRow(planned.claim, planned.mechanism, stage)
  const { mechanism } = planned
  const open = (how?: Opening): Promise<Link> => {
    if (mechanism.kind !== 'channel')
      throw new TypeError(`${mechanism.id} is no channel: the case opens it by its script`)
    return mechanism.open(stage, how)
  }
  return planned.claim.run({ ...stage, open })
}

/** The row of a generic claim for the kind that the mechanism is of. */
async function playRow<K extends Kind>(claim: GenericCase, mechanism: MechanismOf<K>, stage: Stage): Promise<void> {
  const row = claim.rows[mechanism.kind]
  if (typeof row === 'string') throw new TypeError(`${claim.id} says nothing about ${mechanism.id}: ${row}`)
  const open = (how?: Opening) => mechanism.open(stage, how)
  return row({ ...stage, open, mechanism, traits: mechanism.traits })
}

const hungFor = (seconds: number): Judgement => ({
  verdict: 'hang',
  message: `the case did not end within ${seconds} s`,
  observed: `no end within ${seconds} s`,
})
