/**
 * The suite on trial: runs cases under a fault and tells what became of each. A case that no fault can make fail claims
 * nothing.
 */

import type { CaseRecord, TargetId, Verdict } from '../model.ts'
import { startAgent } from '../pair/agent.ts'
import { makeRunId } from '../pair/residue.ts'
import type { Planned } from './plan.ts'
import { runCases } from './run.ts'

/** Verdicts that tell a user that something is wrong with the mechanism. */
export const caught = (verdict: Verdict | undefined): boolean =>
  verdict === 'fail' || verdict === 'crash' || verdict === 'hang'

export interface Trial {
  readonly target: TargetId
  /** `--fault` specifications; none for a run in health. */
  readonly faults: readonly string[]
  readonly cases: readonly Planned[]
  /** Short, because many faults make many cases hang. */
  readonly deadlineMs: number
  readonly jobs: number
}

export async function tryUnder(trial: Trial): Promise<ReadonlyMap<string, CaseRecord>> {
  const run = makeRunId()
  const options = { faults: trial.faults }
  const agent = await startAgent(trial.target, run, options)
  const records = new Map<string, CaseRecord>()
  try {
    await runCases(trial.cases, agent, {
      target: trial.target,
      run,
      jobs: trial.jobs,
      deadlineMs: trial.deadlineMs,
      agent: options,
      deviations: new Map(),
      onRecord: (record) => records.set(record.id, record),
    })
  } finally {
    await agent.close()
  }
  return records
}
