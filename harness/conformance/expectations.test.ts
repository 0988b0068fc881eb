import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyKind } from '../../suites/conformance/generic/rows.ts'
import { suite as ownSuite } from '../../suites/index.ts'
import { packageRoot } from '../environment/host.ts'
import type { Mechanism } from '../pair/stage.ts'
import { loadExpectations, platformsOf } from './expectations.ts'
import type { Suite } from './plan.ts'

const pipe = {
  id: 'pipe',
  title: 'Pipe',
  kind: 'channel',
  family: 'pipe',
  os: 'linux',
  cites: [],
  traits: {},
} as unknown as Mechanism
const claim = (id: string) => ({ id, theme: 'data' as const, says: id, cites: [] })
const suite: Suite = {
  mechanisms: [pipe],
  generic: [{ ...claim('x.end'), rows: everyKind(() => Promise.resolve()) }],
  specific: [{ ...claim('pipe.size'), mechanism: 'pipe', run: () => Promise.resolve() }],
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcmark-expectations-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, contents: unknown): string => {
  const file = join(folder, name)
  writeFileSync(file, typeof contents === 'string' ? contents : JSON.stringify(contents))
  return file
}
const excuse = { case: 'pipe.size', verdict: 'fail', observed: 'o', reason: 'r', link: 'l' }
const load = (...files: string[]) => loadExpectations(files, suite)
const loadOne = (contents: unknown) => () => load(write('one.json', contents))
const withEntry = (entry: object) => loadOne({ platform: 'linux', deviations: [entry] })

test('several files are one', () => {
  const a = write('a.json', { platform: 'linux', deviations: [excuse] })
  const b = write('b.json', { platform: 'linux', deviations: [{ ...excuse, case: 'x.end@pipe', verdict: 'hang' }] })
  expect([...load(a, b)]).toEqual([
    ['pipe.size', excuse],
    ['x.end@pipe', { ...excuse, case: 'x.end@pipe', verdict: 'hang' }],
  ])
  expect(load()).toEqual(new Map())
})

describe('refused with a sentence is', () => {
  test.each<[string, () => unknown, string]>([
    ['a file that is not there', () => load(join(folder, 'none.json')), 'there is no such file'],
    ['a folder', () => load(folder), 'it cannot be read (EISDIR)'],
    ['what is no JSON', loadOne('{'), 'is no JSON'],
    ['a list', loadOne([]), 'the file has to be an object with platform, deviations'],
    ['a file without a platform', loadOne({ deviations: [] }), "the file lacks 'platform'"],
    ['deviations that are no list', loadOne({ platform: 'x', deviations: {} }), "'deviations' has to be a list"],
    ['an unknown key', loadOne({ platfrom: 'x' }), "a key 'platfrom' that means nothing; did you mean 'platform'?"],
    ['an unknown key of an entry', withEntry({ ...excuse, why: 'x' }), "entry 1 has a key 'why' that means nothing"],
    ['an unknown case', withEntry({ ...excuse, case: 'pipe.sise' }), "which is no case; did you mean 'pipe.size'?"],
    ['a generic case without its mechanism', withEntry({ ...excuse, case: 'x.end' }), "as in 'x.end@MECHANISM'"],
    ['a pass', withEntry({ ...excuse, verdict: 'pass' }), 'what can be excused is fail, crash, hang'],
    ['our own fault', withEntry({ ...excuse, verdict: 'broken' }), "pipe.size has the verdict 'broken'"],
    ['no reason', withEntry({ ...excuse, reason: ' ' }), "pipe.size lacks 'reason'"],
    ['no link', withEntry({ ...excuse, link: undefined }), "pipe.size lacks 'link'"],
    ['a case twice', loadOne({ platform: 'x', deviations: [excuse, excuse] }), 'pipe.size is excused twice; keep one'],
  ])('%s', (_, attempt, sentence) => {
    expect(attempt).toThrow(sentence)
  })

  test('a case in two files', () => {
    const a = write('a.json', { platform: 'linux', deviations: [excuse] })
    const b = write('b.json', { platform: 'linux', deviations: [excuse] })
    expect(() => load(a, b)).toThrow(`pipe.size is excused already in ${a}`)
  })
})

test('a target is spoken of by its system, and under an emulator by that alone', () => {
  expect(platformsOf({ os: 'linux' })).toEqual(['linux'])
  expect(platformsOf({ os: 'windows' })).toEqual(['windows'])
  expect(platformsOf({ os: 'windows', emulator: 'Wine 8.0 (Debian 8.0~repack-4)' })).toEqual(['wine-8', 'wine'])
})

test('every file that comes with the suite is valid', () => {
  const own = join(packageRoot, 'suites', 'expectations')
  for (const name of readdirSync(own)) expect(loadExpectations([join(own, name)], ownSuite).size).toBeGreaterThan(0)
})
