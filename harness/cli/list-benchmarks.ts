/** `ipcmark list --benchmarks`: what is measured, by budget, mechanism and how it is used. */

import { countOf } from '../../reports/view/words.ts'
import { type BudgetName, benchmarks, budgetNames, budgets, cellsFor } from '../../suites/benchmarks/index.ts'
import { suite } from '../../suites/index.ts'
import { planMs } from '../measure/budget.ts'
import type { Cell } from '../model.ts'
import { cellTable } from './bench-plan.ts'
import { lasting } from './durations.ts'
import { nothingRan } from './failures.ts'
import type { Paint } from './screen.ts'
import { askedCells, cellSelection } from './select-cells.ts'
import type { Words } from './words.ts'

export type CellsByBudget = Readonly<Record<BudgetName, readonly Cell[]>>

/** Of every system. A selector is one of `ipcmark bench`. */
export function askedBenchmarks(words: Words): CellsByBudget {
  const names = benchmarks.flatMap(({ mechanisms }) => mechanisms)
  const selection = cellSelection(askedCells(words), suite)
  const of = (budget: BudgetName) => cellsFor(budget, names).filter(selection)
  const cells = { quick: of('quick'), default: of('default'), thorough: of('thorough') }
  if (budgetNames.some((budget) => cells[budget].length > 0)) return cells
  throw nothingRan("nothing to list: no cell fits the filter; 'ipcmark list --benchmarks' has all.")
}

export const benchmarkTables = (cells: CellsByBudget, paint: Paint): string =>
  budgetNames
    .filter((budget) => cells[budget].length > 0)
    .map((budget) => {
      const { rounds } = budgets[budget]
      const time = lasting(planMs(cells[budget], budgets[budget]))
      const about = `${countOf(cells[budget].length, 'cell')}, ${countOf(rounds, 'launch', 'es')} of each: about ${time}`
      return `${paint('bold', budget)}  ${paint('dim', about)}\n${cellTable(cells[budget], paint)}`
    })
    .join('\n\n')
