/** A store may have more records than fit in memory: of each no more is kept than a series has of it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import { storedRuns } from './stored-runs.ts'

const order = vi.hoisted((): string[] => [])
vi.mock('../record/reader.ts', () => ({
  readRun: (file: string) => {
    order.push(`read ${path.basename(path.dirname(file))}`)
    return fixtureRun()
  },
}))
vi.mock('../gate/stored.ts', async (original) => {
  const all = await original<typeof import('../gate/stored.ts')>()
  return {
    ...all,
    storedRun: (...asked: Parameters<typeof all.storedRun>) => {
      order.push('reduced')
      return all.storedRun(...asked)
    },
  }
})

const folder = mkdtempSync(path.join(tmpdir(), 'stored-runs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('each record is reduced before the next is read, and none is read twice', () => {
  for (const name of ['one', 'two']) {
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'results.jsonl'), '{}')
  }
  const found = storedRuns([folder, path.join(folder, 'one')])
  expect(found).toHaveLength(2)
  expect(order).toEqual(['read one', 'reduced', 'read two', 'reduced'])
})
