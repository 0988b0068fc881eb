/** `ipcmark gate --baseline`: B now, against stored runs of the same environment: what it costs, what it counts, what it claims. */

import { budgets } from '../../suites/benchmarks/index.ts'
import { decideByRuns, fewestRuns, type Series } from '../gate/baseline.ts'
import type { GatedCell } from '../gate/conduct.ts'
import { costOf, placedName } from '../gate/costs.ts'
import { costlier } from '../gate/counters.ts'
import { cellsToldBy, meanSteal } from '../gate/decide.ts'
import { heldTo } from '../gate/policy.ts'
import { cellName, schedule } from '../measure/schedule.ts'
import { median } from '../measure/statistics.ts'
import {
  type Breakage,
  type CellDecision,
  exitCodes,
  type GateRecord,
  type GateVerdict,
  type LaunchRecord,
} from '../model.ts'
import { commandAgain } from './command.ts'
import { nothingRan } from './failures.ts'
import { type Claims, caseScopeOf, casesOf, claimsIn, expectedBy, type HeldBefore, type Player } from './gate-cases.ts'
import { cellsOf, limitsOf, tellable } from './gate-cells.ts'
import { injectedBy, injectedCells } from './gate-injection.ts'
import { type Launching, launchingOf } from './gate-launches.ts'
import { type Baseline, baselineOf } from './gate-stored.ts'
import { type Asked, told } from './gate-verdict.ts'
import { headerOf } from './header.ts'
import { type Recording, recordWhile } from './recording.ts'
import type { Session } from './session.ts'
import type { Options } from './verb.ts'

export const baselineOptions: Options = {
  baseline: {
    says: 'hold B against these runs of `bench`, with its default budget, and of `check`, instead of A',
    value: 'RUN|FOLDER',
    many: true,
  },
  force: { says: 'even where they were measured in another environment' },
}

/** Launches of each cell now: their median is held against the medians of runs. */
const rounds = 7
/** So many of them that go wrong are no accident. */
const mostSpoilt = 3

export async function baselineIn(session: Session, asked: Asked): Promise<number> {
  const { words, arms, policy, seed } = asked
  const [, b] = session.agents
  if (b === undefined) throw new Error('a gate has two agents')
  const header = headerOf(session, seed)
  const baseline = baselineOf(header, words)
  const wanted = cellsOf(words, policy, b.info.os)
  const named = new Set(policy.ratios.flatMap(({ cell, against }) => [cell, against]))
  const isStored = (name: string) => baseline.figures.some(({ cells }) => cells.has(placedName(name, arms.b.target)))
  const stored = wanted.filter(({ cell }) => isStored(cellName(cell)))
  if (stored.length === 0) throw nothingRan('the stored runs have none of the cells that are to be gated.')
  const cells = wanted.filter((one) => stored.includes(one) || named.has(cellName(one.cell)))
  const player: Player = { arm: 'b', agent: b, spec: arms.b }
  const mechanisms = new Set(cells.map(({ cell }) => cell.mechanism))
  const cases = casesOf(caseScopeOf(words, policy), mechanisms, [player], seed)
  const deviations = expectedBy(words, policy)
  let found: GateRecord | undefined
  const recorded = await recordWhile(header, words, session.signal, async (recording) => {
    const before = heldInRuns(baseline, arms.b.target)
    const claims = await claimsIn(cases, before, player, { run: session.run, recording, deviations })
    const launched = await measured(cells, asked, session, recording)
    if (recording.signal.aborted) return
    const limits = heldTo(tellable(words, policy, cells), launched.measured, limitsOf(b.info.os))
    const counted = stored.flatMap(({ cell }) => costlierThan(baseline, cellName(cell), asked, launched))
    const unknown = wanted.filter((one) => !stored.includes(one)).map(({ cell }) => cellName(cell))
    found = {
      ...recordOf(launched, stored, baseline, asked, {
        claims: cases.length === 0 ? undefined : claims,
        unknown,
        exceeded: [...limits.exceeded, ...counted],
        doubts: limits.doubts,
      }),
      ...(launched.injected && { injected: launched.injected }),
    }
    recording.keep(found)
  })
  if (found === undefined || session.signal.aborted) return exitCodes.interrupted
  return told(found, recorded, words)
}

/** Claims that held in each stored run which played them. */
const heldInRuns = ({ runs }: Baseline, target: string): HeldBefore => ({
  origin: 'stored-claim',
  async of(cases) {
    const told = (id: string) => runs.flatMap(({ claims }) => claims.get(placedName(id, target)) ?? [])
    const held = cases.filter(({ id }) => told(id).length > 0 && told(id).every((one) => one))
    return new Set(held.map(({ id }) => id))
  },
})

// ------------------------------------------------------------------------------------------------------------ measuring

interface Launched extends Pick<Awaited<ReturnType<typeof injectedBy>>, 'injected'> {
  readonly measured: ReturnType<Launching['measured']>
  readonly counted: Launching['counted']
  /** Launches that went wrong, by cell. */
  readonly spoilt: ReadonlyMap<string, readonly LaunchRecord[]>
  /** The share of time that a hypervisor took, of all launches together. */
  readonly steal: number
}

