import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fixtureRun } from './fixture/run.ts'
import { formatsPage, partsOf } from './formats-page.ts'
import { guides } from './guides.ts'
import { formats } from './index.ts'

describe('the formats', () => {
  test.each(formats.map((format) => [format.id, format] as const))(
    '%s says which files it makes, and makes them',
    (_, format) => {
      const made = format.report([fixtureRun()]).map(({ name }) => name)
      expect(partsOf(format).files).toEqual(made)
    },
  )

  test('have names of their own', () => {
    const files = formats.flatMap((format) => partsOf(format).files)
    expect(new Set(files).size).toBe(files.length)
    expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length)
  })

  test('have a guide each in reports/guides.ts', () => {
    expect(Object.keys(guides).sort()).toEqual(formats.map(({ id }) => id).sort())
  })

  test('are read from the folder that the command above writes them to', () => {
    for (const format of formats) {
      const use = guides[format.id]?.use.join('\n') ?? ''
      for (const name of partsOf(format).files)
        expect(use.replaceAll(`reports/${name}`, ''), format.id).not.toMatch(new RegExp(`(?<![\\w-])${name}`))
    }
  })

  test('are in docs/formats.md as they are: node scripts/formats.mjs writes it again', () => {
    const page = readFileSync(new URL('../docs/formats.md', import.meta.url), 'utf8')
    expect(page).toBe(formatsPage(formats))
  })
})
