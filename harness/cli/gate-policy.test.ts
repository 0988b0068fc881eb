/** Where a policy is found, in which forms, and what is said of one that cannot be read. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packageRoot } from '../environment/host.ts'
import { cellName } from '../measure/schedule.ts'
import { Ending } from './failures.ts'
import { cellsOf } from './gate-cells.ts'
import { policyFrom } from './gate-policy.ts'
import { wordsOf } from './words.ts'

let folder: string
const before = process.cwd()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'a policy '))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

const put = (name: string, contents: string) => writeFileSync(join(folder, name), contents)
const usual = () => policyFrom(wordsOf({}))

/** What it ends with: a usage error, whose sentence is this. */
async function refusal(config?: string): Promise<string> {
  const error = await policyFrom(wordsOf(config === undefined ? {} : { config })).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Ending)
  expect((error as Ending).exitCode).toBe(2)
  return (error as Ending).message
}

describe('a policy', () => {
  test('is what the documentation shows', async () => {
    const page = readFileSync(join(packageRoot, 'docs', 'gate.md'), 'utf8')
    put('ipcmark.config.json', /^```json\n(.*?)^```/ms.exec(page)?.[1] ?? '')
    const policy = await usual()
    expect([policy.cells.length, policy.ratios.length]).toEqual([2, 1])
    const names = cellsOf(wordsOf({}), policy, 'linux').map(({ cell }) => cellName(cell))
    expect(names).toEqual(
      expect.arrayContaining(['tcp pingpong 64 same-core awake', 'pipe stream 4096 same-core awake']),
    )
  })
  test('measures a cell once that it names twice', () => {
    const name = 'pipe pingpong 64 same-core awake'
    const ratio = { cell: 'tcp pingpong 64 same-core awake', against: name, atMost: 9 }
    for (const cells of [[], [{ select: ['pipe', 'pingpong', 'size:64', 'same-core'], minEffect: 0.1 }]]) {
      const names = cellsOf(wordsOf({}), { cells, ratios: [ratio] }, 'linux').map(({ cell }) => cellName(cell))
      expect(names.filter((one) => one === name)).toHaveLength(1)
    }
  })
  test('has the least effect of a cell, whichever of its parts says it, and whether cells are asked for or not', () => {
    const select = ['pipe', 'pingpong', 'size:64', 'same-core']
    const own = [
      { select, minEffect: 0.1 },
      { select: ['pipe', 'pingpong', 'same-core'], syscallsPerMessage: 2 },
    ]
    const name = 'pipe pingpong 64 same-core awake'
    const against = 'tcp pingpong 64 same-core awake'
    for (const cells of [own, [...own].reverse()]) {
      for (const selectors of [[], select]) {
        const policy = { cells, ratios: [{ cell: name, against, atMost: 9 }] }
        const found = cellsOf(wordsOf({ selectors }), policy, 'linux').find(({ cell }) => cellName(cell) === name)
        expect(found?.minEffect).toBe(0.1)
      }
    }
  })
  test('is refused by the cell that nobody knows', () => {
    const policy = { cells: [{ select: ['tpc'] }], ratios: [] }
    expect(() => cellsOf(wordsOf({}), policy, 'linux')).toThrow(
      /in the cells \[tpc\] of the policy .*did you mean 'tcp'/,
    )
  })
  test('is empty where there is none', async () => expect(await usual()).toEqual({ cells: [], ratios: [] }))
  test.each([
    ['ipcmark.config.json', '\uFEFF{ "minEffect": "7%" }'],
    ['ipcmark.config.ts', 'type Share = string\nconst least: Share = "7%"\nexport default { minEffect: least }'],
    ['ipcmark.config.mjs', 'export const policy = { minEffect: "7%" }'],
    ['ipcmark.config.js', 'module.exports = { minEffect: "7%" }'],
  ])('may be %s', async (name, contents) => {
    put(name, contents)
    expect(await usual()).toMatchObject({ minEffect: 0.07 })
  })
  test('names files beside it', async () => {
    put('own.json', '{ "expectations": ["known.json"] }')
    expect(await policyFrom(wordsOf({ config: join(folder, 'own.json') }))).toMatchObject({
      expectations: [join(folder, 'known.json')],
    })
  })
  test('is refused where there are two', async () => {
    put('ipcmark.config.json', '{}')
    put('ipcmark.config.ts', 'export default {}')
    expect(await refusal()).toMatch(/ipcmark\.config\.json and ipcmark\.config\.ts are both there/)
    expect(await policyFrom(wordsOf({ config: 'ipcmark.config.ts' }))).toEqual({ cells: [], ratios: [] })
  })
  test.each([
    ['a.json', '{ minEffect: 1 }', /a\.json is no JSON/],
    ['b.ts', 'export default { minEfect: 0.05 }', /b\.ts knows no 'minEfect'; did you mean 'minEffect'\?/],
    ['c.ts', 'export const a = {}, b = {}', /c\.ts has to have a default export, or one export and no other/],
    ['d.ts', 'export default {', /d\.ts cannot be read/],
    ['e.mjs', 'throw new Error("no database\\nat all")', /e\.mjs cannot be read: no database\.$/],
    ['f.ts', 'export default () => ({})', /f\.ts has to be an object, and a function is none/],
    ['g.mjs', '', /has to have a default export/],
  ])('is refused in words: %s', async (name, contents, why) => {
    put(name, contents)
    expect(await refusal(name)).toMatch(why)
  })
  test.each(['nowhere.ts', 'nowhere.json'])('is refused where it is not: %s', async (name) => {
    expect(await refusal(name)).toMatch(/cannot be read/)
  })
})
