/** Runs what was selected, one target after another, keeps the records, and shows how it goes. */

import { isFor } from '../conformance/across.ts'
import type { Planned, Suite } from '../conformance/plan.ts'
import { type CheckOptions, runCases } from '../conformance/run.ts'
import { type Budget, launchMs } from '../measure/budget.ts'
import { runLaunches } from '../measure/run.ts'
import { cellName, type Scheduled } from '../measure/schedule.ts'
import type { CaseRecord, Deviation, LaunchRecord, TargetId, TargetInfo } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import type { RunId } from '../pair/residue.ts'
import type { CheckSettings } from './check-options.ts'
import { countdown } from './countdown.ts'
import { newsOfCase, newsOfLaunch } from './news.ts'
import { type Progress, progressOf } from './progress.ts'
import type { Recording } from './recording.ts'
import { paintFor } from './screen.ts'
import type { AgentOptionsOf } from './targets.ts'

/** The cases that one target is asked to play. */
export interface Cast {
  readonly agent: Agent
  /** One of the other system, for cases that have peers there too. */
  readonly abroad?: Agent
  readonly cases: readonly Planned[]
  readonly deviations: ReadonlyMap<string, Deviation>
}

/** What each target of a session is asked to play: `deviationsAt` tells what is excused where. */
export function castsOf(
  agents: readonly Agent[],
  chosen: readonly Planned[],
  deviationsAt: (...places: readonly TargetInfo[]) => ReadonlyMap<string, Deviation>,
): Cast[] {
  const systems = agents.map(({ info }) => info.os)
  return agents.map((agent) => {
    const abroad = agents.find(({ info }) => info.os !== agent.info.os)
    const places = abroad === undefined ? [agent.info] : [agent.info, abroad.info]
    return {
      agent,
      ...(abroad === undefined ? {} : { abroad }),
      cases: chosen.filter((planned) => isFor(planned, agent.info.os, systems)),
      deviations: deviationsAt(...places),
    }
  })
}

/** What else `runCases` has to know to play across two systems. */
export const abroadOf = ({ abroad }: Cast, optionsOf: AgentOptionsOf): Pick<CheckOptions, 'abroad'> =>
  abroad === undefined ? {} : { abroad: { first: abroad, agent: optionsOf(abroad.info.id) } }

export async function conductCases(
  casts: readonly Cast[],
  settings: CheckSettings,
  optionsOf: AgentOptionsOf,
  recording: Recording,
): Promise<void> {
  const total = casts.reduce((sum, { cases }) => sum + cases.length, 0)
  await withProgress('cases', total, async (progress) => {
    for (const cast of casts) {
      const { agent, cases, deviations } = cast
      const target = agent.info.id
      await runCases(cases, agent, {
        target,
        run: recording.header.run,
        jobs: settings.jobs,
        deadlineMs: settings.deadlineMs,
        agent: optionsOf(target),
        ...abroadOf(cast, optionsOf),
        deviations,
        onStart: ({ id }) => progress.began(placed(id, target)),
        onRecord: (record: CaseRecord) => {
          recording.keep(record)
          progress.ended(placed(record.id, target), newsOfCase(record))
        },
        signal: recording.signal,
      })
    }
  })
}

/** What one target is asked to measure. */
export interface Bench {
  readonly agent: Agent
  readonly launches: readonly Scheduled[]
}

export interface LaunchSettings {
  readonly run: RunId
  readonly budget: Budget
  /** What a launch may take beyond the time that its budget gives it. */
  readonly deadlineMs: number
  readonly optionsOf: AgentOptionsOf
  /** After so long no launch begins any more. */
  readonly withinMs?: number
}

export async function conductLaunches(
  benches: readonly Bench[],
  suite: Suite,
  { run, budget, deadlineMs, optionsOf, withinMs = Number.POSITIVE_INFINITY }: LaunchSettings,
  recording: Recording,
): Promise<void> {
  const all = benches.flatMap(({ launches }) => launches)
  const began = performance.now()
  const enough = () => performance.now() - began > withinMs
  const clock = countdown(all.reduce((sum, { cell }) => sum + launchMs(cell, budget), 0))
  let left = all.length
  const body = async (progress: Progress) => {
    for (const { agent, launches } of benches) {
      const target = agent.info.id
      await runLaunches(launches, agent, {
        target,
        run,
        budget,
        mechanisms: suite.mechanisms,
        deadlineMs,
        agent: optionsOf(target),
        onStart: ({ cell }) => progress.began(placed(cellName(cell), target)),
        onRecord: (record: LaunchRecord) => {
          recording.keep(record)
          left--
          clock.done(launchMs(record.cell, budget), record.ms)
          progress.ended(placed(cellName(record.cell), target), newsOfLaunch(record))
        },
        enough,
        signal: recording.signal,
      })
    }
  }
  await withProgress('launches', all.length, body, clock.left)
  if (left > 0 && enough()) recording.leaveOff()
}

const placed = (name: string, target: TargetId): string => (target === 'native' ? name : `${name} (${target})`)

async function withProgress(
  what: string,
  total: number,
  body: (progress: Progress) => Promise<void>,
  left?: () => number,
): Promise<void> {
  if (total === 0) return
  const progress = progressOf({
    stream: process.stderr,
    paint: paintFor(process.stderr),
    what,
    total,
    ...(left && { left }),
  })
  try {
    await body(progress)
  } finally {
    progress.stop()
  }
}
