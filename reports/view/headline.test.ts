import { describe, expect, test } from 'vitest'
import type { CaseRecord, Run } from '../../harness/model.ts'
import { launchOf, runOf } from '../fixture/cells.ts'
import { gateRun } from '../fixture/gate.ts'
import { fixtureRun } from '../fixture/run.ts'
import { headlineOf } from './headline.ts'

const { gate: _, ...whole } = fixtureRun()
const [passed] = whole.cases
if (passed === undefined) throw new Error('the fixture has no case')
const withCases = (...how: Partial<CaseRecord>[]): Run => ({
  ...whole,
  cases: how.map((one) => ({ ...passed, verdict: 'pass', standing: 'expected', ...one })),
  launches: [],
})
const end = { type: 'end', finished: '2026-11-20T10:33:40.000Z', cases: 1, launches: 0 } as const
const interrupted: Run = { ...withCases({}), end: { ...end, interrupted: true } }
const partial: Run = { ...withCases({}), partial: 'line 7 is not JSON' }
const measured = runOf(launchOf({}, { ns: 1000 }))
const unsupported = { verdict: 'unsupported' } as const
const strict = (run: Run): Run => ({ ...run, header: { ...run.header, words: ['check', '--strict'] } })

describe('the sentence of a run', () => {
  test('is good where all is here and as expected', () => {
    expect(headlineOf(withCases({}, unsupported))).toEqual({ mood: 'good', says: 'Everything as expected' })
    expect(headlineOf(measured)).toEqual({ mood: 'good', says: '1 launch' })
  })

  test('is not good where nothing could be tried', () => {
    const launches = [...measured.launches].map((launch) => ({ ...launch, ...unsupported }))
    const says = 'Nothing could be tried here'
    expect(headlineOf(withCases(unsupported, unsupported))).toEqual({ mood: 'none', says })
    expect(headlineOf({ ...measured, launches })).toEqual({ mood: 'none', says })
    expect(headlineOf(withCases({}), withCases(unsupported)).mood).toBe('unsure')
  })

  test('is not good where launches gave no figure', () => {
    const launches = [...measured.launches].map(({ measures: _, ...launch }) => launch)
    expect(headlineOf({ ...measured, launches })).toEqual({ mood: 'none', says: '1 launch and no figure' })
  })

  test.each([
    ['interrupted', interrupted],
    ['partial', partial],
  ])('is unsure of a record that is %s, and says so', (__, run) => {
    expect(headlineOf(run)).toEqual({ mood: 'unsure', says: 'Everything as expected, but the record is not whole' })
    expect(headlineOf(withCases({}), run)).toMatchObject({ mood: 'unsure' })
    expect(headlineOf({ ...run, cases: withCases({ verdict: 'fail', standing: 'regression' }).cases }).mood).toBe('bad')
  })

  test('is bad of a stale excuse under --strict alone', () => {
    const stale = withCases({ standing: 'fixed' })
    expect(headlineOf(stale).mood).toBe('good')
    expect(headlineOf(strict(stale))).toEqual({ mood: 'bad', says: '1 stale excuse' })
  })

  test('does not hide behind a good run that a gate was cut short', () => {
    const { gate: __, ...cut } = gateRun()
    expect(headlineOf(cut, withCases({})).mood).toBe('none')
  })
})
