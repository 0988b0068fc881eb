/** What tells runs apart that stand side by side, in words. */

import { environmentDifferences } from '../../harness/gate/environments.ts'
import type { Runs } from '../../harness/model.ts'
import { groupBy, letterOf } from './tally.ts'
import { shorten } from './visible.ts'

export interface Differences {
  readonly named: readonly { readonly letter: string; readonly run: string; readonly started: string }[]
  readonly differing: readonly {
    readonly what: string
    /** Whether figures may differ for it. */
    readonly matters: boolean
    /** Runs of which the same is true stand together. */
    readonly values: readonly { readonly letters: string; readonly value: string }[]
  }[]
}

/** A topology and a list of mitigations are long, and a reader wants to know that they differ. */
const longestValue = 60

export function differencesOf(runs: Runs): Differences {
  const letters = runs.map((_, at) => letterOf(at, runs) ?? '')
  const differences = environmentDifferences(runs.map(({ header }) => header))
  return {
    named: runs.map(({ header }, at) => ({ letter: letters[at] ?? '', run: header.run, started: header.started })),
    differing: differences.map(({ what, matters, values }) => ({
      what,
      matters,
      values: [...groupBy([...values.keys()], (at) => values[at])].map(([value, own]) => ({
        letters: own.map((at) => letters[at]).join(', '),
        value: value === undefined ? 'not there' : shorten(value, longestValue),
      })),
    })),
  }
}
