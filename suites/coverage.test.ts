import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue } from './conformance/catalogue.ts'
import { coverageOf } from './coverage.ts'
import { suite } from './index.ts'

const coverage = coverageOf(catalogue, suite)

test("docs/coverage.md is what the suite has ('node scripts/coverage.mjs' writes it)", () => {
  expect(readFileSync(new URL('../docs/coverage.md', import.meta.url), 'utf8')).toBe(coverage)
})

test('a row without a case is shown as one', () => {
  const more = coverageOf({ ...catalogue, future: { core: [], more: ['idea'] } }, suite)
  expect(more).toContain('| `future.idea` |  |  | *no case yet* |  |')
  expect(coverage).not.toContain('future.idea')
})

test('a row names its mechanism and its source', () => {
  expect(coverage).toMatch(/^\| `pipe\.lseek-espipe` \| {2}\| pipe \| .*\. \| .*XSH lseek.* \|$/m)
})
