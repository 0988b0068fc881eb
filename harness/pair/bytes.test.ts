import { describe, expect, test } from 'vitest'
import { crcOf, joinedCrc, lengthOf, materialise, pattern } from './bytes.ts'

describe('joinedCrc', () => {
  const whole = materialise(pattern(100_000, 11))

  test.each([0, 1, 4096, 99_999, 100_000])('is the checksum of both runs, cut at %i', (cut) => {
    const [first, second] = [whole.subarray(0, cut), whole.subarray(cut)]
    expect(joinedCrc(crcOf(first), crcOf(second), second.length)).toBe(crcOf(whole))
  })

  test('tells the runs apart by their order', () => {
    const [first, second] = [whole.subarray(0, 10), whole.subarray(10)]
    expect(joinedCrc(crcOf(second), crcOf(first), first.length)).not.toBe(crcOf(whole))
  })
})

test.each(['text', 'ünïcode', { hex: '00ff10' }, pattern(5, 1), pattern(0, 1)])(
  'lengthOf %j is what is sent',
  (data) => {
    expect(lengthOf(data)).toBe(materialise(data).length)
  },
)
