/** The recipes of CONTRIBUTING.md, followed to the letter in a folder beside the sources. */

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Matrix, matrixOf } from '../harness/conformance/plan.ts'
import { tryUnder } from '../harness/conformance/trial.ts'
import { packageRoot } from '../harness/environment/host.ts'
import type { Reporter, Run } from '../harness/model.ts'
import type { GenericCase, Mechanism, SpecificCase } from '../harness/pair/stage.ts'
import { genericCases } from '../suites/conformance/generic/index.ts'
import { posixSem } from '../suites/mechanisms/posix-sem.ts'

const generic = (name: string) => `conformance/generic/${name}.ts`
const kitchen = join(packageRoot, 'build', 'contributing')
const recipes = readFileSync(join(packageRoot, 'CONTRIBUTING.md'), 'utf8')
const blocks = [...recipes.matchAll(/^```ts file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', code = '']) => ({
  path,
  code,
}))

/** Each new file stands among links to what the project has. */
beforeAll(() => {
  rmSync(kitchen, { recursive: true, force: true })
  for (const { path, code } of blocks) {
    mkdirSync(join(kitchen, dirname(path)), { recursive: true })
    writeFileSync(join(kitchen, path), code)
  }
  symlinkSync(join(packageRoot, 'harness'), join(kitchen, 'harness'))
  for (const file of ['mechanisms/pipe.ts', 'mechanisms/traits.ts', ...['filling', 'rows', 'shared'].map(generic)]) {
    symlinkSync(join(packageRoot, 'suites', file), join(kitchen, 'suites', file))
  }
})
afterAll(() => rmSync(kitchen, { recursive: true, force: true }))

const cooked = async <T>(path: string, name: string): Promise<T> => {
  const made: Record<string, T> = await import(pathToFileURL(join(kitchen, path)).href)
  return made[name] as T
}

async function matrixOfRecipes(): Promise<Matrix> {
  const mechanism = await cooked<Mechanism>('suites/mechanisms/pipe-one-page.ts', 'pipeOnePage')
  const specific = await cooked<SpecificCase[]>('suites/conformance/linux/pipe-one-page.ts', 'pipeOnePageCases')
  const once = await cooked<GenericCase>(`suites/${generic('once')}`, 'takenOnce')
  return matrixOf({ mechanisms: [mechanism, posixSem], generic: [...genericCases, once], specific })
}

test('there is a recipe for a mechanism, a case, a generic case and a report format', () => {
  expect(blocks.map(({ path }) => dirname(path))).toEqual([
    'suites/mechanisms',
    'suites/conformance/linux',
    'suites/conformance/generic',
    'reports',
  ])
})

test('the new mechanism keeps its promises and the new cases hold', async () => {
  const { cases } = await matrixOfRecipes()
  const records = await tryUnder({ target: 'native', faults: [], cases, deadlineMs: 10_000, jobs: 2 })
  for (const id of ['pipe-one-page.second-page-waits', 'x.taken-once@pipe-one-page', 'x.taken-once@posix-sem']) {
    expect(records.get(id)?.verdict).toBe('pass')
  }
  const wrong = [...records.values()].filter(({ verdict }) => !['pass', 'observed', 'unsupported'].includes(verdict))
  expect(wrong.map(({ id, message }) => `${id}: ${message}`)).toEqual([])
  expect(records.size).toBe(cases.length)
})

test.each([
  ['pipe-one-page.second-page-waits', 'drop:write'],
  ['x.taken-once@pipe-one-page', 'duplicate:write'],
  ['x.taken-once@posix-sem', 'drop:sem_post'],
])('the new case %s can fail', async (name, fault) => {
  const cases = (await matrixOfRecipes()).cases.filter(({ id }) => id === name)
  const records = await tryUnder({ target: 'native', faults: [fault], cases, deadlineMs: 5_000, jobs: 1 })
  expect(records.get(name)?.verdict).toBe('fail')
})

test('the new report is made from a run', async () => {
  const report = await cooked<Reporter>('reports/regressions.ts', 'regressionsReport')
  const run = {
    cases: [
      { id: 'a', standing: 'regression' },
      { id: 'b', standing: 'expected' },
    ],
  } as unknown as Run
  expect(report([run])).toEqual([{ name: 'regressions.txt', contents: 'a\n' }])
})
