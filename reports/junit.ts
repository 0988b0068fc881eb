/**
 * `junit.xml`: what CI systems read as test results. A suite for each place and kind of thing, a test case for each claim,
 * for all launches of a cell together, and for whatever a gate decided. A failure or an error has the claim, what was
 * expected and observed, and the ladder of calls as its text. Excused deviations pass with a note.
 *
 * The dialect is the one that Jenkins publishes a schema of (fixture/jenkins-junit.xsd).
 */

import type { Reporter, Runs } from '../harness/model.ts'
import { countsOf, duration, millisecondsOf, type Outcome, type Suite } from './outcomes/outcome.ts'
import { suitesOf } from './outcomes/suites.ts'
import { surroundingsOf } from './outcomes/surroundings.ts'
import { element, opening, xmlHead, xmlText } from './xml.ts'

export const junitReport = ((runs) => [{ name: 'junit.xml', contents: testSuites(runs) }]) satisfies Reporter

function* testSuites(runs: Runs): Generator<string> {
  const suites = suitesOf(runs)
  const all = suites.flatMap(({ outcomes }) => outcomes)
  yield `${xmlHead}${opening('testsuites', { name: 'ipcmark', ...figuresOf(all) })}\n`
  for (const suite of suites) yield* testSuite(suite)
  yield '</testsuites>\n'
}

function* testSuite(suite: Suite): Generator<string> {
  const { name, run, outcomes } = suite
  const { skipped } = countsOf(outcomes)
  const timestamp = run.header.started.replace(/\.\d+Z$/, '')
  yield `  ${opening('testsuite', { name, ...figuresOf(outcomes), skipped, timestamp })}\n`
  const properties = Object.entries(surroundingsOf(run)).map(([name, value]) => element('property', { name, value }))
  yield `    <properties>\n${properties.map((one) => `      ${one}\n`).join('')}    </properties>\n`
  for (const outcome of outcomes) yield `    ${testCase(suite, outcome)}\n`
  yield '  </testsuite>\n'
}

function figuresOf(outcomes: readonly Outcome[]) {
  const { failed, error } = countsOf(outcomes)
  return { tests: outcomes.length, failures: failed, errors: error, time: seconds(millisecondsOf(outcomes)) }
}

const seconds = (ms: number): string => (duration(ms) / 1000).toFixed(3)

/** What stands before the last dot is a package to Jenkins: the mechanism. */
const testCase = ({ scope }: Suite, outcome: Outcome): string =>
  element(
    'testcase',
    { name: outcome.name, classname: [...scope, ...outcome.group].join('.'), time: seconds(outcome.ms) },
    resultOf(outcome),
  )

function resultOf({ status, verdict, message, details }: Outcome): string {
  if (status === 'passed') return message === undefined ? '' : element('system-out', {}, xmlText(message))
  // Of what is skipped, the schema knows no attribute.
  if (status === 'skipped') return element('skipped', {}, xmlText(message ?? verdict))
  const tag = status === 'failed' ? 'failure' : 'error'
  return element(tag, { type: verdict, message: message ?? verdict }, xmlText(details?.() ?? ''))
}
