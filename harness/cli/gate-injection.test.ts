/** What is asked to be injected, and where: what makes no sense is refused before anything runs. */

import { describe, expect, test } from 'vitest'
import { gatedCells } from '../../suites/benchmarks/gate.ts'
import { cellName } from '../measure/schedule.ts'
import { injectedBy, injectedCells, injectionOf, injectionWords } from './gate-injection.ts'
import { wordsOf } from './words.ts'

const nine = gatedCells.linux.map((cell) => ({ cell }))
const wanted = (words: Readonly<Record<string, unknown>>) => injectionOf(wordsOf(words))
const never = new AbortController().signal
const calibrating = { onStage: () => {}, cost: async (_: unknown, ns: number) => 1000 + ns }

describe('an injection', () => {
  test('is none where none is asked for', () => {
    expect(wanted({})).toBeUndefined()
    expect(injectedCells(nine, undefined)).toEqual([])
    expect(injectedCells(nine, wanted({ 'inject-ns': '0' }))).toEqual([])
  })
  test.each([
    [{ 'inject-ns': '100', inject: '20%' }, /give one of them/],
    [{ 'inject-into': ['tcp'] }, /--inject-into needs --inject or --inject-ns/],
    [{ inject: '20%', 'self-test': true }, /--self-test slows arms down by itself/],
    [{ inject: 'much' }, /--inject has to be a share/],
    [{ inject: '0%' }, /--inject has to be a share/],
    [{ inject: 'NaN' }, /--inject has to be a share/],
    [{ inject: '-20%' }, /--inject has to be a share/],
    [{ 'inject-ns': '-1' }, /--inject-ns has to be a whole number/],
  ])('of %j is refused', (words, why) => expect(() => wanted(words)).toThrow(why))

  test('is said of B', () => {
    const said = (words: Readonly<Record<string, unknown>>) => injectionWords(wanted(words) ?? { into: [] })
    expect(said({ 'inject-ns': '8000' })).toEqual(['8000 ns more for each message'])
    expect(said({ inject: '7.5%', 'inject-into': ['tcp', 'udp'] })).toEqual(['slowed down by 7.5 % in tcp udp'])
    expect(said({ 'inject-ns': '0' })).toEqual([])
  })

  test('goes into the cells that are named, or into all', () => {
    const mechanisms = (words: Readonly<Record<string, unknown>>) =>
      injectedCells(nine, wanted({ inject: '0.2', ...words })).map(({ mechanism }) => mechanism)
    expect(mechanisms({})).toHaveLength(9)
    expect(mechanisms({ 'inject-into': ['tcp', 'udp'] })).toEqual(['tcp', 'udp'])
    expect(mechanisms({ 'inject-into': ['pipe', 'stream'] })).toEqual(['pipe'])
  })
  test.each([
    [['posix-sem'], /fits none of the cells that are gated/],
    [['tpc'], /did you mean 'tcp'/],
  ])('into %j is refused', (into, why) => {
    expect(() => injectedCells(nine, wanted({ inject: '20%', 'inject-into': into }))).toThrow(why)
  })
  test('into what holds no message up is refused by name', () => {
    const [{ cell }] = nine as [(typeof nine)[number]]
    const lives = [{ cell: { ...cell, workload: 'lifecycle' as const } }]
    expect(() => injectedCells(lives, wanted({ inject: '20%' }))).toThrow(/not in pipe lifecycle 64 same-core awake/)
  })

  test('by nanoseconds is the same everywhere; by a share it is measured', async () => {
    const cells = nine.map(({ cell }) => cell)
    const all = await injectedBy(wanted({ 'inject-ns': '50' }), cells, calibrating, never)
    expect([...all.heldUp]).toEqual(cells.map((cell) => [cellName(cell), 50]))
    expect(all.injected).toEqual(cells.map((cell) => ({ cell: cellName(cell), ns: 50 })))
    expect(await injectedBy(wanted({ 'inject-ns': '0' }), [], calibrating, never)).toEqual({ heldUp: new Map() })
    const [pipe] = cells
    const share = await injectedBy(wanted({ inject: '20%' }), pipe === undefined ? [] : [pipe], calibrating, never)
    expect(share.injected).toMatchObject([{ ns: 200, alone: 1000, held: 1200 }])
  })
  test('that comes to nothing ends with 2, and with 3 where it is the machine', async () => {
    const cells = nine.slice(0, 1).map(({ cell }) => cell)
    const ending = (cost: (ns: number) => number) =>
      injectedBy(wanted({ inject: '20%' }), cells, { ...calibrating, cost: async (_, ns) => cost(ns) }, never)
    await expect(ending(() => 1000)).rejects.toMatchObject({ exitCode: 2 })
    await expect(ending((ns) => (ns < 150 ? 1000 : 5000))).rejects.toMatchObject({ exitCode: 3 })
  })
})
