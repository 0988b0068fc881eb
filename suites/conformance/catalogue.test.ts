/**
 * The catalogue is what the suite set out to claim. Every id of it has a case, no case has another id, and every claim is a
 * sentence with a source.
 */

import { describe, expect, test } from 'vitest'
import { matrixOf } from '../../harness/conformance/plan.ts'
import { suite } from '../index.ts'
import { catalogue } from './catalogue.ts'

const claims = [...suite.generic, ...suite.specific]
const idsOf = (prefix: string, names: readonly string[]) => names.map((name) => `${prefix}.${name}`)
const sorted = (ids: readonly string[]) => [...ids].sort()

const begun = Object.entries(catalogue).filter(([prefix]) => claims.some(({ id }) => id.startsWith(`${prefix}.`)))

describe.each(begun)('%s.*', (prefix, { core, more }) => {
  const own = claims.filter((claim) => claim.id.startsWith(`${prefix}.`))

  test('has exactly the cases of the catalogue', () => {
    expect(sorted(own.map((claim) => claim.id))).toEqual(sorted(idsOf(prefix, [...core, ...more])))
  })

  test('has exactly the core cases of the catalogue in the quick selection', () => {
    const quick = own.filter((claim) => claim.core === true)
    expect(sorted(quick.map((claim) => claim.id))).toEqual(sorted(idsOf(prefix, core)))
  })
})

test('no case has an id that the catalogue does not know', () => {
  const known = new Set(
    Object.entries(catalogue).flatMap(([prefix, { core, more }]) => idsOf(prefix, [...core, ...more])),
  )
  expect(claims.map((claim) => claim.id).filter((id) => !known.has(id))).toEqual([])
})

test('every id names one case', () => {
  const seen = new Set<string>()
  expect(claims.filter(({ id }) => seen.size === seen.add(id).size).map((claim) => claim.id)).toEqual([])
})

test('every mechanism that a case names exists, so that the case is planned', () => {
  const planned = new Set(matrixOf(suite).cases.map((each) => each.claim.id))
  expect(claims.map((claim) => claim.id).filter((id) => !planned.has(id))).toEqual([])
})

test.each(claims.map((claim) => [claim.id, claim] as const))('%s is a sentence with a source', (_, { says, cites }) => {
  expect(says).toMatch(/^\S.*[^.]\.$/)
  expect(cites.length).toBeGreaterThan(0)
  for (const source of cites) expect(source.trim()).toBe(source)
  expect(cites).not.toContain('')
})
