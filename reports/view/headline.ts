/** A run, or several together, in one sentence, the same in the browser's tab, on top of the page and in the terminal. */

import type { Run } from '../../harness/model.ts'
import { measuredOf, mishapsIn } from './measured.ts'
import { casesOf, tallyOf } from './tally.ts'
import { countOf } from './words.ts'

export interface Headline {
  /** `bad`: a regression or a launch that failed · `none`: nothing was recorded. */
  readonly mood: 'good' | 'bad' | 'none'
  readonly says: string
}

export function headlineOf(...runs: readonly Run[]): Headline {
  const { regressions, fixed, known, all } = tallyOf(casesOf(runs))
  const mishaps = sum(runs, (run) => mishapsIn(measuredOf(run).verdicts))
  const launches = sum(runs, (run) => run.launches.length)
  const wrong = [
    regressions > 0 && countOf(regressions, 'unexpected result'),
    mishaps > 0 && countOf(mishaps, 'failed launch', 'es'),
  ]
  const excuses = [known > 0 && countOf(known, 'known deviation'), fixed > 0 && countOf(fixed, 'stale excuse')]
  if (regressions + mishaps > 0)
    return { mood: 'bad', says: joined([...wrong, fixed > 0 && countOf(fixed, 'stale excuse')]) }
  if (all + launches === 0) return { mood: 'none', says: 'Nothing was recorded' }
  if (all === 0) return { mood: 'good', says: countOf(launches, 'launch', 'es') }
  return { mood: 'good', says: known + fixed === 0 ? 'Everything as expected' : `As expected, with ${joined(excuses)}` }
}

function joined(found: readonly (string | false)[]): string {
  const parts = found.filter((part) => part !== false)
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

const sum = (runs: readonly Run[], of: (run: Run) => number): number => runs.reduce((all, run) => all + of(run), 0)
