/**
 * Conformance as a part of a gate: what passes in A has to pass in B. A case that does not is played once more in both, and
 * is red where it happens again.
 */

import { suite } from '../../suites/index.ts'
import { isFor } from '../conformance/across.ts'
import { inSeededOrder, matrixOf, type Planned } from '../conformance/plan.ts'
import { runCases } from '../conformance/run.ts'
import type { Policy } from '../gate/policy.ts'
import type { Breakage, CaseRecord } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import type { RunId } from '../pair/residue.ts'
import type { ArmSpec } from './arms.ts'
import { usage } from './failures.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

const scopes = ['core', 'all', 'none'] as const
type Scope = (typeof scopes)[number]

export const caseOptions: Options = {
  cases: { says: 'which claims have to hold in B that hold in A: core (default), all or none', value: 'WHICH' },
}

export function caseScopeOf(words: Words, policy: Policy): Scope {
  const given = words.text('cases') ?? policy.cases ?? 'core'
  const found = scopes.find((scope) => scope === given)
  if (found === undefined) throw usage(`--cases takes ${scopes.join(', ')}, and '${given}' is none of them.`)
  return found
}

export interface CaseArms {
  readonly a: { readonly agent: Agent; readonly spec: ArmSpec }
  readonly b: { readonly agent: Agent; readonly spec: ArmSpec }
}

export interface CaseSettings {
  readonly run: RunId
  readonly seed: number
  readonly deadlineMs: number
  readonly signal: AbortSignal
  onRecord(record: CaseRecord): void
}

/** The cases of these mechanisms that both arms can play. */
export function casesOf(scope: Scope, mechanisms: ReadonlySet<string>, { a, b }: CaseArms, seed: number): Planned[] {
  if (scope === 'none') return []
  const own = (agent: Agent) => (planned: Planned) =>
    planned.with === undefined && isFor(planned, agent.info.os, [agent.info.os])
  const chosen = matrixOf(suite).cases.filter(
    (planned) =>
      (scope === 'all' || planned.core) &&
      mechanisms.has(planned.mechanism.id) &&
      own(a.agent)(planned) &&
      own(b.agent)(planned),
  )
  return inSeededOrder(chosen, seed)
}

/** What passes in A and not in B, twice. */
export async function brokenCases(
  cases: readonly Planned[],
  arms: CaseArms,
  settings: CaseSettings,
): Promise<Breakage[]> {
  const suspects = await differing(cases, arms, settings)
  const confirmed =
    suspects.length === 0
      ? []
      : await differing(
          suspects.map(({ planned }) => planned),
          arms,
          settings,
        )
  return confirmed.map(({ record }) => ({
    what: record.id,
    verdict: record.verdict,
    ...(record.message === undefined ? {} : { message: record.message }),
  }))
}

const holds = ({ verdict }: CaseRecord): boolean => verdict === 'pass' || verdict === 'observed'

async function differing(
  cases: readonly Planned[],
  arms: CaseArms,
  settings: CaseSettings,
): Promise<{ readonly planned: Planned; readonly record: CaseRecord }[]> {
  const inA = await played(cases, 'a', arms.a, settings)
  const held = cases.filter(({ id }) => {
    const record = inA.get(id)
    return record !== undefined && holds(record)
  })
  const inB = await played(held, 'b', arms.b, settings)
  return held.flatMap((planned) => {
    const record = inB.get(planned.id)
    return record === undefined || holds(record) ? [] : [{ planned, record }]
  })
}

/** Two at a time: more would keep each other from their deadlines. */
const jobs = 2

async function played(
  cases: readonly Planned[],
  arm: 'a' | 'b',
  { agent, spec }: CaseArms['a'],
  { run, deadlineMs, signal, onRecord }: CaseSettings,
): Promise<Map<string, CaseRecord>> {
  const records = new Map<string, CaseRecord>()
  await runCases(cases, agent, {
    target: spec.target,
    run,
    jobs,
    deadlineMs,
    agent: spec.agent,
    // What is excused is excused in both: what counts is whether they differ.
    deviations: new Map(),
    onRecord: (record) => {
      records.set(record.id, record)
      onRecord({ ...record, arm })
    },
    signal,
  })
  return records
}
