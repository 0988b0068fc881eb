import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { conformanceColumns } from './csv-conformance.ts'
import { dataDictionary } from './csv-dictionary.ts'
import { resultColumns } from './csv-results.ts'
import { summaryColumns } from './csv-summary.ts'

test("docs/data-dictionary.md is what the columns are ('node scripts/data-dictionary.mjs' writes it)", () => {
  expect(readFileSync(new URL('../docs/data-dictionary.md', import.meta.url), 'utf8')).toBe(dataDictionary())
})

test('each column has a name of its own in its file, and says what it holds', () => {
  for (const columns of [resultColumns, summaryColumns, conformanceColumns]) {
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
    for (const { name, says } of columns) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
      expect(says).not.toBe('')
    }
  }
})
