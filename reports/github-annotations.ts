/**
 * `annotations.txt`: workflow commands that GitHub shows beside a run, to be printed by a step. GitHub keeps ten errors and
 * ten warnings of a step: the gravest come first, and the last of ten says how many are left. No text can begin a command
 * of its own.
 */

import type { Runs } from '../harness/model.ts'
import type { Outcome, Suite } from './outcomes/outcome.ts'
import { headlineOf } from './view/headline.ts'
import { shorten, visible } from './view/visible.ts'

const mostOfEach = 10
const longestMessage = 4096
const longestTitle = 240

/** As `@actions/core` escapes them. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

const command = (level: 'error' | 'warning' | 'notice', title: string, message: string): string =>
  `::${level} title=${property(visible(shorten(title, longestTitle)))}::${data(visible(shorten(message, longestMessage)))}\n`

export function annotations(runs: Runs, suites: readonly Suite[]): string {
  return [
    ...limited('error', suites.flatMap(redOf)),
    ...limited('warning', suites.flatMap(doubtsOf)),
    command('notice', 'ipcmark', headlineOf(...runs).says),
  ].join('')
}

interface Annotation {
  readonly title: string
  readonly message: string
}

/** Suites come in the order of their weight; in each what failed goes before what could not be played. */
export function redOf(suite: Suite): Annotation[] {
  const red = redOutcomes(suite)
  // What a gate is red for speaks for it.
  const telling = red.length > 1 ? red.filter(({ group }) => group[1] !== 'verdict') : red
  return telling.map((outcome) => annotationOf(suite, outcome))
}

export const redOutcomes = ({ outcomes }: Suite): Outcome[] => [
  ...outcomes.filter(({ status }) => status === 'failed'),
  ...outcomes.filter(({ status }) => status === 'error'),
]

/** What nobody has to mend at once: a gate that cannot tell, and excuses that have gone stale. */
function doubtsOf(suite: Suite): Annotation[] {
  const doubtful = ({ status, excuse, group }: Outcome) =>
    (excuse === 'fixed' && status === 'passed') || (status === 'skipped' && group[1] === 'verdict')
  return suite.outcomes.filter(doubtful).map((outcome) => annotationOf(suite, outcome))
}

const annotationOf = (suite: Suite, outcome: Outcome): Annotation => ({
  title: `${outcome.name} (${suite.name})`,
  message: outcome.excuse === 'fixed' ? 'It passes: take its excuse away.' : saidOf(outcome),
})

const saidOf = ({ verdict, message = '' }: Outcome): string =>
  message.startsWith(verdict) ? message : [verdict, message].filter((part) => part !== '').join(': ')

function limited(level: 'error' | 'warning', all: readonly Annotation[]): string[] {
  const shown = all.length > mostOfEach ? all.slice(0, mostOfEach - 1) : all
  const left = all.length - shown.length
  return [
    ...shown.map(({ title, message }) => command(level, title, message)),
    ...(left === 0 ? [] : [command(level, 'ipcmark', `${left} more are in the step summary.`)]),
  ]
}
