/**
 * A gate against stored runs: one number of each run for each cell, and a bound that their own spread justifies. It is wider
 * than that of two arms measured at once, since machines drift from run to run, and nothing can be said from too few runs.
 */

import { median } from '../measure/statistics.ts'
import type { CellDecision } from '../model.ts'
import { type Decision, decisionOf, doubtsOfSteal } from './decide.ts'
import type { Rules } from './rules.ts'
import { upperQuantile, upperTail } from './student.ts'

/** What a cell cost, run by run, and what it costs now: more is worse. */
export interface Series {
  readonly cell: string
  readonly minEffect?: number
  readonly before: readonly number[]
  readonly now: number
}

/** With fewer the spread of runs is anyone's guess. */
export const fewestRuns = 5

/** All cells, on a machine whose hypervisor took such a share of its time. */
export const decideByRuns = (series: readonly Series[], steal: number, rules: Rules): Decision =>
  decisionOf(decideAgainstRuns(series, rules), doubtsOfSteal(steal, rules))

/** Each cell by the bound of a new value: the level is shared by all that can be told. */
export function decideAgainstRuns(series: readonly Series[], rules: Rules): CellDecision[] {
  const told = series.filter(({ before }) => before.length >= fewestRuns).length
  return series.map((one) => decideCell(one, told, rules))
}

function decideCell({ cell, minEffect, before, now }: Series, cells: number, rules: Rules): CellDecision {
  const least = Math.log1p(minEffect ?? rules.minEffect)
  const logs = before.map(Math.log)
  const centre = median(logs)
  const ratio = now / Math.exp(centre)
  if (before.length < fewestRuns) {
    const reason = `${before.length} stored ${before.length === 1 ? 'run has' : 'runs have'} it, and ${fewestRuns} are needed to know how runs scatter`
    return { cell, verdict: 'inconclusive', ratio, threshold: Math.exp(least), reason }
  }
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
  const freedom = logs.length - 1
  const scatter = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom)
  if (scatter === 0) {
    const reason = 'every stored run says the same to the last digit: they are one run, or no measurement'
    return { cell, verdict: 'inconclusive', ratio, threshold: Math.exp(least), reason }
  }
  // A new value scatters as the others do, and so does their mean about the truth.
  const unit = scatter * Math.sqrt(1 + 1 / logs.length)
  const bound = Math.max(least, upperQuantile(rules.alpha / cells, freedom) * unit)
  const difference = Math.log(now) - mean
  const p = Math.min(1, cells * upperTail(difference / unit, freedom))
  const mde = Math.expm1(bound)
  const history = { runs: logs.length, scatter: Math.expm1(scatter) }
  const common = { cell, ratio: Math.exp(difference), p, threshold: Math.exp(bound), mde, history }
  if (difference >= bound) return { ...common, verdict: 'fail' }
  if (mde <= rules.maxMde) return { ...common, verdict: 'pass' }
  const reason = `stored runs scatter so much that less than ${(100 * mde).toFixed(0)} % could not have been seen`
  return { ...common, verdict: 'inconclusive', reason }
}
