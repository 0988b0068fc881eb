/** Gates on launches that are made up: what is launched when, and what becomes of launches that go wrong. */

import { describe, expect, test } from 'vitest'
import { launches } from '../../reports/fixture/launches.ts'
import { seeded } from '../measure/random.ts'
import { cellName } from '../measure/schedule.ts'
import type { ArmName, Cell, LaunchRecord, Measures } from '../model.ts'
import { type Conducting, conductGate, GateError } from './conduct.ts'
import { defaultRules } from './rules.ts'
import { modelled } from './simulate.ts'

const sample = launches().find(({ cell, verdict }) => cell.workload === 'stream' && verdict === 'ok') as LaunchRecord
const cells: Cell[] = ['pipe', 'fifo', 'tcp', 'udp'].map((mechanism) => ({ ...sample.cell, mechanism }))

type Where = (arm: ArmName, cell: Cell, count: number) => Partial<LaunchRecord> | number

/** A launch whose rate is that of the noise, divided by what `how` says; or which ends as it says. */
function conducting(how: Where, seen: string[] = []): Conducting {
  const noise = modelled(0.01, seeded(5), 0)
  return {
    rules: defaultRules,
    seed: 3,
    signal: new AbortController().signal,
    async launch(arm, cell) {
      seen.push(`${arm} ${cell.mechanism}`)
      const what = how(arm, cell, seen.length)
      if (typeof what !== 'number') return { ...sample, cell, ...what }
      const measures = sample.measures as Measures
      const throughput = { ...measures.throughput, messagesPerSecond: 1e6 / (what * noise()) }
      return { ...sample, cell, measures: { ...measures, throughput } as Measures }
    },
  }
}
const gate = (how: Where, seen?: string[]) =>
  conductGate(
    cells.map((cell) => ({ cell })),
    conducting(how, seen),
  )
const dead = { verdict: 'crash' as const, message: 'the consumer was killed by SIGSEGV', measures: undefined as never }

