/** What `bench --plan` prints: the cells by mechanism and how it is used, how many launches, and how long they take. */

import { rowName, whereOf } from '../../reports/view/figures.ts'
import { groupBy } from '../../reports/view/tally.ts'
import { countOf } from '../../reports/view/words.ts'
import { type Budget, planMs } from '../measure/budget.ts'
import type { Cell, TargetInfo } from '../model.ts'
import { columns } from './columns.ts'
import { lasting } from './durations.ts'
import type { Paint } from './screen.ts'
import { sizesInWords } from './select-cells.ts'

export interface PlanOf<A extends { readonly info: Pick<TargetInfo, 'id' | 'system'> }> {
  readonly name: string
  readonly budget: Budget
  readonly dropped: readonly string[]
  readonly targets: readonly { readonly agent: A; readonly cells: readonly Cell[] }[]
}

export function planText<A extends { readonly info: Pick<TargetInfo, 'id' | 'system'> }>(
  { name, budget, targets }: PlanOf<A>,
  paint: Paint,
): string {
  const blocks = targets.map(({ agent: { info }, cells }) => {
    const head = `${paint('bold', info.id)}  ${info.system}`
    return `${head}\n${cellTable(cells, paint)}`
  })
  const all = targets.flatMap(({ cells }) => cells)
  const { rounds, warmupMs, measureMs, batchesMs = measureMs } = budget
  const launch = `each ${warmupMs} ms of warm-up and ${measureMs} ms measured${batchesMs === measureMs ? '' : ` (streams ${batchesMs} ms)`}`
  const total = `${countOf(all.length, 'cell')} × ${countOf(rounds, 'launch', 'es')} = ${countOf(rounds * all.length, 'launch', 'es')}, ${launch}`
  const time = `${paint('bold', `about ${lasting(planMs(all, budget))}`)} (budget ${name})`
  return `${[...blocks, total].join('\n\n')}\n${time}\n`
}

/** By mechanism and how it is used; one line for each workload and condition, with its sizes. */
export function cellTable(cells: readonly Cell[], paint: Paint): string {
  const rows = [...groupBy(cells, rowName)].flatMap(([name, own]) =>
    [...groupBy(own, (cell) => `${cell.workload}, ${whereOf(cell)}`)].map(([where, alike], at) => [
      at === 0 ? name : '',
      where,
      paint('dim', sizesInWords(alike.map(({ size }) => size))),
    ]),
  )
  return columns(rows)
}
