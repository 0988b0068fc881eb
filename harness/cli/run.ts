/** `ipcmark run`, the main job: checks every claim, measures, in the quick budget unless told otherwise, and writes all reports. */

import { suite } from '../../suites/index.ts'
import { inSeededOrder, matrixOf } from '../conformance/plan.ts'
import { findBuilt, hostOs } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import { launchMs } from '../measure/budget.ts'
import { schedule } from '../measure/schedule.ts'
import type { Cell, TargetId } from '../model.ts'
import { cellsAt, launchDeadlineMs } from './bench.ts'
import { askedBudget, budgetOptions, fittedCells, tellDropped } from './bench-budget.ts'
import { checkOptions, checkSettingsOf, deviationsOf, outputOptions } from './check-options.ts'
import { castsOf, conductCases, conductLaunches } from './conduct.ts'
import { exitsOfRuns } from './exits.ts'
import { exitCodeOf } from './failures.ts'
import { finish } from './finish.ts'
import { headerOf } from './header.ts'
import { recordWhile } from './recording.ts'
import { askedCases, caseFilters, caseFiltersHelp, caseSelection, nothingSelected } from './select-cases.ts'
import { inSession } from './session.ts'
import { askedShard, dividedCases, dividedCells, shardOf, shardOption } from './shard.ts'
import { agentOptionsOf, targetOptions, targetsOf } from './targets.ts'
import type { Verb } from './verb.ts'

export const run: Verb = {
  options: { ...caseFilters, ...targetOptions, ...checkOptions, ...budgetOptions, ...shardOption, ...outputOptions },
  examples: [
    ['ipcmark run', 'this system, and Windows under Wine where that is there'],
    ['ipcmark run pipe fifo', 'two mechanisms'],
    ['ipcmark run --budget default', 'the same claims, and figures to decide by'],
    ['ipcmark run --target native --strict', 'this system only; a stale excuse is a failure'],
  ],
  about: [
    caseFiltersHelp,
    'Measured are the mechanisms whose cases were selected, in the quick budget unless another is named. Under an emulator it is always the quick one: what it takes there says nothing of the system that is imitated.',
  ],
  exits: exitsOfRuns('a claim does not hold that should, a launch went wrong, or an excuse is stale under --strict'),
  async run(words) {
    const settings = checkSettingsOf(words)
    const part = askedShard(words)
    const targets = targetsOf(words, targetsHere)
    const optionsOf = agentOptionsOf(words, targets)
    const asked = askedCases(words)
    const selection = caseSelection(asked, suite)
    const asking = askedBudget(words, 'quick')
    return inSession(targets, optionsOf, async (session) => {
      const chosen = inSeededOrder(matrixOf(suite).cases.filter(selection), settings.seed)
      const casts = castsOf(session.agents, chosen, (...places) => deviationsOf(words, suite, ...places))
      if (casts.every(({ cases }) => cases.length === 0)) throw nothingSelected(asked, suite, session.systems)
      const measured = casts.map(({ agent, cases }) => {
        const mechanisms = new Set(cases.map((planned) => planned.mechanism.id))
        const choice = { wanted: (cell: Cell) => mechanisms.has(cell.mechanism), allowed: () => true }
        return { agent, cells: cellsAt(agent, agent.info.emulator === undefined ? asking.name : 'quick', choice) }
      })
      const { budget, dropped, targets: left } = fittedCells(asking, measured)
      tellDropped(asking, dropped)
      const checked = dividedCases(casts, part)
      const benched = dividedCells(left, (cell) => launchMs(cell, budget), part)
      const benches = benched.own.map(({ agent, cells }) => ({
        agent,
        launches: schedule(cells, budget.rounds, settings.seed),
      }))
      const header = headerOf(session, settings.seed, shardOf(part, [...checked.names, ...benched.names]))
      const launching = { run: session.run, budget, deadlineMs: launchDeadlineMs, optionsOf }
      const recorded = await recordWhile(header, words, session.signal, async (recording) => {
        await conductCases(checked.own, settings, optionsOf, recording)
        await conductLaunches(benches, suite, launching, recording)
      })
      finish(recorded, words)
      return exitCodeOf(recorded.run, settings.strict)
    })
  },
}

/** This system, and Windows too where its agent is built and Wine can run it. */
function targetsHere(): TargetId[] {
  const wine = hostOs === 'linux' && findBuilt('ipcmark-agent.exe', 'windows') !== undefined
  return wine && findProgram(['wine', 'wine64']) !== undefined ? ['native', 'wine'] : ['native']
}
