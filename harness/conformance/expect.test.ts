/** Expectations on values: which hold, and in what sentence one that does not ends its case. */

import { describe, expect, test } from 'vitest'
import { expectValue, type ValueAssertions } from './expect.ts'

type Claim = (value: ValueAssertions) => void

const holding: readonly (readonly [string, Parameters<typeof expectValue>[0], Claim])[] = [
  ['a value that is as it should be', { of: [1, 'two'] }, (value) => value.toEqual({ of: [1, 'two'] })],
  ['a value that is another', 'this', (value) => value.toDifferFrom('that')],
  ['a list with something in it', ['POLLIN', 'POLLHUP'], (value) => value.toContain('POLLHUP')],
  ['a list without it', ['POLLIN'], (value) => value.toLack('POLLHUP')],
  ['a number at the border', 7, (value) => value.toBeBetween(1, 7)],
]

const failing: readonly (readonly [string, Parameters<typeof expectValue>[0], Claim])[] = [
  ['to be 2', 1, (value) => value.toEqual(2)],
  ['to be another than "this"', 'this', (value) => value.toDifferFrom('this')],
  ['to contain "POLLHUP"', ['POLLIN'], (value) => value.toContain('POLLHUP')],
  ['to contain "POLLIN"', 'POLLIN', (value) => value.toContain('POLLIN')],
  ['to be without "POLLIN"', ['POLLIN'], (value) => value.toLack('POLLIN')],
  ['to be without "POLLIN"', null, (value) => value.toLack('POLLIN')],
  ['to be between 1 and 7', 8, (value) => value.toBeBetween(1, 7)],
  ['to be between 1 and 7', '3', (value) => value.toBeBetween(1, 7)],
]

describe('a value', () => {
  test.each(holding)('%s passes', (_, value, claim) => {
    expect(() => claim(expectValue(value, 'it'))).not.toThrow()
  })

  test.each(failing)('that was expected %s and is not fails', (sentence, value, claim) => {
    expect(() => claim(expectValue(value, 'it'))).toThrow(`it ${sentence}`)
  })
})
