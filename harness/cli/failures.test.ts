import { describe, expect, test } from 'vitest'
import type { CaseRecord, LaunchRecord, Standing, Verdict } from '../model.ts'
import { AgentFailure } from '../pair/failures.ts'
import { RecordError } from '../record/error.ts'
import { exitCodeOf, failureOf, nothingRan, usage } from './failures.ts'

const one = (verdict: Verdict, standing: Standing) => ({ verdict, standing }) as CaseRecord
const launch = (verdict: LaunchRecord['verdict']): LaunchRecord => ({
  type: 'launch',
  cell: {
    mechanism: 'pipe',
    workload: 'pingpong',
    size: 64,
    placement: 'same-core',
    cores: 'awake',
    runtime: 'native',
  },
  target: 'native',
  os: 'linux',
  round: 0,
  verdict,
  ms: 1,
})
const pass = one('pass', 'expected')
const codeOf = (cases: CaseRecord[], strict = false, launches: LaunchRecord[] = []) =>
  exitCodeOf({ cases, launches }, strict)

describe('a run ends with', () => {
  test.each<[string, CaseRecord[], number]>([
    ['0 when everything is as expected', [pass, one('unsupported', 'expected'), one('observed', 'expected')], 0],
    ['0 when a deviation is known', [pass, one('fail', 'known')], 0],
    ['0 when an excuse is stale', [one('pass', 'fixed')], 0],
    ['1 when a claim does not hold', [pass, one('fail', 'regression')], 1],
    ['1 when a peer crashed', [pass, one('crash', 'regression')], 1],
    ['1 when a case hung', [pass, one('hang', 'regression')], 1],
    ['5 when a case was broken', [pass, one('broken', 'regression')], 5],
    [
      '1 when a claim does not hold and another case was broken',
      [one('broken', 'regression'), one('fail', 'regression')],
      1,
    ],
    ['4 when nothing ran', [], 4],
    ['4 when nothing could run here', [one('unsupported', 'expected')], 4],
  ])('%s', (_, cases, code) => {
    expect(codeOf(cases)).toBe(code)
  })

  test('1 when an excuse is stale under --strict', () => {
    expect(codeOf([pass, one('pass', 'fixed')], true)).toBe(1)
  })

  test.each([
    ['ok', 0],
    ['void', 1],
    ['crash', 1],
    ['hang', 1],
    ['broken', 5],
    ['unsupported', 4],
  ] as const)('a launch that is %s: %i', (verdict, code) => {
    expect(codeOf([], false, [launch(verdict)])).toBe(code)
  })
})

describe('what is thrown becomes', () => {
  test.each<[unknown, number, string]>([
    [usage('that is nonsense.'), 2, 'ipcmark: that is nonsense.'],
    [nothingRan('there is nothing.'), 4, 'ipcmark: there is nothing.'],
    [new AgentFailure('the agent is silent'), 5, 'ipcmark: the agent is silent'],
    [new RecordError('file', 'Cannot write file.'), 5, 'ipcmark: Cannot write file.'],
    [
      new TypeError('x is not a function'),
      5,
      'ipcmark: this is a mistake in ipcmark itself: x is not a function. Run it again with IPCMARK_DEBUG=1 to see where.',
    ],
    [
      'a text',
      5,
      'ipcmark: this is a mistake in ipcmark itself: a text. Run it again with IPCMARK_DEBUG=1 to see where.',
    ],
  ])('%s', (error, exitCode, text) => {
    expect(failureOf(error, false)).toEqual({ exitCode, text })
  })

  test('a stack, for those who ask', () => {
    expect(failureOf(new TypeError('x'), true).text).toMatch(/\n +at /)
  })
})