describe('a gate', () => {
  test('of equals measures three blocks of each cell, in two orders, and passes', async () => {
    const seen: string[] = []
    const { decision, broken, unmeasured } = await gate(() => 1, seen)
    expect(decision.verdict).toBe('pass')
    expect([broken, unmeasured]).toEqual([[], []])
    expect(seen).toHaveLength(4 * 3 * 4)
    const ofPipe = seen.filter((one) => one.endsWith('pipe')).map((one) => one[0])
    expect(ofPipe.join('')).toBe('abbabaababba')
  })

  test('looks again at what seems slower, with A against A beside it, and fails', async () => {
    const seen: string[] = []
    const { decision } = await gate((arm, { mechanism }) => (arm === 'b' && mechanism === 'tcp' ? 1.2 : 1), seen)
    expect(decision.verdict).toBe('fail')
    const red = decision.cells.filter(({ verdict }) => verdict === 'fail')
    expect(red.map(({ cell }) => cell)).toEqual([expect.stringMatching(/^tcp /)])
    expect(red[0]?.ratio).toBeCloseTo(1.2, 1)
    expect(seen).toHaveLength(4 * 3 * 4 + 2 * 10 * 4)
    expect(seen.filter((one) => one === 'control tcp')).toHaveLength(20)
  })

  test('cannot tell where A against A is slower too', async () => {
    const { decision } = await gate((arm, { mechanism }) => (arm !== 'a' && mechanism === 'tcp' ? 1.3 : 1))
    expect(decision).toMatchObject({ verdict: 'inconclusive', reasons: [expect.stringMatching(/A against A/)] })
  })

  test('is red for what dies in B only, after one confirmation', async () => {
    const seen: string[] = []
    const how: Where = (arm, { mechanism }) => (arm === 'b' && mechanism === 'fifo' ? dead : 1)
    const { broken, decision } = await gate(how, seen)
    expect(broken).toEqual([{ what: cellName(cells[1] as Cell), verdict: 'crash', message: dead.message }])
    expect(decision.cells.map(({ cell }) => cell).some((name) => name.startsWith('fifo'))).toBe(false)
    expect(seen.filter((one) => one === 'b fifo')).toHaveLength(2)
  })

  test('says nothing of what A cannot measure either', async () => {
    const { broken, unmeasured } = await gate((_, { mechanism }) => (mechanism === 'udp' ? dead : 1))
    expect(broken).toEqual([])
    expect(unmeasured).toMatchObject([{ what: cellName(cells[3] as Cell), verdict: 'crash' }])
  })

  test('goes on where a launch failed once, and is red where B fails again and again and A never does', async () => {
    const once = await gate((_, __, count) => (count === 7 ? dead : 1))
    expect([once.broken, once.unmeasured]).toEqual([[], []])
    expect(once.decision.cells).toHaveLength(cells.length)
    // It is told: what stumbled once is no pass.
    expect(once.faltered).toMatchObject([
      { verdict: 'crash', message: expect.stringMatching(/one launch of [AB]: the consumer/) },
    ])
    const turns = new Map<string, number>()
    const flaky = await gate((arm, { mechanism }) => {
      const turn = (turns.get(`${arm} ${mechanism}`) ?? 0) + 1
      turns.set(`${arm} ${mechanism}`, turn)
      return arm === 'b' && mechanism === 'pipe' && turn % 2 === 1 ? dead : 1
    })
    expect(flaky.broken).toMatchObject([{ what: cellName(cells[0] as Cell), verdict: 'crash', origin: 'repeated' }])
    expect(flaky.unmeasured).toEqual([])
  })

  test('is not red where A fails first and B once, and tells of both', async () => {
    const failing = new Set(['a 1', 'b 1'])
    const turns = new Map<string, number>()
    const { broken, unmeasured, faltered, decision } = await gate((arm, { mechanism }) => {
      const turn = (turns.get(`${arm} ${mechanism}`) ?? 0) + 1
      turns.set(`${arm} ${mechanism}`, turn)
      return mechanism === 'pipe' && failing.has(`${arm} ${turn}`) ? dead : 1
    })
    expect([broken, unmeasured]).toEqual([[], []])
    expect(faltered.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^one launch of A/),
      expect.stringMatching(/^one launch of B/),
    ])
    expect(decision.cells).toHaveLength(cells.length)
  })

  test('is red where B goes well at first and then no more', async () => {
    let ofB = 0
    const { broken } = await gate((arm, { mechanism }) => {
      if (arm !== 'b' || mechanism !== 'pipe') return 1
      ofB++
      return ofB > 3 ? dead : 1
    })
    expect(broken).toMatchObject([{ what: cellName(cells[0] as Cell), verdict: 'crash' }])
  })

  test('is next to never red where three of a hundred launches of identical arms fail by luck', async () => {
    const gates = 300
    let red = 0
    const random = seeded(11)
    for (let turn = 0; turn < gates; turn++) {
      const { decision, broken } = await gate(() => (random() < 0.03 ? dead : 1))
      if (broken.length > 0 || decision.verdict === 'fail') red++
    }
    expect(red / gates).toBeLessThanOrEqual(0.01)
  })

  test('cannot tell where A against A cannot be measured beside what seems slower', async () => {
    const { decision } = await gate((arm, { mechanism }) => {
      if (arm === 'control') return dead
      return arm === 'b' && mechanism === 'tcp' ? 1.2 : 1
    })
    expect(decision).toMatchObject({
      verdict: 'inconclusive',
      reasons: [expect.stringMatching(/^A against A could not be measured .*: crash: the consumer was killed/)],
    })
  })

  test('holds A against A to the least effect of the cell that it stands beside', async () => {
    const how: Where = (arm, { mechanism }) => (mechanism !== 'tcp' || arm === 'a' ? 1 : arm === 'b' ? 1.6 : 1.1)
    const own = cells.map((cell) => ({ cell, minEffect: 0.3 }))
    expect((await conductGate(own, conducting(how))).decision.verdict).toBe('fail')
    expect((await gate(how)).decision.verdict).toBe('inconclusive')
  })

  test('refuses more cells than its blocks can tell apart', async () => {
    const many = Array.from({ length: 80 }, () => ({ cell: cells[0] as Cell }))
    await expect(
      conductGate(
        many,
        conducting(() => 1),
      ),
    ).rejects.toThrow(GateError)
  })

  test('swapped, mirrors its verdict', async () => {
    const swapped = await gate((arm, { mechanism }) => (arm !== 'b' && mechanism === 'tcp' ? 1.2 : 1))
    expect(swapped.decision.verdict).toBe('pass')
    const faster = swapped.decision.cells.find(({ cell }) => cell.startsWith('tcp'))
    expect(faster?.ratio).toBeCloseTo(1 / 1.2, 1)
  })
})
