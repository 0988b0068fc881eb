/**
 * Conformance as a part of a gate: what held before, in A or in stored runs, has to hold in B, and so has what a file of
 * expectations does not excuse. A case that does not is played once more, and is red where it happens again.
 */

import { suite } from '../../suites/index.ts'
import { isFor } from '../conformance/across.ts'
import { inSeededOrder, matrixOf, type Planned } from '../conformance/plan.ts'
import { runCases } from '../conformance/run.ts'
import { isWell } from '../gate/claims.ts'
import type { Policy } from '../gate/policy.ts'
import type { Breakage, BreakageOrigin, CaseRecord, Deviation } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import type { RunId } from '../pair/residue.ts'
import { type ArmSpec, setUp } from './arms.ts'
import { deviationsIn } from './check-options.ts'
import { usage } from './failures.ts'
import { newsOfCase } from './news.ts'
import { type Progress, progressOf } from './progress.ts'
import type { Recording } from './recording.ts'
import { paintFor } from './screen.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

const scopes = ['core', 'all', 'none'] as const
type Scope = (typeof scopes)[number]

export const caseOptions: Options = {
  cases: { says: 'which claims have to hold in B that hold in A: core (default), all or none', value: 'WHICH' },
  expectations: { says: 'claims that this file does not excuse have to hold in B too', value: 'FILE', many: true },
}

export function caseScopeOf(words: Words, policy: Policy): Scope {
  const given = words.text('cases') ?? policy.cases ?? 'core'
  const found = scopes.find((scope) => scope === given)
  if (found === undefined) throw usage(`--cases takes ${scopes.join(', ')}, and '${given}' is none of them.`)
  return found
}

/** Who plays cases, and how it was started. */
export interface Player {
  readonly arm: 'a' | 'b'
  readonly agent: Agent
  readonly spec: ArmSpec
}

export interface CaseSettings {
  readonly run: RunId
  readonly recording: Recording
  /** Excuses; where a file of them was named, what it does not excuse has to hold in B whatever was before. */
  readonly deviations: ReadonlyMap<string, Deviation> | undefined
}

/** The cases of these mechanisms that all who play can play. */
export function casesOf(
  scope: Scope,
  mechanisms: ReadonlySet<string>,
  players: readonly Player[],
  seed: number,
): Planned[] {
  if (scope === 'none') return []
  const chosen = matrixOf(suite).cases.filter(
    (planned) =>
      (scope === 'all' || planned.core) &&
      mechanisms.has(planned.mechanism.id) &&
      planned.with === undefined &&
      players.every(({ agent: { info } }) => isFor(planned, info.os, [info.os])),
  )
  return inSeededOrder(chosen, seed)
}

/** What is excused, where the command line or the policy names files of excuses. */
export function expectedBy(words: Words, policy: Policy): CaseSettings['deviations'] {
  const given = words.texts('expectations')
  const files = given.length > 0 ? given : (policy.expectations ?? [])
  return files.length === 0 ? undefined : deviationsIn(files, suite)
}

/** Of these cases the ids of those that held before. */
export interface HeldBefore {
  readonly origin: BreakageOrigin
  of(cases: readonly Planned[]): Promise<ReadonlySet<string>>
}

/** Those that hold in A now. */
export const heldIn = (a: Player, settings: CaseSettings): HeldBefore => ({
  origin: 'a',
  async of(cases) {
    const records = await played(cases, a, settings)
    return new Set([...records.values()].filter(holds).map(({ id }) => id))
  },
})

export interface Claims {
  /** How many had to hold in B. */
  readonly compared: number
  readonly broken: readonly Breakage[]
  /** Why some were not played in B, where so many hung that no more was needed. */
  readonly unplayed?: string
}

/** What has to hold and does not, twice. */
export async function claimsIn(
  cases: readonly Planned[],
  before: HeldBefore,
  b: Player,
  settings: CaseSettings,
): Promise<Claims> {
  const { compared, failing, unplayed } = await differing(cases, before, b, settings, enoughHang)
  const again = failing.map(({ planned }) => planned)
  const confirmed = again.length === 0 ? [] : (await differing(again, before, b, settings)).failing
  return {
    compared,
    broken: confirmed.map(({ record, held }) => breakageOf(record, held ? before.origin : 'expectations')),
    ...(unplayed === 0 ? {} : { unplayed: `${enoughHang} claims hung in B: ${unplayed} more were not played there` }),
  }
}

/** Each takes its whole deadline: an arm in which everything hangs would take many minutes to say so. */
const enoughHang = 8

const breakageOf = ({ id, verdict, message }: CaseRecord, origin: BreakageOrigin): Breakage => ({
  what: id,
  verdict,
  origin,
  ...(message === undefined ? {} : { message }),
})

const holds = ({ verdict }: CaseRecord): boolean => isWell(verdict)

interface Differing {
  readonly compared: number
  /** `held`: before; else only a file of expectations wants it. */
  readonly failing: { readonly planned: Planned; readonly record: CaseRecord; readonly held: boolean }[]
  readonly unplayed: number
}

async function differing(
  cases: readonly Planned[],
  before: HeldBefore,
  b: Player,
  settings: CaseSettings,
  mostHanging?: number,
): Promise<Differing> {
  const held = await before.of(cases)
  const { deviations } = settings
  const expected = ({ id }: Planned) => deviations !== undefined && !deviations.has(id)
  const wanted = cases.filter((planned) => held.has(planned.id) || expected(planned))
  const inB = await played(wanted, b, settings, mostHanging)
  const failing = wanted.flatMap((planned) => {
    const record = inB.get(planned.id)
    if (record === undefined || holds(record)) return []
    // What nobody saw hold may also be missing here.
    const own = held.has(planned.id)
    return own || record.standing === 'regression' ? [{ planned, record, held: own }] : []
  })
  return { compared: inB.size, failing, unplayed: wanted.length - inB.size }
}

/** Two at a time: more would keep each other from their deadlines. */
const jobs = 2
/** What a case may take. */
const deadlineMs = 10_000

async function played(
  cases: readonly Planned[],
  { arm, agent, spec }: Player,
  { run, recording, deviations = new Map() }: CaseSettings,
  mostHanging = Number.POSITIVE_INFINITY,
): Promise<Map<string, CaseRecord>> {
  const records = new Map<string, CaseRecord>()
  if (cases.length === 0) return records
  await setUp(arm, spec, recording.signal)
  let hanging = 0
  const enough = new AbortController()
  const signal = AbortSignal.any([recording.signal, enough.signal])
  await withProgress(`cases in ${arm.toUpperCase()}`, cases.length, (progress) =>
    runCases(cases, agent, {
      target: spec.target,
      run,
      jobs,
      deadlineMs,
      agent: spec.agent,
      deviations,
      onRecord: (record) => {
        records.set(record.id, record)
        recording.keep({ ...record, arm })
        progress.ended(record.id, newsOfCase(record))
        if (record.verdict === 'hang' && ++hanging >= mostHanging) enough.abort()
      },
      signal,
    }),
  )
  return records
}

async function withProgress<T>(what: string, total: number, body: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = progressOf({ stream: process.stderr, paint: paintFor(process.stderr), what, total })
  try {
    return await body(progress)
  } finally {
    progress.stop()
  }
}
