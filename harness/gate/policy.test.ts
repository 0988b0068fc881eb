/** What a policy may say, what is refused, and what exceeds it. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { heldTo, type Measured, PolicyError, policyKeys, policyOf } from './policy.ts'

const read = (value: unknown) => policyOf(value, 'ipcmark.config.json')

describe('a policy', () => {
  test('may be empty', () => expect(read({})).toEqual({ cells: [], ratios: [] }))
  test('says shares as people do', () => {
    expect(read({ minEffect: '7.5%', alpha: 0.01 })).toMatchObject({ minEffect: 0.075, alpha: 0.01 })
  })
  test.each([
    [{ minEfect: '5%' }, /knows no 'minEfect'; did you mean 'minEffect'\?/],
    [{ cells: [{ selct: ['tcp'] }] }, /cells\[0\] knows no 'selct'; did you mean 'select'\?/],
    [{ constructor: 1 }, /knows no 'constructor'/],
    [{ toString: 1 }, /knows no 'toString'/],
    [{ cells: [{}] }, /cells\[0\] needs 'select'/],
    [{ ratios: [{ cell: 'a', against: 'b', atMost: '2' }] }, /ratios\[0\]\.atMost has to be a number/],
    [{ minEffect: '5' }, /minEffect has to be a share/],
    [{ minEffect: Number.NaN }, /minEffect has to be a share.*and NaN is none/],
    [{ minEffect: '2000%' }, /up to 1000 %/],
    [{ alpha: 0 }, /alpha has to be a share.*up to 50 %/],
    [{ alpha: 1 }, /alpha has to be a share.*up to 50 %/],
    [{ alpha: '100%' }, /alpha has to be a share/],
    [{ alpha: -0.05 }, /alpha has to be a share/],
    [{ cells: [{ select: [] }] }, /cells\[0\]\.select has to name something/],
    [{ blocks: 1e9 }, /from 1 to 1000/],
    [{ cases: '<script>'.repeat(1000) }, /^.{0,150}$/],
    [{ blocks: 2.5 }, /blocks has to be a whole number/],
    [{ cases: 'most' }, /cases has to be one of core, all, none/],
    [[], /ipcmark\.config\.json has to be an object/],
    [null, /has to be an object/],
  ])('refuses %j', (value, why) => {
    expect(() => read(value)).toThrow(PolicyError)
    expect(() => read(value)).toThrow(why)
  })
  test('of a program may hold what no JSON can, and is refused in words', () => {
    expect(() => read({ alpha: 5n })).toThrow(/a bigint is none/)
    expect(() => read({ alpha: () => 0.05 })).toThrow(/a function is none/)
  })
  test('has the keys that its schema has', () => {
    const schema = JSON.parse(readFileSync(new URL('./ipcmark.config.schema.json', import.meta.url), 'utf8'))
    const keys = (part: { properties: object; additionalProperties: boolean }) => {
      expect(part.additionalProperties).toBe(false)
      return Object.keys(part.properties).sort()
    }
    expect(keys(schema)).toEqual([...policyKeys.policy].sort())
    expect(keys(schema.definitions.cell)).toEqual([...policyKeys.cell].sort())
    expect(keys(schema.definitions.ratio)).toEqual([...policyKeys.ratio].sort())
  })
})

describe('what exceeds a policy', () => {
  const around = (cost: number) => [0.99, 1, 1.01, 1.005, 0.995, 1.002].map((part) => part * cost)
  const pipe: Measured = { cell: 'pipe', costs: around(4000), syscalls: 2, switches: 1 }
  const unix: Measured = { cell: 'unix-stream', costs: around(8000), syscalls: 2, switches: 1 }
  const over = (policy: unknown, measured: readonly Measured[] = [pipe, unix]) =>
    heldTo(read(policy), measured, ({ select }, cell) => select.includes(cell)).exceeded.map(({ what, verdict }) => [
      what,
      verdict,
    ])
  const held = (atMost: number) => ({ ratios: [{ cell: 'unix-stream', against: 'pipe', atMost }] })

  test('is a ratio above its ceiling', () => {
    expect(over(held(2.1))).toEqual([])
    expect(over(held(1.6))).toEqual([['unix-stream', '2.00 times pipe']])
  })
  test('is no ratio that may be below its ceiling: that cannot be told', () => {
    const { exceeded, doubts } = heldTo(read(held(1.99)), [pipe, unix], () => false)
    expect([exceeded, doubts]).toEqual([[], [expect.stringMatching(/about 2\.00 times pipe, and it cannot be told/)]])
    const few = [pipe, unix].map((one) => ({ ...one, costs: one.costs.slice(0, 2) }))
    expect(heldTo(read(held(1.2)), few, () => false)).toMatchObject({ exceeded: [], doubts: [expect.any(String)] })
  })
  test('is a ratio of what was not measured: it would hold nothing', () => {
    expect(over(held(3), [unix])).toEqual([['unix-stream', 'not measured']])
  })
  test('is a counter clearly above its limit', () => {
    const calls = (syscallsPerMessage: number) => ({ cells: [{ select: ['pipe'], syscallsPerMessage }] })
    expect(over(calls(2))).toEqual([])
    expect(over(calls(1.99))).toEqual([])
    expect(over(calls(1.5))).toEqual([['pipe', '2.00 system calls for a message']])
    expect(over({ cells: [{ select: ['pipe'], switchesPerMessage: 0.5 }] })).toEqual([
      ['pipe', '1.00 context switches for a message'],
    ])
  })
})
