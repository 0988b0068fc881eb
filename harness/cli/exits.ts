/** What the verbs that run something end with, for their help. */

import type { Verb } from './verb.ts'

/** `failure` says what exit code 1 means for the verb. */
export const exitsOfRuns = (failure: string): Verb['exits'] => [
  ['0', 'all as expected'],
  ['1', failure],
  ['2', 'the command line makes no sense'],
  ['4', 'nothing ran'],
  ['5', 'ipcmark itself broke, or a case did, and nothing worse happened'],
  ['129, 130, 143', 'interrupted: the terminal was closed, by Ctrl-C, or by SIGTERM'],
]
