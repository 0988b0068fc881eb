/** The verdicts of a gate on blocks that are made up, and its error rates over many made-up gates. */

import { describe, expect, test } from 'vitest'
import { seeded } from '../measure/random.ts'
import { asRatio, type Block, difference, medianDifference, mirrored, orderOf, scatterOfA } from './blocks.ts'
import {
  type Circumstances,
  cellsToldBy,
  type Decision,
  decide,
  type Evidence,
  thresholdOf,
  unattainable,
} from './decide.ts'
import { defaultRules } from './rules.ts'
import { manyGates, modelled, resampled } from './simulate.ts'

/** Blocks whose launches scatter by so much, and whose B costs so many times as much. */
function measured(count: number, ratio: number, scatter = 0.01, seed = 1): Block[] {
  const noise = modelled(scatter, seeded(seed), 0)
  return Array.from({ length: count }, () => ({
    a: [noise(), noise()] as const,
    b: [ratio * noise(), ratio * noise()] as const,
  }))
}
const evidence = (cell: string, ratio: number, looked = false, scatter = 0.01, seed = 1): Evidence => ({
  cell,
  routing: measured(3, ratio, scatter, seed),
  ...(looked ? { deciding: measured(10, ratio, scatter, seed + 1) } : {}),
})
const calm = { control: { blocks: measured(10, 1, 0.01, 99) } }
const verdicts = ({ cells }: Decision) => cells.map(({ verdict }) => verdict)

describe('a block', () => {
  test('is mirrored every other time', () => {
    expect(orderOf(0)).toEqual(['a', 'b', 'b', 'a'])
    expect(orderOf(1)).toEqual(['b', 'a', 'a', 'b'])
  })
  test('takes no notice of what drifts evenly', () => {
    const drifting: Block = { a: [1, Math.exp(0.3)], b: [Math.exp(0.1), Math.exp(0.2)] }
    expect(difference(drifting)).toBeCloseTo(0, 12)
  })
  test('mirrored says the opposite', () => {
    const blocks = measured(5, 1.3)
    expect(medianDifference(blocks.map(mirrored))).toBeCloseTo(-medianDifference(blocks), 12)
  })
  test('tells how A scatters, whatever B does', () => {
    const scatter = (ratio: number) => scatterOfA(measured(4000, ratio, 0.05, 3))
    expect(scatter(1)).toBeCloseTo(0.05, 2)
    expect(scatter(3)).toBeCloseTo(0.05, 2)
  })
})

