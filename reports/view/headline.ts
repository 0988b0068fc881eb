/** A run, or several together, in one sentence, the same in the browser's tab, on top of the page and in the terminal. */

import type { GateVerdict, Run } from '../../harness/model.ts'
import { headlineOf as sentenceOf } from '../gate/words.ts'
import { isCutShort, isSelfTest, isStrict, toldAnything } from './judged.ts'
import { measuredOf, mishapsIn } from './measured.ts'
import { isGated } from './sides.ts'
import { casesOf, tallyOf } from './tally.ts'
import { countOf } from './words.ts'

export interface Headline {
  /**
   * `bad`: a regression or a launch that failed · `unsure`: a gate could not tell, or not all of a record is here · `none`:
   * nothing was told.
   */
  readonly mood: 'good' | 'bad' | 'unsure' | 'none'
  readonly says: string
}

/** Where there is a gate it is what a reader wants to know: whatever else went wrong in it, did so in both arms. */
export function headlineOf(...runs: readonly Run[]): Headline {
  const others = runs.filter((run) => !isGated(run))
  if (others.length === runs.length) return ofRuns(runs)
  const found = [ofGates(runs.filter(isGated)), ...(others.length === 0 ? [] : [ofRuns(others)])]
  const mood = (['bad', 'unsure', 'none', 'good'] as const).find((one) =>
    found.some((headline) => headline.mood === one),
  )
  return { mood: mood ?? 'none', says: found.map(({ says }) => says).join('. ') }
}

const gateWords: Readonly<Record<GateVerdict, readonly [mood: Headline['mood'], says: string]>> = {
  fail: ['bad', 'failed'],
  inconclusive: ['unsure', 'inconclusive'],
  pass: ['good', 'passed'],
}

/** Both sides of a gate have its verdict: it counts once. */
function ofGates(runs: readonly Run[]): Headline {
  const gates = [...new Set(runs.flatMap(({ gate }) => gate ?? []))]
  const [only, ...more] = gates
  if (only === undefined) {
    return {
      mood: 'none',
      says: runs.every(isSelfTest)
        ? 'A gate was on trial: its launches are here, and it decided nothing'
        : 'The gate was cut short before it decided',
    }
  }
  const worst = (['fail', 'inconclusive', 'pass'] as const).find((one) => gates.some(({ verdict }) => verdict === one))
  const [mood, word] = gateWords[worst ?? 'inconclusive']
  if (more.length === 0) return doubted({ mood, says: `Gate ${word}: ${sentenceOf(only)}` }, runs)
  const counts = Object.entries(gateWords).map(([verdict, [, says]]) => {
    const count = gates.filter((gate) => gate.verdict === verdict).length
    return count > 0 && `${count} ${says}`
  })
  return doubted({ mood, says: `${countOf(gates.length, 'gate')}: ${joined(counts)}` }, runs)
}

function ofRuns(runs: readonly Run[]): Headline {
  const { regressions, fixed, known, all } = tallyOf(casesOf(runs))
  const mishaps = sum(runs, (run) => mishapsIn(measuredOf(run).verdicts))
  const launches = sum(runs, (run) => run.launches.length)
  const wrong = [
    regressions > 0 && countOf(regressions, 'unexpected result'),
    mishaps > 0 && countOf(mishaps, 'failed launch', 'es'),
  ]
  const excuses = [known > 0 && countOf(known, 'known deviation'), fixed > 0 && countOf(fixed, 'stale excuse')]
  const stale = sum(runs.filter(isStrict), ({ cases }) => tallyOf(cases).fixed)
  if (regressions + mishaps + stale > 0)
    return { mood: 'bad', says: joined([...wrong, fixed > 0 && countOf(fixed, 'stale excuse')]) }
  if (all + launches === 0) return { mood: 'none', says: 'Nothing was recorded' }
  if (!runs.some(toldAnything)) return { mood: 'none', says: 'Nothing could be tried here' }
  if (all === 0) return ofLaunches(runs, launches)
  const says = known + fixed === 0 ? 'Everything as expected' : `As expected, with ${joined(excuses)}`
  return doubted({ mood: 'good', says }, runs)
}

function ofLaunches(runs: readonly Run[], launches: number): Headline {
  const figures = sum(runs, (run) => measuredOf(run).rows.length)
  const says = countOf(launches, 'launch', 'es')
  return figures === 0 ? { mood: 'none', says: `${says} and no figure` } : doubted({ mood: 'good', says }, runs)
}

/** What is well as far as it is known, of records that lack something. */
function doubted({ mood, says }: Headline, runs: readonly Run[]): Headline {
  const [cut, empty] = [runs.filter(isCutShort).length, runs.filter((run) => !toldAnything(run)).length]
  if (mood !== 'good' || cut + empty === 0) return { mood, says }
  const one = runs.length === 1
  const doubts = [
    cut > 0 && (one ? 'the record is not whole' : `${cut} of ${runs.length} records are not whole`),
    empty > 0 && !one && `${empty} of ${runs.length} tell nothing`,
  ]
  return { mood: 'unsure', says: `${says}, but ${joined(doubts)}` }
}

function joined(found: readonly (string | false)[]): string {
  const parts = found.filter((part) => part !== false)
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

const sum = (runs: readonly Run[], of: (run: Run) => number): number => runs.reduce((all, run) => all + of(run), 0)
