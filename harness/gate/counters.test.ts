/** When a cell needs more calls or switches for a message than before, and when it only seems so. */

import { describe, expect, test } from 'vitest'
import { costlier } from './counters.ts'

const calls = (...numbers: number[]) => numbers.map((syscalls) => ({ syscalls, switches: 1 }))
const two = calls(2, 2, 2, 2, 2, 2)

describe('a cell is costlier', () => {
  test('where each launch needs one call more', () => {
    expect(costlier('pipe', two, calls(3, 3, 3, 3, 3, 3))).toEqual([
      {
        what: 'pipe',
        verdict: '3.00 system calls for a message',
        message: expect.stringMatching(/at most 2\.00 before/),
      },
    ])
  })
  test('not where one launch does not', () => expect(costlier('pipe', two, calls(3, 3, 2, 3, 3, 3))).toEqual([]))
  test('not where one did so before', () =>
    expect(costlier('pipe', calls(2, 2, 3, 2, 2), calls(3, 3, 3, 3, 3))).toEqual([]))
  test('not by a trifle', () => expect(costlier('pipe', two, calls(2.03, 2.03, 2.03, 2.03, 2.03))).toEqual([]))
  test('not by few launches', () => expect(costlier('pipe', two, calls(3, 3))).toEqual([]))
  test('not where some side has nobody who counts', () => {
    const unknown = [{ switches: 1 }, ...calls(3, 3, 3, 3, 3)]
    expect(costlier('pipe', two, unknown)).toEqual([])
  })
  test('by switches too', () => {
    const switches = (number: number) => Array.from({ length: 6 }, () => ({ switches: number }))
    expect(costlier('pipe', switches(1), switches(2))).toMatchObject([
      { verdict: '2.00 context switches for a message' },
    ])
  })
})
