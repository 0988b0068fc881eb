/**
 * The gate on trial, on the machine at hand: what has to be green is green, what has to be red is red, and from the noise of
 * the launches that this took, how often either is wrong.
 */

import { seeded } from '../measure/random.ts'
import type { Injection } from '../model.ts'
import { upperBound } from './binomial.ts'
import type { Block } from './blocks.ts'
import { type Conducting, conductGate, type GatedCell, type GateResult } from './conduct.ts'
import { decide, unattainable } from './decide.ts'
import { type CostHeldUp, calibrated } from './inject.ts'
import type { Rules } from './rules.ts'
import { manyGates, playGate, resampled } from './simulate.ts'

export interface Trial {
  readonly what: string
  readonly good: boolean
  readonly says: string
}

export interface Power {
  /** How much slower one of the cells was, as a share. */
  readonly effect: number
  readonly red: number
  readonly inconclusive: number
}

export interface SelfTest {
  readonly trials: readonly Trial[]
  /** Of so many simulated gates of identical arms, how many were red, and the highest rate that this leaves possible. */
  readonly falseFailures: { readonly gates: number; readonly red: number; readonly atMost: number }
  readonly power: readonly Power[]
}

/** Launches cells, with messages of either arm held up by an injection or not. */
export type LaunchHeldUp = (injections: { readonly a?: Injection; readonly b?: Injection }) => Conducting['launch']

export interface SelfTesting extends Omit<Conducting, 'launch'> {
  readonly cells: readonly GatedCell[]
  readonly launching: LaunchHeldUp
  readonly cost: CostHeldUp
  readonly gates: number
}

const slowed = 0.3
const effects = [0.05, 0.1, 0.15, 0.2, 0.3]

export async function selfTest(testing: SelfTesting): Promise<SelfTest> {
  const { cells, launching, rules, seed } = testing
  const play = (held: Parameters<LaunchHeldUp>[0], which: readonly GatedCell[]) =>
    conductGate(which, { ...testing, launch: launching(held) })
  const equal = await play({}, cells)
  const [first] = cells
  if (first === undefined) throw new Error('a self-test needs a cell')
  const injection = await calibrated(first.cell, slowed, testing.cost)
  const slower = await play({ b: injection }, [first])
  const swapped = await play({ a: injection }, [first])
  return {
    trials: [
      equalTrial(equal, cells.length),
      redTrial(
        `B held up by ${injection.ns} ns a message, ${percent(injection.held / injection.alone)} slower`,
        slower,
      ),
      mirrorTrial(swapped, slower),
      frozenTrial(rules),
      impossibleTrial(rules),
    ],
    ...simulated(equal.noise, cells.length, rules, seed, testing.gates),
  }
}

const percent = (ratio: number): string => `${(100 * (ratio - 1)).toFixed(1)} %`

/** Of identical arms no cell may be red, and each has to be measured, each time: there is no other proof that it was seen. */
function equalTrial({ decision, broken, unmeasured, faltered }: GateResult, cells: number): Trial {
  const wrong = [...broken, ...unmeasured, ...faltered].map(({ what, verdict }) => `${what}: ${verdict}`)
  const good = decision.verdict !== 'fail' && wrong.length === 0 && decision.cells.length === cells
  return { what: 'A against A', good, says: [decision.verdict, ...wrong].join('; ') }
}

function redTrial(what: string, { decision }: GateResult): Trial {
  const [cell] = decision.cells
  return { what, good: decision.verdict === 'fail', says: `${decision.verdict}, ${percent(cell?.ratio ?? 1)} measured` }
}

function mirrorTrial({ decision }: GateResult, slower: GateResult): Trial {
  const [faster, other] = [decision.cells[0]?.ratio ?? 1, slower.decision.cells[0]?.ratio ?? 1]
  const half = Math.log(1 + slowed) / 2
  // Where neither was seen both are one, and each the mirror of the other.
  const mirrored = Math.abs(Math.log(faster) + Math.log(other)) < half && Math.log(faster) < -half
  const good = decision.verdict === 'pass' && mirrored
  return { what: 'the arms swapped', good, says: `${decision.verdict}, ${percent(faster)} measured` }
}

/** Blocks without any variance are no measurement, and never a pass. */
function frozenTrial(rules: Rules): Trial {
  const block: Block = { a: [1, 1], b: [1, 1] }
  const frozen = { cell: 'frozen', routing: Array.from({ length: rules.routingBlocks }, () => block) }
  const { verdict } = decide([frozen], {}, rules)
  return { what: 'blocks without variance', good: verdict === 'inconclusive', says: verdict }
}

function impossibleTrial(rules: Rules): Trial {
  const sentence = unattainable(1, { ...rules, decidingBlocks: 4, alpha: 0.05 })
  return {
    what: 'a p that four blocks cannot have',
    good: sentence !== undefined,
    says: sentence === undefined ? 'accepted' : 'refused',
  }
}

/** Gates drawn from the noise that was seen, of as many cells. */
function simulated(
  noise: readonly number[],
  cells: number,
  rules: Rules,
  seed: number,
  gates: number,
): Pick<SelfTest, 'falseFailures' | 'power'> {
  const random = seeded(seed)
  const drawn = resampled(noise, random)
  const others = Array.from({ length: cells - 1 }, () => 1)
  const red = Array.from({ length: gates }, () => playGate({ noise: drawn, effects: [1, ...others] }, rules)).filter(
    ({ verdict }) => verdict === 'fail',
  ).length
  return {
    falseFailures: { gates, red, atMost: upperBound(red, gates) },
    power: effects.map((effect) => {
      const count = manyGates({ noise: drawn, effects: [1 + effect, ...others] }, rules, Math.ceil(gates / 4))
      const all = count.pass + count.fail + count.inconclusive
      return { effect, red: count.fail / all, inconclusive: count.inconclusive / all }
    }),
  }
}
