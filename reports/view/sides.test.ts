import { expect, test } from 'vitest'
import type { LaunchRecord, Run } from '../../harness/model.ts'
import { gateRun } from '../fixture/gate.ts'
import { fixtureRun } from '../fixture/run.ts'
import { measuredOf } from './measured.ts'
import { armOf, sidesOf, wholesOf } from './sides.ts'
import { placesOf } from './tally.ts'

const gated = gateRun()
const launches = [...gated.launches]
const [first] = launches
if (first === undefined) throw new Error('the fixture has no launch')

test('a run without arms is itself', () => {
  const run = fixtureRun()
  expect(sidesOf(run)).toEqual([run])
})

test('a gate is two runs, each with what was claimed and measured in its arm', () => {
  const sides = sidesOf(gated)
  expect(sides.map((side) => [...side.launches].map(({ arm }) => arm))).toEqual([
    launches.filter(({ arm }) => arm === 'a').map(() => 'a'),
    launches.filter(({ arm }) => arm === 'b').map(() => 'b'),
  ])
  expect(sides.map(({ launches: own }) => own.length)).toEqual([4, 4])
  expect(sides.map(({ cases }) => new Set(cases.map(({ arm }) => arm)))).toEqual([new Set(['a']), new Set(['b'])])
  expect(sidesOf(gated)).toBe(sides)
})

test('what controls or calibrates is on neither side', () => {
  const others: LaunchRecord[] = [
    { ...first, arm: 'control' },
    { ...first, arm: 'a', injectNs: 500 },
  ]
  const sides = sidesOf({ ...gated, launches: [...launches, ...others] })
  expect(sides.flatMap((side) => [...side.launches])).toHaveLength(launches.length)
  expect(sides.map((side) => measuredOf(side).rows.every(({ launches: count }) => count <= 4))).toEqual([true, true])
})

test('of a self-test the side B is what was not held up, and of a gate that holds all of B up it is that', () => {
  const heldUp = launches.map((launch): LaunchRecord => (launch.arm === 'b' ? { ...launch, injectNs: 500 } : launch))
  const ofB = (run: Run) => sidesOf(run).flatMap((side) => [...side.launches].filter(({ arm }) => arm === 'b'))
  expect(ofB({ ...gated, launches: [...launches, ...heldUp] }).map(({ injectNs }) => injectNs)).toEqual([
    ...Array.from({ length: 4 }, () => undefined),
  ])
  expect(ofB({ ...gated, launches: heldUp }).map(({ injectNs }) => injectNs)).toEqual([500, 500, 500, 500])
})

test('a side knows its arm, though it gave no figure', () => {
  const failed = launches.map(({ measures: _, ...launch }): LaunchRecord => ({ ...launch, verdict: 'void' }))
  expect(sidesOf({ ...gated, launches: failed }).map(armOf)).toEqual(['a', 'b'])
  expect(armOf(fixtureRun())).toBeUndefined()
})

test('a claim is news where the gate found it broken, and counts once', () => {
  const again = gated.cases.map((one) => ({ ...one, ms: 7777 }))
  const [a, b] = sidesOf({ ...gated, cases: [...gated.cases, ...again] })
  expect(a?.cases.map(({ standing }) => standing)).toEqual(['expected', 'expected', 'expected'])
  expect(b?.cases.map(({ id, standing, ms }) => [id, standing, ms])).toEqual([
    ['pipe.shell-pipeline', 'regression', 7777],
    ['pipe.write-no-reader-sigpipe', 'expected', 7777],
  ])
})

test('a gate in which only B was measured has one side', () => {
  const ofB: Run = { ...gated, cases: [], launches: launches.filter(({ arm }) => arm === 'b') }
  expect(sidesOf(ofB)).toHaveLength(1)
})

test('a side has its own target alone', () => {
  const [first] = gated.header.targets
  if (first === undefined) throw new Error('the fixture has no target')
  const elsewhere = 'exec:env'
  const targets = [first, { ...first, id: elsewhere } as const]
  const ofB = <T extends { readonly arm?: string }>(one: T): T =>
    one.arm === 'b' ? { ...one, target: elsewhere } : one
  const run = {
    ...gated,
    cases: gated.cases.map(ofB),
    launches: launches.map(ofB),
    header: { ...gated.header, targets },
  }
  expect(placesOf(...sidesOf(run)).map(({ title }) => title)).toEqual(['A: Linux', 'B: Linux, exec:env'])
})

test('the sides of one record are told together', () => {
  const runs = [gated, fixtureRun()].flatMap(sidesOf)
  expect(wholesOf(runs).map(({ sides }) => sides.map(({ at }) => at))).toEqual([[0, 1], [2]])
})
