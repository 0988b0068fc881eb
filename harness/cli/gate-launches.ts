/** Launches of either arm of a gate, as they are measured and kept; and what they say of B, for the limits of a policy. */

import { suite } from '../../suites/index.ts'
import type { Conducting } from '../gate/conduct.ts'
import { costOf, nsOf } from '../gate/costs.ts'
import { type Counts, countsOf } from '../gate/counters.ts'
import type { CostHeldUp } from '../gate/inject.ts'
import type { Measured } from '../gate/policy.ts'
import type { Budget } from '../measure/budget.ts'
import { runLaunch } from '../measure/run.ts'
import { cellName } from '../measure/schedule.ts'
import { median } from '../measure/statistics.ts'
import type { ArmName, Cell, LaunchRecord } from '../model.ts'
import { type Relief, reliefOf } from '../pair/relief.ts'
import { freshScope } from '../pair/scope.ts'
import { type ArmSpec, setUp, specOf } from './arms.ts'
import { newsOfLaunch } from './news.ts'
import { type Progress, progressOf } from './progress.ts'
import type { Recording } from './recording.ts'
import { paintFor } from './screen.ts'
import type { Session } from './session.ts'

/** A launch of a gate is short: what decides is how many there are. */
const gateBudget: Budget = { rounds: 1, warmupMs: 10, measureMs: 60, batchesMs: 100 }
const launchDeadlineMs = 10_000

const armWords: Readonly<Record<ArmName, string>> = { a: 'A:', b: 'B:', control: 'A again:' }

export interface Launching {
  /** What a gate asks for, in arms that may be held up besides what their specification says. */
  in(arms: Readonly<Record<'a' | 'b', ArmSpec>>): Pick<Conducting, 'launch' | 'onStage'>
  /** Launches of A that try out how much slower waiting makes them; they are not kept. */
  readonly calibrating: { onStage(launches: number): void; readonly cost: CostHeldUp }
  /** What was measured of B so far. */
  measured(): Measured[]
  /** What was counted in each launch of an arm that went well. */
  counted(arm: 'a' | 'b', cell: string): readonly Counts[]
  close(): Promise<void>
}

export function launchingOf(
  session: Session,
  arms: Readonly<Record<'a' | 'b', ArmSpec>>,
  recording: Recording,
  budget: Budget = gateBudget,
): Launching {
  const [a, b] = session.agents.map((agent, place) => {
    const { target, agent: options } = place === 0 ? arms.a : arms.b
    return reliefOf(agent, { target, run: session.run, agent: options })
  }) as [Relief, Relief]
  const { signal } = recording
  const kept = { a: new Map<string, Kept[]>(), b: new Map<string, Kept[]>() }
  let progress: Progress | undefined
  const once = async (arm: ArmName, spec: ArmSpec, cell: Cell, round: number, what: string) => {
    await setUp(arm, spec, signal)
    const agent = await (arm === 'b' ? b : a).healthy()
    const injectNs = spec.heldUp?.get(cellName(cell)) ?? 0
    progress?.began(`${what} ${cellName(cell)}`)
    const record = await runLaunch({ cell, round }, agent, freshScope('launch'), {
      target: spec.target,
      run: session.run,
      budget,
      mechanisms: suite.mechanisms,
      deadlineMs: launchDeadlineMs,
      ...(injectNs === 0 ? {} : { injectNs }),
      onRecord: () => {},
      signal,
    })
    progress?.ended(`${what} ${cellName(cell)}`, newsOfLaunch(record))
    return { ...record, arm, ...(injectNs === 0 ? {} : { injectNs }) }
  }
  const launch = async (specs: typeof arms, ...[arm, cell, round]: Parameters<Conducting['launch']>) => {
    const record = await once(arm, specOf(arm, specs), cell, round, armWords[arm])
    if (!signal.aborted) recording.keep(record)
    const own = keptOf(record)
    const side = kept[arm === 'b' ? 'b' : 'a']
    if (own !== undefined) side.set(cellName(cell), [...(side.get(cellName(cell)) ?? []), own])
    return record
  }
  const onStage = (total: number) => {
    progress?.stop()
    progress = progressOf({ stream: process.stderr, paint: paintFor(process.stderr), what: 'launches', total })
  }
  return {
    in: (specs) => ({
      launch: (...asked) => launch(specs, ...asked),
      onStage,
    }),
    calibrating: {
      onStage,
      async cost(cell, injectNs) {
        const spec = { ...arms.a, heldUp: new Map([[cellName(cell), injectNs]]) }
        return nsOf(await once('a', spec, cell, 0, 'trying out'))
      },
    },
    measured: () => measuredOf(kept.b),
    counted: (arm, cell) => kept[arm].get(cell) ?? [],
    async close() {
      progress?.stop()
      await Promise.all([a.close(), b.close()])
    },
  }
}

/** What of a launch is needed later. */
interface Kept extends Counts {
  readonly cost: number
}

function keptOf(launch: LaunchRecord): Kept | undefined {
  const cost = costOf(launch)
  const counts = countsOf(launch)
  return cost === undefined || counts === undefined ? undefined : { cost, ...counts }
}

const measuredOf = (cells: ReadonlyMap<string, readonly Kept[]>): Measured[] =>
  [...cells].map(([cell, own]) => {
    const syscalls = own.flatMap((one) => one.syscalls ?? [])
    return {
      cell,
      costs: own.map(({ cost }) => cost),
      switches: median(own.map(({ switches }) => switches)),
      ...(syscalls.length === own.length ? { syscalls: median(syscalls) } : {}),
    }
  })
