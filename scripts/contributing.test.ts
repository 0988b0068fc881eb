/** The recipes of CONTRIBUTING.md, followed to the letter in a folder beside the sources. */

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Matrix, matrixOf } from '../harness/conformance/plan.ts'
import { tryUnder } from '../harness/conformance/trial.ts'
import { packageRoot } from '../harness/environment/host.ts'
import type { Reporter, Run } from '../harness/model.ts'
import type { Mechanism, SpecificCase } from '../harness/pair/stage.ts'
import { genericCases } from '../suites/conformance/generic/index.ts'

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
  for (const file of ['pipe.ts', 'traits.ts']) {
    symlinkSync(join(packageRoot, 'suites', 'mechanisms', file), join(kitchen, 'suites', 'mechanisms', file))
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
  return matrixOf({ mechanisms: [mechanism], generic: genericCases, specific })
}

test('there is a recipe for a mechanism, a case and a report format', () => {
  expect(blocks.map(({ path }) => dirname(path))).toEqual(['suites/mechanisms', 'suites/conformance/linux', 'reports'])
})

test('the new mechanism keeps its promises and the new case holds', async () => {
  const { cases } = await matrixOfRecipes()
  const records = await tryUnder({ target: 'native', faults: [], cases, deadlineMs: 10_000, jobs: 2 })
  expect(cases.some(({ id }) => id === 'pipe-one-page.second-page-waits')).toBe(true)
  const wrong = [...records.values()].filter(({ verdict }) => !['pass', 'observed', 'unsupported'].includes(verdict))
  expect(wrong.map(({ id, message }) => `${id}: ${message}`)).toEqual([])
  expect(records.size).toBe(cases.length)
})

test('the new case can fail', async () => {
  const cases = (await matrixOfRecipes()).cases.filter(({ id }) => id === 'pipe-one-page.second-page-waits')
  const faults = ['drop:write']
  const records = await tryUnder({ target: 'native', faults, cases, deadlineMs: 5_000, jobs: 1 })
  expect(records.get('pipe-one-page.second-page-waits')?.verdict).toBe('fail')
})

test('the new report is made from a run', async () => {
  const report = await cooked<Reporter>('reports/regressions.ts', 'regressionsReport')
  const run = {
    cases: [
      { id: 'a', standing: 'regression' },
      { id: 'b', standing: 'expected' },
    ],
  } as unknown as Run
  expect(report(run)).toEqual([{ name: 'regressions.txt', contents: 'a\n' }])
})
