/** Which stored runs a gate may be held against: of this environment, or of another where somebody insists, and never silently. */

import { environmentChanges } from '../gate/environments.ts'
import type { StoredRun } from '../gate/stored.ts'
import type { RunHeader } from '../model.ts'
import { usage } from './failures.ts'
import { storedRuns } from './stored-runs.ts'
import type { Words } from './words.ts'

export interface Baseline {
  /** What holds for claims. */
  readonly runs: readonly StoredRun[]
  /** Those whose figures are of the budget that is measured by now. */
  readonly figures: readonly StoredRun[]
  /** What a reader has to know of them. */
  readonly notes: readonly string[]
}

export function baselineOf(header: RunHeader, words: Words): Baseline {
  const all = onceEach(storedRuns(words.texts('baseline')))
  if (all.length === 0) throw usage('--baseline names no record that can be read.')
  const foreign = all.flatMap(({ header: stored }) => {
    const [change] = environmentChanges(stored, header).filter(({ matters }) => matters)
    return change === undefined ? [] : [{ run: stored.run, ...change }]
  })
  const [first] = foreign
  const where =
    first === undefined
      ? ''
      : `${foreign.length} of ${all.length} stored runs were measured in another environment, such as ${first.run}: ${first.what}: ${first.before}, and here it is ${first.after}`
  if (where !== '' && !words.flag('force')) throw usage(`${where}. --force takes them all the same.`)
  return { runs: all, figures: ofTheBudget(all), notes: where === '' ? [] : [`${where}; --force took them`] }
}

/** A record and its copy are one run: they would say that runs do not scatter. */
const onceEach = (runs: readonly StoredRun[]): StoredRun[] => [
  ...new Map(runs.map((run) => [run.header.run, run])).values(),
]

/** Launches of other lengths have other medians: what is stored has to be of the default budget, as what is measured is. */
function ofTheBudget(runs: readonly StoredRun[]): readonly StoredRun[] {
  const others = ['--quick', '--thorough', '--budget', '--time-budget']
  const same = runs.filter(
    ({ header: { words = [] } }) =>
      words[0] === 'bench' && !words.some((word) => others.includes(word.split('=')[0] ?? '')),
  )
  if (same.length > 0) return same
  throw usage(
    `none of ${runs.length} stored runs is of 'ipcmark bench' with its default budget, and no other is like what is measured now.`,
  )
}
