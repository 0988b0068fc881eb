import { expect, test } from 'vitest'
import { ratiosInBlocks } from './figures/benching.mjs'
import { lineOf, parts, read } from './measure-figures.mjs'

test('without a word every figure is measured', () => {
  expect(read([])).toEqual({ names: Object.keys(parts), blocks: 10, budget: 'default' })
  expect(read(['rings', '--blocks', '3']).names).toEqual(['rings'])
})

test('what is not known is refused', () => {
  expect(() => read(['ring'])).toThrow(/'ring' is none of loops, rings/)
  expect(() => read(['--blocks', 'many'])).toThrow(/--blocks is a whole number/)
})

test('a figure says what was promised, and whether it holds', () => {
  const figure = { name: 'a launch', found: '70 ms', wanted: 'under 60 ms' }
  expect(lineOf({ ...figure, holds: false })).toBe('FAILS  a launch: 70 ms; wanted: under 60 ms')
  expect(lineOf({ ...figure, holds: true })).toMatch(/^holds/)
})

test('blocks go a, b, b, a, and then the other way round', async () => {
  let order = ''
  const turn = (name: string, value: number) => async () => {
    order += name
    return value
  }
  expect(await ratiosInBlocks(2, turn('a', 3), turn('b', 2))).toEqual([1.5, 1.5])
  expect(order).toBe('abbabaab')
})