async function measured(
  cells: readonly GatedCell[],
  { arms, seed, wanted }: Asked,
  session: Session,
  recording: Recording,
): Promise<Launched> {
  const { signal } = recording
  const slowed = injectedCells(cells, wanted)
  const launching = launchingOf(session, arms, recording, budgets.default)
  const spoilt = new Map<string, LaunchRecord[]>()
  const steal: number[] = []
  try {
    const { heldUp, injected } = await injectedBy(wanted, slowed, launching.calibrating, signal)
    const { launch, onStage } = launching.in({ a: arms.a, b: { ...arms.b, heldUp } })
    onStage?.(rounds * cells.length)
    const inOrder = schedule(
      cells.map(({ cell }) => cell),
      rounds,
      seed,
    )
    for (const { cell, round } of inOrder) {
      if (signal.aborted) break
      const record = await launch('b', cell, round)
      const name = cellName(cell)
      if (costOf(record) === undefined) spoilt.set(name, [...(spoilt.get(name) ?? []), record])
      else steal.push(record.measures?.steal ?? 0)
    }
    const { counted } = launching
    const launched = { measured: launching.measured(), counted, spoilt, steal: meanSteal(steal) }
    return { ...(injected && { injected }), ...launched }
  } finally {
    await launching.close()
  }
}

// ------------------------------------------------------------------------------------------------------------- deciding

function seriesOf(
  cells: readonly GatedCell[],
  { figures }: Baseline,
  { measured: now }: Launched,
  { arms }: Asked,
): Series[] {
  return cells.flatMap(({ cell, minEffect }): Series[] => {
    const name = cellName(cell)
    const one = now.find((each) => each.cell === name)
    const before = figures.flatMap(({ cells: stored }) => stored.get(placedName(name, arms.b.target))?.cost ?? [])
    return one === undefined
      ? []
      : [{ cell: name, before, now: median(one.costs), ...(minEffect === undefined ? {} : { minEffect }) }]
  })
}

function costlierThan({ figures }: Baseline, cell: string, { arms }: Asked, { counted }: Launched): Breakage[] {
  const name = placedName(cell, arms.b.target)
  const runs = figures.filter(({ cells }) => cells.has(name))
  if (runs.length < fewestRuns) return []
  return costlier(
    cell,
    runs.flatMap(({ counts }) => counts.get(name) ?? []),
    counted('b', cell),
  )
}

interface Beside {
  readonly claims: Claims | undefined
  /** Cells that no stored run has. */
  readonly unknown: readonly string[]
  readonly exceeded: readonly Breakage[]
  readonly doubts: readonly string[]
}

function recordOf(
  launched: Launched,
  stored: readonly GatedCell[],
  baseline: Baseline,
  asked: Asked,
  { claims, unknown, exceeded: excess, doubts }: Beside,
): GateRecord {
  const { arms, rules, seed } = asked
  const decision = decideByRuns(seriesOf(stored, baseline, launched, asked), launched.steal, rules)
  const cells = cellsToldBy(decision)
  const broken = [...(claims?.broken ?? []), ...brokenCells(launched, cells, stored)]
  const faltered = [...launched.spoilt]
    .filter(([name]) => !broken.some(({ what }) => what === name))
    .map(
      ([name, [first]]) => `${name}: a launch went wrong, and others well: ${first?.verdict}: ${first?.message ?? ''}`,
    )
  const reasons = [
    ...decision.reasons,
    ...unknown.map((name) => `${name}: no stored run has it`),
    ...faltered,
    ...(claims?.unplayed === undefined ? [] : [claims.unplayed]),
    ...doubts,
  ]
  const isRed = broken.length + excess.length > 0 || decision.verdict === 'fail'
  const verdict: GateVerdict = isRed ? 'fail' : reasons.length > 0 ? 'inconclusive' : 'pass'
  return {
    type: 'gate',
    verdict,
    a: saysOf(baseline),
    b: arms.b.says,
    cells,
    broken,
    unmeasured: unknown.map((what) => ({ what, verdict: 'not stored', message: 'no stored run has it' })),
    exceeded: excess,
    reasons,
    ...(claims === undefined ? {} : { claims: claims.compared }),
    notes: [
      ...baseline.notes,
      ...(claims?.compared === 0 ? ['the stored runs have none of these claims: no claim was compared'] : []),
    ],
    again: commandAgain(process.argv.slice(2), seed),
  }
}

/** What was measured before and cannot be now is no pass. */
function brokenCells(
  { spoilt }: Launched,
  decisions: readonly CellDecision[],
  stored: readonly GatedCell[],
): Breakage[] {
  return stored.flatMap(({ cell }): Breakage[] => {
    const name = cellName(cell)
    const wrong = spoilt.get(name) ?? []
    const [first] = wrong
    if (wrong.length < mostSpoilt && decisions.some((one) => one.cell === name)) return []
    const { verdict = 'not measured', message } = first ?? {}
    return [{ what: name, verdict, message: message ?? 'no launch of it has a figure', origin: 'stored-cell' }]
  })
}

function saysOf({ figures }: Baseline): string {
  const count = figures.length === 1 ? '1 stored run' : `${figures.length} stored runs`
  return `${count}, the latest of ${figures.at(-1)?.header.started ?? 'an unknown time'}`
}
