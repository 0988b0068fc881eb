/** The trial of the gate, on a machine that is made up: what it finds of one that sees, and of one that is blind. */

import { expect, test } from 'vitest'
import { launches } from '../../reports/fixture/launches.ts'
import { seeded } from '../measure/random.ts'
import { cellName } from '../measure/schedule.ts'
import type { ArmName, Cell, LaunchRecord, Measures } from '../model.ts'
import { defaultRules } from './rules.ts'
import { selfTest } from './self-test.ts'
import { modelled } from './simulate.ts'

const sample = launches().find(({ cell, verdict }) => cell.workload === 'stream' && verdict === 'ok') as LaunchRecord
const cells = ['pipe', 'fifo'].map((mechanism) => ({ cell: { ...sample.cell, mechanism } }))
const alone = 1000

/** Messages take a microsecond and their waits; of a blind gate the waits do not reach its launches. */
function onTrial(blind: boolean, failing = (_: ArmName, __: number) => false) {
  const noise = modelled(0.01, seeded(7), 0)
  let launched = 0
  const launch = (cell: Cell, wait: number): LaunchRecord => {
    const measures = sample.measures as Measures
    const messagesPerSecond = 1e9 / ((alone + wait) * noise())
    return {
      ...sample,
      cell,
      measures: { ...measures, throughput: { ...measures.throughput, messagesPerSecond } } as Measures,
    }
  }
  return selfTest({
    cells,
    rules: defaultRules,
    seed: 3,
    signal: new AbortController().signal,
    gates: 200,
    cost: async (_, ns) => (alone + ns) * noise(),
    launching: (injections) => async (arm, cell) => {
      const injection = arm === 'b' ? injections.b : injections.a
      if (failing(arm, ++launched)) return { ...sample, cell, verdict: 'crash', measures: undefined as never }
      const meant = injection?.cell === cellName(cell) && !blind
      return launch(cell, meant ? injection.ns : 0)
    },
  })
}

test('a gate that sees passes its trials, and its power grows with the effect', async () => {
  const { trials, falseFailures, power } = await onTrial(false)
  expect(trials.filter(({ good }) => !good)).toEqual([])
  expect(falseFailures.atMost).toBeLessThan(0.05)
  const red = power.map((one) => one.red)
  expect(red).toEqual([...red].sort((a, b) => a - b))
  expect(red.at(-1)).toBeGreaterThan(0.95)
})

test('a gate that is blind does not', async () => {
  const { trials } = await onTrial(true)
  expect(trials.filter(({ good }) => !good).map(({ what }) => what)).toEqual([
    expect.stringMatching(/^B held up by \d+ ns a message, (29|3\d)\.\d % slower$/),
    'the arms swapped',
  ])
})

test.each([
  ['fail in one arm', (arm: ArmName, count: number) => arm === 'b' && count <= 24],
  ['fail in both', (_: ArmName, count: number) => count <= 24],
  ['fail once', (_: ArmName, count: number) => count === 5],
])('launches of identical arms that %s are no good trial', async (_, failing) => {
  const { trials } = await onTrial(false, failing)
  expect(trials[0]).toMatchObject({ what: 'A against A', good: false, says: expect.stringMatching(/crash/) })
})
