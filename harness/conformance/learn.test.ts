import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseRecord, Expectations, Verdict } from '../model.ts'
import { learnInto, learnt } from './learn.ts'

const record = (id: string, verdict: Verdict, observed?: string): CaseRecord =>
  ({ type: 'case', id, verdict, ...(observed === undefined ? {} : { observed }) }) as unknown as CaseRecord

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'learn-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('what deviated has an entry with what was observed, in order, and what held has none', () => {
  const run = [
    record('pipe.b', 'fail', 'it returned 5'),
    record('pipe.a', 'crash', 'the consumer was killed by SIGSEGV'),
    record('pipe.c', 'pass'),
    record('pipe.d', 'unsupported'),
    record('pipe.e', 'broken'),
    record('pipe.f', 'observed'),
  ]
  expect(learnt('linux', run)).toEqual({
    platform: 'linux',
    deviations: [
      { case: 'pipe.a', verdict: 'crash', observed: 'the consumer was killed by SIGSEGV', reason: '', link: '' },
      { case: 'pipe.b', verdict: 'fail', observed: 'it returned 5', reason: '', link: '' },
    ],
  })
})

test('a reason is kept while the case deviates in the same way, and not when it deviates in another', () => {
  const file = join(folder, 'learnt.json')
  expect(learnInto(file, 'linux', [record('pipe.a', 'fail', 'old'), record('pipe.b', 'fail')])).toEqual({
    entries: 2,
    withoutReason: 2,
  })
  const first = JSON.parse(readFileSync(file, 'utf8')) as Expectations
  const explained: Expectations = {
    platform: 'my-kernel',
    deviations: first.deviations.map((one) => ({ ...one, reason: 'known', link: 'https://example.org' })),
  }
  const again = learnt('linux', [record('pipe.a', 'fail', 'new'), record('pipe.b', 'hang', 'no end')], explained)
  expect(again).toEqual({
    platform: 'my-kernel',
    deviations: [
      { case: 'pipe.a', verdict: 'fail', observed: 'new', reason: 'known', link: 'https://example.org' },
      { case: 'pipe.b', verdict: 'hang', observed: 'no end', reason: '', link: '' },
    ],
  })
})
