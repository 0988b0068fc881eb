/** Traits are promises: each is claimed by a generic case, and what a mechanism says of itself holds together. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { matrixOf } from '../../../harness/conformance/plan.ts'
import { mechanisms } from '../../mechanisms/index.ts'
import { genericCases } from './index.ts'

const here = new URL('.', import.meta.url)
const sources = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, here), 'utf8'))

const traits = new Set(mechanisms.flatMap((mechanism) => Object.keys(mechanism.traits)))

test.each([...traits])('the trait %s is claimed by a generic case', (trait) => {
  // By its name behind `traits.`, or taken out of them by a pattern.
  expect(sources.some((source) => new RegExp(`(traits\\.|[{,] )${trait}\\b`).test(source))).toBe(true)
})

describe.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))('%s', (_, mechanism) => {
  test('has names exactly when its traits say so', () => {
    expect(mechanism.naming !== undefined).toBe(mechanism.traits.naming !== 'none')
  })

  test('says how a name that outlives it is removed', () => {
    expect(mechanism.naming?.remove !== undefined).toBe(mechanism.traits.persistence !== 'nothing')
  })

  test('is the subject of every generic case, or exempt from it with a reason', () => {
    const { cases, exemptions } = matrixOf({ mechanisms: [mechanism], generic: genericCases, specific: [] })
    expect(cases.length + exemptions.length).toBe(genericCases.length)
    for (const { reason } of exemptions) expect(reason).toMatch(/\w+ \w+ \w+/)
  })
})
