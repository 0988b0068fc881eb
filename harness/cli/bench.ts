/** `ipcmark bench`: what the mechanisms cost. */

import { type BudgetName, budgetNames, budgets, cellsFor } from '../../suites/benchmarks/index.ts'
import { suite } from '../../suites/index.ts'
import { schedule } from '../measure/schedule.ts'
import type { Cell } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { outputOptions, seedOf, seedOption } from './check-options.ts'
import { type Bench, conductLaunches } from './conduct.ts'
import { exitsOfRuns } from './exits.ts'
import { exitCodeOf, nothingRan, usage } from './failures.ts'
import { finish } from './finish.ts'
import { headerOf } from './header.ts'
import { recordWhile } from './recording.ts'
import type { Selection } from './select.ts'
import { askedCells, cellFilters, cellFiltersHelp, cellSelection } from './select-cells.ts'
import { inSession } from './session.ts'
import { agentOptionsOf, targetOptions, targetsOf } from './targets.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

/** What a launch may take beyond the time that its budget gives it. */
export const launchDeadlineMs = 10_000

export const bench: Verb = {
  options: {
    ...cellFilters,
    budget: { says: `how much time it may take: ${budgetNames.join(', ')} (default)`, value: 'NAME' },
    rounds: { says: 'launches of each cell, instead of what the budget says', value: 'N' },
    ...targetOptions,
    ...seedOption,
    ...outputOptions,
  },
  examples: [
    ['ipcmark bench', 'everything, for a figure to decide by'],
    ['ipcmark bench pipe unix-stream size:64 --budget quick', 'two mechanisms, small messages, in seconds'],
    ['ipcmark bench pingpong same-core --budget thorough', 'round trips on one core, for a figure to publish'],
  ],
  about: [cellFiltersHelp],
  exits: exitsOfRuns('a launch went wrong: its figures are void, or a peer crashed or hung'),
  async run(words) {
    const budget = budgetOf(words)
    const rounds = words.whole('rounds', 1, 10_000) ?? budgets[budget].rounds
    const seed = seedOf(words)
    const targets = targetsOf(words)
    const optionsOf = agentOptionsOf(words, targets)
    const selection = cellSelection(askedCells(words), suite)
    return inSession(targets, optionsOf, async (session) => {
      const benches = session.agents.map((agent) => benchOf(agent, budget, rounds, selection, seed))
      if (benches.every(({ launches }) => launches.length === 0)) {
        throw nothingRan(`nothing to measure: no cell of the budget ${budget} fits the filter on this target.`)
      }
      const recorded = await recordWhile(headerOf(session, seed), words, session.signal, (recording) =>
        conductLaunches(benches, suite, budgets[budget], launchDeadlineMs, optionsOf, recording),
      )
      finish(recorded, words)
      return exitCodeOf(recorded.run, false)
    })
  },
}

export function benchOf(
  agent: Agent,
  budget: BudgetName,
  rounds: number,
  selection: Selection<Cell>,
  seed: number,
): Bench {
  const mechanisms = suite.mechanisms.filter(({ os }) => os === agent.info.os).map(({ id }) => id)
  return { agent, launches: schedule(cellsFor(budget, mechanisms).filter(selection), rounds, seed) }
}

function budgetOf(words: Words): BudgetName {
  const given = words.text('budget') ?? 'default'
  const found = budgetNames.find((name) => name === given)
  if (found === undefined) throw usage(`there is no budget '${given}'; there are ${budgetNames.join(', ')}.`)
  return found
}
