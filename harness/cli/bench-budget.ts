/** How much a benchmark may take, as the command line says it: a budget by name, rounds, or a length of time. */

import { type BudgetName, budgetNames, budgets } from '../../suites/benchmarks/index.ts'
import { type Budget, type Fitted, fittedTo, planMs } from '../measure/budget.ts'
import type { Cell } from '../model.ts'
import { durationOf, lasting } from './durations.ts'
import { usage } from './failures.ts'
import { askedShard } from './shard.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

export const budgetOptions: Options = {
  budget: { says: `how much time it may take: ${budgetNames.join(', ')}`, value: 'NAME' },
  quick: { says: 'the same as --budget quick' },
  thorough: { says: 'the same as --budget thorough' },
  rounds: { says: 'launches of each cell, instead of what the budget says', value: 'N' },
  'time-budget': { says: 'take so long and no longer: 90s, 10m, 1h; says what had to be dropped', value: 'TIME' },
}

/** What was asked for. */
export interface Asking {
  readonly name: BudgetName
  readonly withinMs?: number
  /** What of it there is time for. */
  fit(cells: readonly Cell[]): Fitted
}

/** `usual` is the budget where none is named. */
export function askedBudget(words: Words, usual: BudgetName = 'default'): Asking {
  const name = nameOf(words, usual)
  const rounds = words.whole('rounds', 1, 10_000)
  const time = words.text('time-budget')
  const wanted: Budget = { ...budgets[name], ...(rounds === undefined ? {} : { rounds }) }
  if (time === undefined) return { name, fit: (cells) => ({ budget: wanted, cells, dropped: [] }) }
  if (rounds !== undefined) throw usage('--rounds and --time-budget both say how often to measure; give one of them.')
  const withinMs = durationOf('time-budget', time)
  // Each shard takes so long, and all of them measure in the same way.
  const allMs = withinMs * (askedShard(words)?.of ?? 1)
  return { name, withinMs, fit: (cells) => fittedTo(allMs, cells, wanted) ?? refuse(allMs, cells) }
}

/** What of each target's cells there is time for, and what had to be dropped. */
export function fittedCells<T extends { readonly cells: readonly Cell[] }>(asking: Asking, targets: readonly T[]) {
  const { budget, cells, dropped } = asking.fit(targets.flatMap((one) => one.cells))
  const kept = new Set(cells)
  return {
    budget,
    dropped,
    targets: targets.map((one) => ({ ...one, cells: one.cells.filter((cell) => kept.has(cell)) })),
  }
}

/** Says on standard error what was dropped. */
export function tellDropped({ withinMs = 0 }: Asking, dropped: readonly string[]): void {
  for (const sentence of dropped) process.stderr.write(`ipcmark: to fit into ${lasting(withinMs)}: ${sentence}.\n`)
}

function refuse(withinMs: number, cells: readonly Cell[]): never {
  const least = planMs(cells, { rounds: 1, warmupMs: 5, measureMs: 20 })
  throw usage(
    `${lasting(withinMs)} are too short for ${cells.length} cells, which take ${lasting(least)} and more; ask for fewer, or for more time.`,
  )
}

function nameOf(words: Words, usual: BudgetName): BudgetName {
  const short = (['quick', 'thorough'] as const).filter((name) => words.flag(name))
  const given = words.text('budget')
  const all = [...(given === undefined ? [] : [given]), ...short]
  if (new Set(all).size > 1) throw usage(`${all.join(' and ')} are different budgets; ask for one.`)
  const [name = usual] = all
  const found = budgetNames.find((one) => one === name)
  if (found === undefined) throw usage(`there is no budget '${name}'; there are ${budgetNames.join(', ')}.`)
  return found
}
