import { expect, test } from 'vitest'
import { moment, stealShare } from './steal.ts'
import type { CpuTimes } from './surroundings.ts'

const at = (total: number, steal: number): CpuTimes => ({ total, steal })

test('is the part of the time between two moments that was stolen', () => {
  expect(stealShare(at(1000, 10), at(2000, 60))).toBe(0.05)
  expect(stealShare(at(1000, 10), at(2000, 10))).toBe(0)
})

test('is unknown when no time has passed, or the system does not count', () => {
  expect(stealShare(at(1000, 10), at(1000, 10))).toBeUndefined()
  expect(stealShare(at(1000, 10), undefined)).toBeUndefined()
  expect(stealShare(undefined, at(1000, 10))).toBeUndefined()
})

test('is never less than none or more than all, though counters step back', () => {
  expect(stealShare(at(1000, 10), at(1100, 9))).toBe(0)
  expect(stealShare(at(1000, 10), at(1010, 60))).toBe(1)
})

test('is read from the system that is asked', () => {
  const moments = [at(100, 0), undefined]
  const system = {
    cpuTimes: () => moments.shift(),
    surroundings: () => {
      throw new Error('not asked')
    },
  }
  expect(moment(system)).toEqual(at(100, 0))
  expect(moment(system)).toBeUndefined()
})
