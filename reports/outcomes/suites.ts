/** The suites of runs, in the order in which they are read: what is wrong with a record comes first, then its gate. */

import type { Run } from '../../harness/model.ts'
import { isSelfTest, isStrict, toldAnything } from '../view/judged.ts'
import { isGated } from '../view/sides.ts'
import { casesAt, letterOf, type Place, placesOf, sortedById } from '../view/tally.ts'
import { caseOutcome } from './cases.ts'
import { cellOutcomes } from './cells.ts'
import { gateOutcomes } from './gate.ts'
import type { Outcome, Suite } from './outcome.ts'

export const suitesOf = (runs: readonly Run[]): Suite[] => {
  const places = placesOf(...runs)
  return runs.flatMap((run, at) => {
    const letter = letterOf(at, runs)
    const scope = letter === undefined ? [] : [letter]
    const titled = (title: string) => (letter === undefined ? title : `${letter}: ${title}`)
    const suites: Suite[] = [
      { name: titled('run'), kind: 'run', run, scope, outcomes: runOutcomes(run) },
      { name: titled('gate'), kind: 'gate', run, scope, outcomes: run.gate ? gateOutcomes(run.gate, run) : [] },
      ...places.filter((place) => place.run === run && place.letter === letter).flatMap(suitesAt),
    ]
    return suites.filter(({ outcomes }) => outcomes.length > 0)
  })
}

function suitesAt(place: Place): Suite[] {
  const { run, target, title, letter } = place
  const scope = [...(letter === undefined ? [] : [letter]), ...(target === 'native' ? [] : [target])]
  // What was played and measured in an arm is the gate's to judge.
  const own = sortedById(casesAt(place)).filter(({ arm }) => arm === undefined)
  const common = { run, scope }
  return [
    {
      ...common,
      name: `${title} conformance`,
      kind: 'conformance',
      outcomes: own.map((one) => caseOutcome(one, isStrict(run))),
    },
    { ...common, name: `${title} benchmarks`, kind: 'benchmarks', outcomes: isGated(run) ? [] : cellOutcomes(place) },
  ]
}

/** That nothing ran, or not all of it, must not look like a pass. */
function runOutcomes(run: Run): Outcome[] {
  const { gate, end, partial } = run
  const one = (name: string, status: Outcome['status'], message: string): Outcome => ({
    ...{ name, group: ['run', 'record'], status, verdict: name, ms: 0, message },
  })
  return [
    ...(partial === undefined ? [] : [one('partial', 'error', partial)]),
    ...(end?.interrupted
      ? [one('interrupted', 'error', 'The run did not go to its end: what had ended is here.')]
      : []),
    ...(isGated(run) && gate === undefined && !isSelfTest(run)
      ? [one('no-verdict', 'error', 'The gate ended before its verdict.')]
      : []),
    ...(toldAnything(run) || gate !== undefined ? [] : [one('nothing-ran', 'error', nothingRan(run))]),
  ]
}

const nothingRan = ({ cases, launches }: Run): string =>
  cases.length + launches.length === 0
    ? 'Nothing was recorded.'
    : 'Nothing could be tried here: see why it was skipped.'
