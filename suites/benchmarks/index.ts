/** What is measured, and how long it may take. A benchmark says for which mechanisms; its cells are products of axes. */

import type { Budget } from '../../harness/measure/budget.ts'
import { type Axes, product } from '../../harness/measure/schedule.ts'
import type { Cell } from '../../harness/model.ts'
import { pipeFamily } from './pipe-family.ts'

export const budgetNames = ['quick', 'default', 'thorough'] as const
export type BudgetName = (typeof budgetNames)[number]

/** Part of the main job · a figure to decide by · a figure to publish. */
export const budgets: Readonly<Record<BudgetName, Budget>> = {
  quick: { rounds: 3, warmupMs: 20, measureMs: 160 },
  default: { rounds: 7, warmupMs: 50, measureMs: 400 },
  thorough: { rounds: 15, warmupMs: 100, measureMs: 1000 },
}

export interface Benchmark {
  readonly mechanisms: readonly string[]
  readonly cells: Readonly<Record<BudgetName, readonly Omit<Axes, 'mechanisms'>[]>>
}

export const benchmarks: readonly Benchmark[] = [pipeFamily]

/** The cells of a budget, for those of the mechanisms that are wanted, in the order of the table. */
export const cellsFor = (budget: BudgetName, wanted: readonly string[]): Cell[] =>
  benchmarks.flatMap(({ mechanisms, cells }) =>
    cells[budget].flatMap((axes) =>
      product({ ...axes, mechanisms: mechanisms.filter((mechanism) => wanted.includes(mechanism)) }),
    ),
  )
