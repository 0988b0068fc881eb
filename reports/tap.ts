/**
 * `results.tap`: TAP version 14, a subtest for each place and kind of thing. A known deviation is a TODO that is not ok, a
 * stale excuse is a TODO that is ok, and what is not here is a SKIP. No text can end a line, begin a directive, or leave
 * its block of YAML.
 */

import type { Reporter, Runs } from '../harness/model.ts'
import { countsOf, duration, type Outcome, type Suite } from './outcomes/outcome.ts'
import { suitesOf } from './outcomes/suites.ts'
import { surroundingsOf } from './outcomes/surroundings.ts'
import { visible, visibleLine } from './view/visible.ts'

export const tapReport = ((runs) => [{ name: 'results.tap', contents: stream(runs) }]) satisfies Reporter

const indent = '    '

function* stream(runs: Runs): Generator<string> {
  const suites = suitesOf(runs)
  yield `TAP version 14\n1..${suites.length}\n`
  for (const [at, suite] of suites.entries()) yield* subtest(suite, at + 1)
}

function* subtest(suite: Suite, number: number): Generator<string> {
  const { name, run, outcomes } = suite
  yield `# Subtest: ${escaped(name)}\n`
  for (const [what, value] of Object.entries(surroundingsOf(run)))
    yield `${indent}# ${visibleLine(what)}: ${visibleLine(value)}\n`
  yield `${indent}1..${outcomes.length}\n`
  for (const [at, outcome] of outcomes.entries()) yield* point(outcome, at + 1)
  const { failed, error } = countsOf(outcomes)
  yield `${failed + error === 0 ? 'ok' : 'not ok'} ${number} - ${escaped(name)}\n`
}

function* point(outcome: Outcome, number: number): Generator<string> {
  const { name, group, verdict, ms, message, details } = outcome
  yield `${indent}${isOk(outcome) ? 'ok' : 'not ok'} ${number} - ${escaped(name)}${directiveOf(outcome)}\n`
  const block = [
    ...entry('verdict', verdict),
    ...entry('group', group.join('/')),
    `duration_ms: ${duration(ms)}`,
    ...(message === undefined ? [] : entry('message', message)),
    ...(details === undefined ? [] : entry('details', details())),
  ]
  yield ['---', ...block, '...'].map((line) => `${indent}  ${line}\n`).join('')
}

const isOk = ({ status, excuse }: Outcome): boolean =>
  excuse !== 'known' && (status === 'passed' || status === 'skipped')

function directiveOf({ status, excuse, message = '' }: Outcome): string {
  if (excuse === 'known') return ` # TODO ${escaped(message)}`
  // A TODO would take the failure back.
  if (excuse === 'fixed' && status === 'passed') return ' # TODO it passes: take its excuse away'
  return status === 'skipped' ? ` # SKIP ${escaped(message)}` : ''
}

/** In a description and in a directive. */
const escaped = (text: string): string => visibleLine(text).replace(/[\\#]/g, (sign) => `\\${sign}`)

/** A key of YAML with text: quoted where it is one line, as a block where it is several. */
function entry(key: string, text: string): string[] {
  const lines = visible(text).trimEnd().split('\n')
  return lines.length === 1
    ? [`${key}: ${JSON.stringify(lines[0])}`]
    : [`${key}: |2-`, ...lines.map((line) => `  ${line}`)]
}
