/** What a case comes to in a test report. A claim that does not hold has failed; one that could not be played is an error. */

import type { CaseRecord, Verdict } from '../../harness/model.ts'
import { explanation } from '../terminal/explain.ts'
import { grouped } from '../view/numbers.ts'
import type { Outcome, Status } from './outcome.ts'

const unexcused: Readonly<Record<Verdict, Status>> = {
  pass: 'passed',
  observed: 'passed',
  unsupported: 'skipped',
  fail: 'failed',
  crash: 'failed',
  hang: 'failed',
  broken: 'error',
}

const wide = { columns: 110, colour: false } as const

export const detailsOf = (record: CaseRecord) => () => explanation({ ...record, trace: shortened(record.trace) }, wide)

/** How a case began, and how it ended: one that repeats a call until it is refused has tens of thousands of steps. */
const first = 40
const last = 160

function shortened(trace: CaseRecord['trace']): CaseRecord['trace'] {
  const left = trace.length - first - last
  const cut = trace[first]
  if (cut === undefined || left <= 1) return trace
  const { peer, at } = cut
  return [
    ...trace.slice(0, first),
    { peer, at, call: '', args: [], event: `… ${grouped(left)} steps …` },
    ...trace.slice(-last),
  ]
}

const stale = 'It passes, and --strict was asked for: take its excuse away.'

/** Where excuses are taken strictly, one that is no longer needed has failed. */
export function caseOutcome(record: CaseRecord, strict: boolean): Outcome {
  const { id, mechanism, theme, verdict, standing, ms, message } = record
  const common = { name: id, group: [mechanism, theme], verdict, ms } as const
  if (standing === 'known') return { ...common, status: 'passed', excuse: 'known', message: excuseOf(record) }
  if (strict && standing === 'fixed')
    return { ...common, status: 'failed', verdict: 'stale-excuse', excuse: 'fixed', message: stale }
  const status = unexcused[verdict]
  return {
    ...common,
    status,
    ...(standing === 'fixed' ? { excuse: 'fixed' as const } : {}),
    ...(message === undefined ? {} : { message }),
    ...(status === 'failed' || status === 'error' ? { details: detailsOf(record) } : {}),
  }
}

function excuseOf({ verdict, message, deviation }: CaseRecord): string {
  const seen = deviation?.observed ?? message ?? verdict
  return [
    'known deviation:',
    seen,
    ...(deviation === undefined ? [] : [`(${deviation.reason} ${deviation.link})`]),
  ].join(' ')
}
