/** How cases are run, and against which expectations. */

import { availableParallelism } from 'node:os'
import { ExpectationsError, loadExpectations, ownFiles } from '../conformance/expectations.ts'
import type { Suite } from '../conformance/plan.ts'
import type { Deviation, TargetInfo } from '../model.ts'
import { resultsFolder } from '../record/folder.ts'
import { usage } from './failures.ts'
import { seedOfShards } from './shard.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

const deadlineSeconds = 10
const defaultJobs = Math.min(2, availableParallelism())

export const deadlineOption: Options = {
  deadline: { says: `what a case may take before it counts as hung (${deadlineSeconds})`, value: 'SECONDS' },
}

export const expectationsOption: Options = {
  expectations: { says: 'known deviations, instead of those that come with the suite', value: 'FILE', many: true },
}

export const learnOption: Options = {
  learn: {
    says: 'write an expectations file from what deviates, each entry with a place for its reason',
    value: 'FILE',
  },
}

export const seedOption: Options = { seed: { says: 'the order of things (drawn, and told)', value: 'N' } }

export const checkOptions: Options = {
  jobs: { says: `cases at the same time (${defaultJobs})`, value: 'N' },
  ...seedOption,
  ...deadlineOption,
  ...expectationsOption,
  strict: { says: 'fail when an excused deviation is no longer there' },
}

export const outputOptions: Options = {
  output: { says: `where results go (${resultsFolder})`, value: 'FOLDER' },
  json: { says: 'print the records themselves on standard output, one per line' },
}

export interface CheckSettings {
  readonly jobs: number
  readonly seed: number
  readonly deadlineMs: number
  readonly strict: boolean
}

export const checkSettingsOf = (words: Words): CheckSettings => ({
  jobs: words.whole('jobs', 1, 64) ?? defaultJobs,
  seed: seedOf(words),
  deadlineMs: 1000 * (words.whole('deadline', 1, 86_400) ?? deadlineSeconds),
  strict: words.flag('strict'),
})

export const seedOf = (words: Words): number =>
  words.whole('seed', 0, 0xffff_ffff) ??
  (words.text('shard') === undefined ? Math.floor(Math.random() * 1_000_000) : seedOfShards)

/**
 * The excuses that hold on a target, and on another where cases have peers on both: those of the given files, or else those
 * that come with the suite.
 */
export function deviationsOf(
  words: Words,
  suite: Suite,
  ...places: readonly TargetInfo[]
): ReadonlyMap<string, Deviation> {
  const given = words.texts('expectations')
  return deviationsIn(given.length > 0 ? given : places.flatMap(ownFiles), suite)
}

export function deviationsIn(files: readonly string[], suite: Suite): ReadonlyMap<string, Deviation> {
  try {
    return loadExpectations(files, suite)
  } catch (error) {
    if (error instanceof ExpectationsError) throw usage(error.message)
    throw error
  }
}
