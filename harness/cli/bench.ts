/** `ipcmark bench`: what the mechanisms cost. */

import { budgetNames, cellsFor, measuredOn } from '../../suites/benchmarks/index.ts'
import { suite } from '../../suites/index.ts'
import { type Budget, launchMs } from '../measure/budget.ts'
import { withBaselines } from '../measure/held-against.ts'
import { schedule } from '../measure/schedule.ts'
import { type Cell, exitCodes, type RunHeader, type Shard } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { RecordError } from '../record/error.ts'
import { type Asking, askedBudget, budgetOptions, fittedCells, tellDropped } from './bench-budget.ts'
import { type PlanOf, planText } from './bench-plan.ts'
import { refuseOthers, resumed } from './bench-resume.ts'
import { outputOptions, seedOf, seedOption } from './check-options.ts'
import { commandOf } from './command.ts'
import { type Bench, conductLaunches } from './conduct.ts'
import { exitsOfRuns } from './exits.ts'
import { exitCodeOf, nothingRan } from './failures.ts'
import { finish } from './finish.ts'
import { headerOf } from './header.ts'
import { recordWhile } from './recording.ts'
import { paintFor } from './screen.ts'
import type { Asked, Selection } from './select.ts'
import { askedCells, cellFilters, cellFiltersHelp, cellSelection } from './select-cells.ts'
import { inSession, type Session } from './session.ts'
import { askedShard, dividedCells, type Part, refuseTooMany, shardOf, shardOption } from './shard.ts'
import { agentOptionsOf, targetOptions, targetsOf } from './targets.ts'
import { selectors, type Verb } from './verb.ts'
import { parseWords, type Words } from './words.ts'

/** What a launch may take beyond the time that its budget gives it. */
export const launchDeadlineMs = 10_000

export const bench: Verb = {
  options: {
    ...cellFilters,
    ...budgetOptions,
    plan: { says: 'show what would be measured and how long that takes, and run nothing' },
    resume: { says: 'go on with a run that was cut short, by what its record says', value: 'RUN' },
    force: { says: 'resume even where the machine or ipcmark has changed' },
    ...shardOption,
    ...targetOptions,
    ...seedOption,
    ...outputOptions,
  },
  examples: [
    ['ipcmark bench', 'everything, for a figure to decide by'],
    ['ipcmark bench --quick', 'everything, in less than a minute'],
    ['ipcmark bench pipe unix-stream size:64 --quick', 'two mechanisms, small messages, in seconds'],
    ['ipcmark bench pingpong same-core --thorough', 'round trips on one core, for a figure to publish'],
    ['ipcmark bench family:shared-memory spin --time-budget 10m', 'what can be known in ten minutes'],
    ['ipcmark bench --thorough --plan', 'what that would be, and how long it takes'],
    ['ipcmark bench --shard 1/4', 'a quarter of it; three other machines measure the rest'],
    ['ipcmark bench --resume latest', 'the rest of the run that was cut short'],
  ],
  about: [
    cellFiltersHelp,
    'What a figure is held against, a baseline, is measured with it; `!baseline` leaves that away.',
  ],
  exits: exitsOfRuns('a launch went wrong: its figures are void, or a peer crashed or hung'),
  async run(words) {
    const from = words.text('resume')
    if (from === undefined) return benchAsked(words, words, seedOf(words))
    refuseOthers(words, bench.options)
    const { header, planned, ...earlier } = resumed(from, words)
    const again = await parseWords('bench', { takes: selectors }, bench.options, planned)
    return benchAsked(again, words, header.seed, { header, ...earlier })
  },
}

type Resumed = Omit<ReturnType<typeof resumed>, 'planned'>

