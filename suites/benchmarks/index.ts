/** What is measured, and how long it may take. A benchmark says for which mechanisms; its cells are products of axes. */

import type { Budget } from '../../harness/measure/budget.ts'
import { withBaselines } from '../../harness/measure/held-against.ts'
import { type Axes, product } from '../../harness/measure/schedule.ts'
import type { Cell, Os } from '../../harness/model.ts'
import { floors } from './baselines.ts'
import { calls } from './calls.ts'
import { fans } from './fan.ts'
import { handoffs } from './handoff.ts'
import { lifecycles } from './lifecycle.ts'
import { nodeRows } from './node.ts'
import { openLoops } from './openloop.ts'
import { pipeFamily } from './pipe-family.ts'
import { queues } from './queues.ts'
import { rings } from './rings.ts'
import { sockets } from './sockets.ts'

export const budgetNames = ['quick', 'default', 'thorough'] as const
export type BudgetName = (typeof budgetNames)[number]

/** Part of the main job · a figure to decide by · a figure to publish. */
export const budgets: Readonly<Record<BudgetName, Budget>> = {
  quick: { rounds: 3, warmupMs: 10, measureMs: 50, batchesMs: 100 },
  default: { rounds: 7, warmupMs: 20, measureMs: 150 },
  thorough: { rounds: 11, warmupMs: 50, measureMs: 300 },
}

export interface Benchmark {
  /** Mechanisms, baselines, or ways of Node. */
  readonly mechanisms: readonly string[]
  /** The system of those that are no mechanisms; either, where none is named. */
  readonly os?: Os
  readonly cells: Readonly<Record<BudgetName, readonly Omit<Axes, 'mechanisms'>[]>>
}

export const benchmarks: readonly Benchmark[] = [
  ...pipeFamily,
  ...sockets,
  ...queues,
  ...handoffs,
  ...rings,
  ...openLoops,
  ...fans,
  ...calls,
  ...lifecycles,
  ...floors,
  ...nodeRows,
]

/** The cells of a budget, for those of the mechanisms that are wanted, in the order of the table, each once, and behind
 * them the baselines that they are held against. */
export const cellsFor = (budget: BudgetName, wanted: readonly string[]): Cell[] => {
  const cells = benchmarks.flatMap(({ mechanisms, cells: own }) =>
    own[budget].flatMap((axes) =>
      product({ ...axes, mechanisms: mechanisms.filter((mechanism) => wanted.includes(mechanism)) }),
    ),
  )
  return withBaselines(cells).filter(({ mechanism }) => wanted.includes(mechanism))
}

/** What is measured on a system, by name: its own mechanisms, and what is no mechanism. */
export function measuredOn(os: Os, mechanisms: readonly { readonly id: string; readonly os: Os }[]): string[] {
  const home = new Map(mechanisms.map((one) => [one.id, one.os]))
  const names = benchmarks.flatMap((benchmark) =>
    benchmark.mechanisms.filter((id) => (home.get(id) ?? benchmark.os ?? os) === os),
  )
  return [...new Set(names)]
}
