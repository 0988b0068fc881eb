/** Launches of either arm of a gate, as they are measured and kept; and what they say of B, for the limits of a policy. */

import { suite } from '../../suites/index.ts'
import type { Conducting } from '../gate/conduct.ts'
import { costOf } from '../gate/costs.ts'
import type { Measured } from '../gate/policy.ts'
import type { Budget } from '../measure/budget.ts'
import { runLaunch } from '../measure/run.ts'
import { cellName } from '../measure/schedule.ts'
import { median } from '../measure/statistics.ts'
import type { ArmName, LaunchRecord, Measures, SideCost } from '../model.ts'
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
  /** What was measured of B so far. */
  measured(): Measured[]
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
  const ofB: OfB[] = []
  let progress: Progress | undefined
  const launch = async (specs: typeof arms, ...[arm, cell, round]: Parameters<Conducting['launch']>) => {
    const spec = specOf(arm, specs)
    await setUp(arm, spec, signal)
    const agent = await (arm === 'b' ? b : a).healthy()
    progress?.began(`${armWords[arm]} ${cellName(cell)}`)
    const record = await runLaunch({ cell, round }, agent, freshScope('launch'), {
      target: spec.target,
      run: session.run,
      budget,
      mechanisms: suite.mechanisms,
      deadlineMs: launchDeadlineMs,
      ...(spec.injectNs === undefined ? {} : { injectNs: spec.injectNs }),
      onRecord: () => {},
      signal,
    })
    if (!signal.aborted) recording.keep({ ...record, arm })
    if (arm === 'b') ofB.push(...numbersOf(record))
    progress?.ended(cellName(cell), newsOfLaunch(record))
    return record
  }
  return {
    in: (specs) => ({
      launch: (...asked) => launch(specs, ...asked),
      onStage(total) {
        progress?.stop()
        progress = progressOf({ stream: process.stderr, paint: paintFor(process.stderr), what: 'launches', total })
      },
    }),
    measured: () => measuredOf(ofB),
    async close() {
      progress?.stop()
      await Promise.all([a.close(), b.close()])
    },
  }
}

/** What of a launch is needed later. */
interface OfB {
  readonly cell: string
  readonly cost: number
  readonly syscalls: number | undefined
  readonly switches: number
}

function numbersOf(launch: LaunchRecord): OfB[] {
  const { cell, measures } = launch
  const cost = costOf(launch)
  if (measures === undefined || cost === undefined) return []
  const syscalls = perMessage(measures, (side) => side.syscalls)
  return [{ cell: cellName(cell), cost, syscalls, switches: perMessage(measures, switchesOf) ?? 0 }]
}

function measuredOf(launches: readonly OfB[]): Measured[] {
  const cells = new Map<string, OfB[]>()
  for (const one of launches) cells.set(one.cell, [...(cells.get(one.cell) ?? []), one])
  return [...cells].map(([cell, own]) => {
    const syscalls = own.flatMap((one) => one.syscalls ?? [])
    return {
      cell,
      cost: median(own.map(({ cost }) => cost)),
      switches: median(own.map(({ switches }) => switches)),
      ...(syscalls.length === own.length ? { syscalls: median(syscalls) } : {}),
    }
  })
}

const switchesOf = ({ usage }: SideCost): number => usage.voluntarySwitches + usage.involuntarySwitches

/** Of all sides, for a message; nothing where a side does not know. */
function perMessage(
  { producer, consumer, others = [], messages }: Measures,
  count: (side: SideCost) => number | undefined,
): number | undefined {
  const counts = [producer, consumer, ...others].map(count)
  return counts.includes(undefined) ? undefined : counts.reduce<number>((sum, one = 0) => sum + one, 0) / messages
}