/** `asked` says what is measured, and `words` how it is told. */
async function benchAsked(asked: Words, words: Words, seed: number, earlier?: Resumed): Promise<number> {
  const budget = askedBudget(asked)
  const targets = targetsOf(asked)
  const optionsOf = agentOptionsOf(asked, targets)
  const choice = choiceOf(askedCells(asked))
  const part = askedShard(asked)
  return inSession(targets, optionsOf, async (session) => {
    const plan = planOf(session.agents, choice, budget, part)
    tellDropped(budget, plan.dropped)
    if (words.flag('plan')) {
      process.stdout.write(planText(plan, paintFor(process.stdout)))
      return exitCodes.pass
    }
    const benches = plan.targets.map(({ agent, cells }) => ({
      agent,
      launches: schedule(cells, plan.budget.rounds, seed),
    }))
    const left = earlier === undefined ? benches : earlier.missingOf(benches, session.agents)
    const header = earlier?.header ?? headerOf(session, seed, plan.shard)
    return await record(words, session, header, plan.budget, left, optionsOf, budget, earlier)
  })
}

async function record(
  words: Words,
  session: Session,
  header: RunHeader,
  budget: Budget,
  benches: readonly Bench[],
  optionsOf: ReturnType<typeof agentOptionsOf>,
  { withinMs }: Asking,
  earlier: Resumed | undefined,
): Promise<number> {
  const settings = {
    run: session.run,
    budget,
    deadlineMs: launchDeadlineMs,
    optionsOf,
    ...(withinMs === undefined ? {} : { withinMs }),
  }
  let kept = ''
  try {
    const recorded = await recordWhile(
      header,
      words,
      session.signal,
      (recording) => {
        kept = recording.file
        return conductLaunches(benches, suite, settings, recording)
      },
      earlier,
    )
    finish(recorded, words)
    return exitCodeOf(recorded.run, false)
  } catch (error) {
    if (error instanceof RecordError && kept !== '') {
      process.stderr.write(
        `ipcmark: what is missing can be measured later: ${commandOf(['bench', '--resume', kept])}\n`,
      )
    }
    throw error
  }
}

type Plan = PlanOf<Agent> & { readonly shard: Shard | undefined }

/** What is measured at each target, and what had to be dropped to fit into the time. */
function planOf(agents: readonly Agent[], choice: Choice, asking: Asking, part: Part | undefined): Plan {
  const all = agents.map((agent) => ({ agent, cells: cellsAt(agent, asking.name, choice) }))
  if (all.every(({ cells }) => cells.length === 0)) throw nothingSelected(agents, choice.wanted, asking)
  const { budget, dropped, targets } = fittedCells(asking, all)
  const { own, names, groups } = dividedCells(targets, (cell) => launchMs(cell, budget), part)
  if (part !== undefined) refuseTooMany(part, groups, 'group', 's of cells that are compared')
  return { name: asking.name, budget, dropped, targets: own, shard: shardOf(part, names) }
}

export interface Choice {
  readonly wanted: Selection<Cell>
  /** What of the baselines is measured too, that nobody has asked for. */
  readonly allowed: Selection<Cell>
}

const choiceOf = (asked: readonly Asked[]): Choice => ({
  wanted: cellSelection(asked, suite),
  allowed: cellSelection(
    asked.filter(({ text }) => text.startsWith('!')),
    suite,
  ),
})

/** The cells that fit the filter, and what they are held against, unless the filter takes that away. */
export function cellsAt({ info }: Agent, budget: Asking['name'], { wanted, allowed }: Choice): Cell[] {
  const chosen = cellsFor(budget, measuredOn(info.os, suite.mechanisms)).filter(wanted)
  return withBaselines(chosen).filter(allowed)
}

/** Why nothing was selected, as precisely as can be told. */
function nothingSelected(agents: readonly Agent[], selection: Selection<Cell>, { name }: Asking): Error {
  const fits = (budget: Asking['name'], names: readonly string[]) => cellsFor(budget, names).some(selection)
  const here = agents.flatMap(({ info }) => measuredOn(info.os, suite.mechanisms))
  const other = budgetNames.find((budget) => budget !== name && fits(budget, here))
  const hint =
    other !== undefined
      ? `; the budget ${other} has some: --budget ${other}`
      : budgetNames.some((budget) =>
            fits(budget, [...measuredOn('linux', suite.mechanisms), ...measuredOn('windows', suite.mechanisms)]),
          )
        ? '; another system has some: --target wine, or a run there'
        : "; 'ipcmark list --benchmarks' shows what there is"
  return nothingRan(`nothing to measure: no cell of the budget ${name} fits the filter on this target${hint}.`)
}
