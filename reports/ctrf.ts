/**
 * `ctrf-report.json`: the Common Test Report Format (ctrf.io), for whatever reads test results as JSON. The suite of a test
 * names its place first; an error, which the format does not know, has failed and keeps its own word as `rawStatus`.
 */

import type { Reporter, Run, Runs } from '../harness/model.ts'
import { countsOf, duration, millisecondsOf, type Outcome, type Status, type Suite } from './outcomes/outcome.ts'
import { suitesOf } from './outcomes/suites.ts'
import { surroundingsOf } from './outcomes/surroundings.ts'
import { visible } from './view/visible.ts'

const specVersion = '0.0.0'

export const ctrfReport = ((runs) => [{ name: 'ctrf-report.json', contents: document(runs) }]) satisfies Reporter

function* document(runs: Runs): Generator<string> {
  const suites = suitesOf(runs)
  const [{ header }] = runs
  const tool = { name: header.tool.name, version: header.tool.version }
  const opened = { reportFormat: 'CTRF', specVersion, generatedBy: 'ipcmark' }
  yield `${JSON.stringify(opened).slice(0, -1)},"results":{"tool":${JSON.stringify(tool)},`
  yield `"summary":${JSON.stringify(summaryOf(runs, suites))},"tests":[`
  let separator = '\n'
  for (const suite of suites) {
    for (const outcome of suite.outcomes) {
      yield `${separator}${JSON.stringify(testOf(suite, outcome))}`
      separator = ',\n'
    }
  }
  yield `\n],"environment":${JSON.stringify(environmentOf(runs))}}}\n`
}

function summaryOf(runs: Runs, suites: readonly Suite[]) {
  const all = suites.flatMap(({ outcomes }) => outcomes)
  const { passed, failed, error, skipped } = countsOf(all)
  const times = runs.flatMap(({ header, end }) => [header.started, ...(end === undefined ? [] : [end.finished])])
  const moments = times.map(Date.parse).filter(Number.isSafeInteger)
  const start = Math.min(...moments)
  const stop = Math.max(...moments)
  return {
    tests: all.length,
    ...{ passed, failed: failed + error, skipped, pending: 0, other: 0 },
    suites: suites.length,
    start: moments.length === 0 ? 0 : start,
    stop: moments.length === 0 ? 0 : stop,
    duration: Math.round(millisecondsOf(all)),
  }
}

const statusOf: Readonly<Record<Status, string>> = {
  passed: 'passed',
  failed: 'failed',
  error: 'failed',
  skipped: 'skipped',
}

function testOf(suite: Suite, { name, group, status, verdict, excuse, ms, message, details }: Outcome) {
  return {
    name: visible(name) || '(no name)',
    testId: visible([...suite.scope, ...group, name].join('/')),
    status: statusOf[status],
    rawStatus: verdict,
    duration: Math.round(duration(ms)),
    suite: [suite.name, ...group].map(visible),
    type: suite.kind,
    ...(excuse === undefined ? {} : { tags: [excuse === 'known' ? 'known-deviation' : 'stale-excuse'] }),
    labels: { run: suite.run.header.run },
    ...(message === undefined ? {} : { message: visible(message) }),
    ...(details === undefined ? {} : { trace: visible(details()) }),
  }
}

/** Of several runs each has its own: they are not of one environment. */
function environmentOf(runs: Runs) {
  const [first, ...others] = runs
  if (others.length > 0) return { extra: { runs: runs.map(surroundingsOf) } }
  const { distribution, kernel } = first.header.environment
  return { osPlatform: platformOf(first), osRelease: distribution, osVersion: kernel, extra: surroundingsOf(first) }
}

const platformOf = ({ header }: Run): string => (header.environment.kernel.startsWith('Windows') ? 'win32' : 'linux')