describe('a gate', () => {
  test('passes where nothing had to be looked at again, and says what it could have seen', () => {
    const decision = decide([evidence('one', 1), evidence('two', 1.01)], {}, defaultRules)
    expect(decision).toMatchObject({ verdict: 'pass', reasons: [] })
    for (const { mde } of decision.cells) {
      expect(mde).toBeGreaterThanOrEqual(defaultRules.minEffect)
      expect(mde).toBeLessThan(0.1)
    }
  })
  test('cannot tell where something seems slower and might be so by chance', () => {
    const b = [1.3, 1.3, 0.8, 1.3, 1.2, 0.9, 1.2, 0.7, 1.3, 0.85]
    const wild: Block[] = b.map((cost, i) => ({ a: [1 + i / 1000, 1], b: [cost, cost] }))
    const one = { ...evidence('one', 1.2), deciding: wild }
    const [cell] = decide([one], calm, { ...defaultRules, maxMde: 1 }).cells
    expect(cell).toMatchObject({ verdict: 'inconclusive', reason: expect.stringMatching(/seems .* by chance/) })
  })
  test('fails where fresh blocks confirm, and says how much and how surely', () => {
    const decision = decide([evidence('one', 1), evidence('two', 1.2, true), evidence('three', 1)], calm, defaultRules)
    expect(decision.verdict).toBe('fail')
    expect(verdicts(decision)).toEqual(['pass', 'fail', 'pass'])
    const [, slower] = decision.cells
    expect(slower?.ratio).toBeCloseTo(1.2, 1)
    expect(slower?.atLeast).toBeGreaterThan(1.15)
    expect(slower?.p).toBeLessThan(0.01)
  })
  test('has no red cell where A against A fails too, also if something else makes it red', () => {
    const wild: Circumstances = { ...calm, control: { blocks: measured(10, 1.2) } }
    const decision = decide([evidence('one', 1), evidence('two', 1.2, true), evidence('three', 1)], wild, defaultRules)
    expect(decision.verdict).toBe('inconclusive')
    const cells = cellsToldBy(decision)
    expect(cells.map(({ verdict }) => verdict)).toEqual(['pass', 'inconclusive', 'pass'])
    expect(cells[1]?.reason).toMatch(/A against A failed too/)
  })
  test('does not where fresh blocks do not', () => {
    const lucky = { ...evidence('one', 1.1), deciding: measured(10, 1) }
    expect(decide([lucky, evidence('two', 1), evidence('three', 1)], calm, defaultRules).verdict).toBe('pass')
  })
  test('does not where it became faster', () => {
    expect(decide([evidence('one', 0.7, true)], calm, { ...defaultRules, mostFlagged: 1 }).verdict).toBe('pass')
  })
  test('does not below the least effect that counts, however sure', () => {
    const sure = evidence('one', 1.03, true, 0.001)
    expect(decide([sure], calm, { ...defaultRules, mostFlagged: 1 }).verdict).toBe('pass')
    expect(decide([{ ...sure, minEffect: 0.02 }], calm, { ...defaultRules, mostFlagged: 1 }).verdict).toBe('fail')
  })
  test('raises that to what the noise of A against A allows', () => {
    const noisy = evidence('one', 1, true, 0.2)
    expect(asRatio(thresholdOf(noisy, defaultRules))).toBeGreaterThan(1.15)
  })
  test('cannot tell when the control fails too', () => {
    const decision = decide([evidence('one', 1.2, true)], { control: { blocks: measured(10, 1.3) } }, defaultRules)
    expect(decision).toMatchObject({ verdict: 'inconclusive', reasons: [expect.stringMatching(/A against A/)] })
  })
  test('nor when the control became faster', () => {
    const { verdict } = decide([evidence('one', 1.2, true)], { control: { blocks: measured(10, 0.7) } }, defaultRules)
    expect(verdict).toBe('inconclusive')
  })
  test('nor when most cells looked slower and none was', () => {
    const shaken = ['one', 'two', 'three'].map((cell) => ({ ...evidence(cell, 1.2), deciding: measured(10, 1) }))
    const decision = decide(shaken, calm, defaultRules)
    expect(decision).toMatchObject({ verdict: 'inconclusive', reasons: [expect.stringMatching(/100 % of the cells/)] })
  })
  test('but of one or two cells all are soon chosen: that alone says nothing', () => {
    const cleared = ['one', 'two'].map((cell) => ({ ...evidence(cell, 1.2), deciding: measured(10, 1) }))
    expect(decide(cleared, calm, defaultRules)).toMatchObject({ verdict: 'pass', reasons: [] })
  })
  test('nor when A against A could not be measured, or not to the end', () => {
    const lost = { blocks: measured(defaultRules.decidingBlocks - 1, 1), lost: 'crash: it was killed.' }
    expect(decide([evidence('one', 1.2, true)], { control: lost }, defaultRules)).toMatchObject({
      verdict: 'inconclusive',
      reasons: [expect.stringMatching(/^A against A could not be measured .*: crash: it was killed$/)],
    })
  })
  test('holds the control to the least effect of its cell', () => {
    const blocks = measured(10, 1.1)
    const own = { ...evidence('one', 1.3, true), minEffect: 0.2 }
    expect(decide([own], { control: { blocks } }, defaultRules).verdict).toBe('inconclusive')
    expect(decide([own], { control: { blocks, minEffect: 0.2 } }, defaultRules).verdict).toBe('fail')
  })
  test('nor when the hypervisor took too much time', () => {
    const decision = decide([evidence('one', 1)], { steal: 0.2 }, defaultRules)
    expect(decision).toMatchObject({ verdict: 'inconclusive', reasons: [expect.stringMatching(/took 20 %/)] })
  })
  test('nor when a cell is noisier than what is asked for', () => {
    const decision = decide([evidence('one', 1, false, 0.3)], {}, { ...defaultRules, maxMde: 0.1 })
    expect(decision).toMatchObject({
      verdict: 'inconclusive',
      reasons: [expect.stringMatching(/^one: it is too noisy/)],
    })
  })
  test('nor when nothing varies: zero variance is no pass', () => {
    const frozen: Block = { a: [5, 5], b: [5, 5] }
    const all = { cell: 'one', routing: [frozen, frozen, frozen], deciding: new Array(10).fill(frozen) as Block[] }
    expect(decide([all], calm, defaultRules).verdict).toBe('inconclusive')
  })
  test('refuses to ask for a p that its blocks cannot give', () => {
    expect(unattainable(9, defaultRules)).toBeUndefined()
    expect(unattainable(60, defaultRules)).toMatch(/take more blocks/)
    expect(unattainable(1, { ...defaultRules, decidingBlocks: 4 })).toMatch(/no p below 0\.06/)
  })
})

describe('over many gates of nine cells', () => {
  const nine = (slower: number) => [slower, 1, 1, 1, 1, 1, 1, 1, 1]
  const gates = 400
  const rates = (scatter: number, slower: number) =>
    manyGates({ noise: modelled(scatter, seeded(7)), effects: nine(slower) }, defaultRules, gates)

  test.each([0.01, 0.04, 0.1])(
    'identical code is red in at most one of forty, launches scattering by %d',
    (scatter) => {
      expect(rates(scatter, 1).fail / gates).toBeLessThanOrEqual(1 / 40)
    },
  )
  test('20 % more is red in 19 of 20, and 10 % in 12 of 20', () => {
    expect(rates(0.03, 1.2).fail / gates).toBeGreaterThanOrEqual(19 / 20)
    expect(rates(0.03, 1.1).fail / gates).toBeGreaterThanOrEqual(12 / 20)
  })
  test('everything slower by as much is red too', () => {
    const all = manyGates({ noise: modelled(0.03, seeded(8)), effects: nine(1).map(() => 1.2) }, defaultRules, 100)
    expect(all.fail).toBeGreaterThanOrEqual(95)
  })
  test('noise drawn from what was seen does as well', () => {
    const random = seeded(9)
    const seen = Array.from({ length: 60 }, () => 0.03 * (random() - 0.5) * 3.46)
    const count = manyGates({ noise: resampled(seen, random), effects: nine(1) }, defaultRules, gates)
    expect(count.fail / gates).toBeLessThanOrEqual(1 / 40)
  })
})
