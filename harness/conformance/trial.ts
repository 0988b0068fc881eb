/**
 * The suite on trial: runs cases under a fault and tells what became of each. A case that no fault can make fail claims
 * nothing.
 */

import type { CaseRecord, TargetId, Verdict } from '../model.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { makeRunId, type RunId } from '../pair/residue.ts'
import type { Planned } from './plan.ts'
import { type CheckOptions, runCases } from './run.ts'

/** Verdicts that tell a user that something is wrong with the mechanism. */
export const caught = (verdict: Verdict | undefined): boolean =>
  verdict === 'fail' || verdict === 'crash' || verdict === 'hang'

/** A target, and what is broken there. */
export interface Broken {
  readonly target: TargetId
  /** `--fault` specifications; none for a run in health. */
  readonly faults: readonly string[]
}

export interface Trial extends Broken {
  /** A target of the other system, for cases that have peers on both. */
  readonly abroad?: Broken
  readonly cases: readonly Planned[]
  /** Short, because many faults make many cases hang. */
  readonly deadlineMs: number
  readonly jobs: number
}

export function tryUnder(trial: Trial): Promise<ReadonlyMap<string, CaseRecord>> {
  const run = makeRunId()
  const { abroad } = trial
  return withAgent(trial, run, (agent) =>
    abroad === undefined
      ? play(trial, run, agent)
      : withAgent(abroad, run, (first) => play(trial, run, agent, { first, agent: { faults: abroad.faults } })),
  )
}

async function withAgent<T>({ target, faults }: Broken, run: RunId, body: (agent: Agent) => Promise<T>): Promise<T> {
  const agent = await startAgent(target, run, { faults })
  try {
    return await body(agent)
  } finally {
    await agent.close()
  }
}

async function play(
  { target, faults, cases, jobs, deadlineMs }: Trial,
  run: RunId,
  agent: Agent,
  abroad?: CheckOptions['abroad'],
): Promise<ReadonlyMap<string, CaseRecord>> {
  const records = new Map<string, CaseRecord>()
  await runCases(cases, agent, {
    target,
    run,
    jobs,
    deadlineMs,
    agent: { faults },
    ...(abroad === undefined ? {} : { abroad }),
    deviations: new Map(),
    onRecord: (record) => records.set(record.id, record),
  })
  return records
}
