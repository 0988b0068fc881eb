import { describe, expect, it } from 'vitest'
import { clearest, type Label, lineHeight, placed } from './labels.ts'

const label = (y: number, x = 100, text = 'unix-stream'): Label => ({ text, x, y })
const heights = (labels: readonly Label[]) => labels.map(({ y }) => y)

describe('labels', () => {
  it('stay where they are when there is room', () => {
    expect(heights(placed([label(20), label(60), label(100)], 10, 200))).toEqual([20, 60, 100])
  })
  it('are moved apart, in order, and share what that takes', () => {
    const found = heights(placed([label(50), label(51), label(52)], 10, 200))
    expect(found).toEqual([51 - lineHeight, 51, 51 + lineHeight])
  })
  it('stay between top and bottom', () => {
    expect(heights(placed([label(195), label(198), label(199)], 10, 200))).toEqual([172, 186, 200])
    expect(heights(placed([label(3), label(4)], 10, 200))).toEqual([10, 24])
  })
  it('that are beside each other do not move each other', () => {
    expect(heights(placed([label(50, 0), label(50, 300)], 10, 200))).toEqual([50, 50])
  })
  it('never come nearer than a line, however many there are room for', () => {
    const many = Array.from({ length: 13 }, (_, at) => label(100 + (at % 3) * 7)).sort((a, b) => a.y - b.y)
    const found = heights(placed(many, 10, 200))
    for (const [at, y] of found.entries())
      if (at > 0) expect(y - (found[at - 1] ?? 0)).toBeGreaterThanOrEqual(lineHeight - 1e-9)
  })
  it('get out of the way of another line', () => {
    const level = [[0, 96] as const, [400, 96] as const]
    expect(clearest(label(100), []).y).toBe(100)
    expect(clearest(label(100), [level]).y).not.toBe(100)
    expect(
      clearest(label(100), [
        [
          [0, 96],
          [50, 96],
        ],
      ]).y,
    ).toBe(100)
  })
})
