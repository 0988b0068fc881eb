import { describe, expect, test } from 'vitest'
import { exitCodeOf } from '../../harness/cli/failures.ts'
import { standingOf } from '../../harness/conformance/verdict.ts'
import { type CaseRecord, exitCodes, type LaunchRecord, type Run, verdicts } from '../../harness/model.ts'
import { gateRun } from '../fixture/gate.ts'
import { fixtureRun } from '../fixture/run.ts'
import { tapReport } from '../tap.ts'
import { countsOf } from './outcome.ts'
import { suitesOf } from './suites.ts'

const { cases, launches, ...rest } = fixtureRun()
const [passed] = cases
const [measured] = [...launches]
if (passed === undefined || measured === undefined) throw new Error('the fixture has no case, or no launch')

/** One thing beside one that passes, so that something was told. */
const withCase = (how: Partial<CaseRecord>): Run => ({ ...rest, cases: [passed, { ...passed, ...how }], launches: [] })
const withLaunch = (how: Partial<LaunchRecord>): Run => ({
  ...rest,
  cases: [passed],
  launches: [{ ...measured, ...how }],
})

function coloursOf(run: Run): { failed: boolean; error: boolean } {
  const { failed, error } = countsOf(suitesOf([run]).flatMap(({ outcomes }) => outcomes))
  return { failed: failed > 0, error: error > 0 }
}
const isRed = (run: Run): boolean => Object.values(coloursOf(run)).some(Boolean)

describe('what is red in a test report', () => {
  const combinations = verdicts.flatMap((verdict) =>
    [undefined, ...verdicts].map((excused) => [verdict, excused] as const),
  )

  test.each(combinations)('of a case that is %s where %s is excused is what ipcmark ends with', (verdict, excused) => {
    const deviation = excused && { case: passed.id, verdict: excused, observed: 'o', reason: 'r', link: 'l' }
    const run = withCase({ verdict, standing: standingOf(verdict, deviation), ...(deviation && { deviation }) })
    const code = exitCodeOf(run, false)
    expect(isRed(run)).toBe(code !== exitCodes.pass)
    if (code === exitCodes.harnessBroke) expect(coloursOf(run)).toEqual({ failed: false, error: true })
  })

  test.each(['ok', 'void', 'unsupported', 'broken', 'crash', 'hang'] as const)(
    'of a launch that is %s is so too',
    (verdict) => {
      const run = withLaunch({ verdict })
      expect(isRed(run)).toBe(exitCodeOf(run, false) !== exitCodes.pass)
    },
  )

  test.each(verdicts)('of a case that is %s and all there is, is what ipcmark ends with', (verdict) => {
    const run: Run = {
      ...rest,
      cases: [{ ...passed, verdict, standing: standingOf(verdict, undefined) }],
      launches: [],
    }
    expect(isRed(run)).toBe(exitCodeOf(run, false) !== exitCodes.pass)
  })

  test.each(['ok', 'void', 'unsupported', 'broken', 'crash', 'hang'] as const)(
    'of a launch that is %s and all there is, is so too',
    (verdict) => {
      const run: Run = { ...rest, cases: [], launches: [{ ...measured, verdict }] }
      expect(isRed(run)).toBe(exitCodeOf(run, false) !== exitCodes.pass)
    },
  )

  test.each([false, true])('of a stale excuse is what ipcmark ends with, --strict: %s', (strict) => {
    const run = withCase({ standing: 'fixed' })
    const asked: Run = { ...run, header: { ...run.header, words: strict ? ['check', '--strict'] : ['check'] } }
    expect(exitCodeOf(asked, strict)).toBe(strict ? exitCodes.failure : exitCodes.pass)
    expect(coloursOf(asked)).toEqual({ failed: strict, error: false })
    const subtest = [...tapReport([asked])].flatMap(({ contents }) => [...contents]).join('')
    expect(/^ +not ok .*# TODO it passes/m.test(subtest)).toBe(false)
    expect(/^ +not ok /m.test(subtest)).toBe(strict)
  })

  test.each([
    ['pass', false],
    ['fail', true],
    ['inconclusive', false],
  ] as const)('of a gate whose verdict is %s is its verdict, whatever its arms did', (verdict, red) => {
    const quiet = verdict === 'fail' ? {} : { broken: [], exceeded: [] }
    const run = gateRun({ verdict, ...quiet, ...(verdict === 'pass' ? { cells: [] } : {}) })
    expect(isRed(run)).toBe(red)
  })

  test('is a gate that was cut short before its verdict, and a run of which nothing is left', () => {
    const { gate: _, ...cut } = gateRun()
    expect(coloursOf(cut)).toEqual({ failed: false, error: true })
    expect(coloursOf({ ...rest, cases: [], launches: [] })).toEqual({ failed: false, error: true })
    expect(coloursOf({ ...withCase({}), partial: 'line 7 is not JSON' })).toEqual({ failed: false, error: true })
    const end = { type: 'end', finished: '2026-11-20T10:33:40.000Z', interrupted: true, cases: 2, launches: 0 } as const
    expect(coloursOf({ ...withCase({}), end })).toEqual({ failed: false, error: true })
  })

  test('is not a gate that was on trial: it decides nothing', () => {
    const { gate: _, ...run } = gateRun()
    const onTrial: Run = { ...run, header: { ...run.header, words: ['gate', '--self-test'] } }
    expect(coloursOf(onTrial)).toEqual({ failed: false, error: false })
  })

  test('is not a cell whose launches gave no figure, and it is no pass either', () => {
    const { measures: _, ...timed } = measured
    const outcomes = suitesOf([{ ...rest, cases: [passed], launches: [timed] }]).flatMap((suite) => suite.outcomes)
    const found = outcomes.find(({ verdict }) => verdict === 'no-figure')
    expect(found).toMatchObject({ status: 'skipped', message: expect.stringContaining('no figure, 1 launch') })
  })
})
