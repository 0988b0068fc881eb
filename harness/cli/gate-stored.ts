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
  const asBuilt = all.filter((run) => !isAsked(run, others.agent))
  return { runs: asBuilt, figures: ofTheBudget(asBuilt), notes: where === '' ? [] : [`${where}; --force took them`] }
}

/** A record and its copy are one run: they would say that runs do not scatter. */
const onceEach = (runs: readonly StoredRun[]): StoredRun[] => [
  ...new Map(runs.map((run) => [run.header.run, run])).values(),
]

/** What makes runs unlike what is measured now: launches of other lengths or another number, another agent, broken calls. */
const others = {
  budget: ['--quick', '--thorough', '--budget', '--time-budget', '--rounds'],
  agent: ['--agent', '--fault'],
}

const isAsked = ({ header: { words = [] } }: StoredRun, options: readonly string[]): boolean =>
  words.some((word) => options.includes(word.split('=')[0] ?? ''))

function ofTheBudget(runs: readonly StoredRun[]): readonly StoredRun[] {
  const same = runs.filter((run) => run.header.words?.[0] === 'bench' && !isAsked(run, others.budget))
  if (same.length > 0) return same
  throw usage(
    `none of the stored runs is of 'ipcmark bench' with its default budget and agent, without --rounds and --fault, and no other is like what is measured now.`,
  )
}
