/**
 * A gate played with made-up launches, as often as one likes: how often it is red where nothing changed, and where
 * something did. The noise of a launch is drawn from what launches of a machine were seen to do, or from a model of it.
 */

import { type Block, orderOf } from './blocks.ts'
import { type Decision, decide, type Evidence, isFlagged } from './decide.ts'
import type { Rules } from './rules.ts'

/** One launch's cost relative to what it would be without noise. */
export type Noise = () => number

/** Logarithms of costs drawn anew from those that were seen. */
export function resampled(logarithms: readonly number[], random: () => number): Noise {
  return () => Math.exp(logarithms[Math.floor(random() * logarithms.length)] ?? 0)
}

/** Evenly scattered by so much, and now and then far slower, as launches on shared machines are. */
export function modelled(scatter: number, random: () => number, outliers = 0.02, slowedBy = 0.4): Noise {
  return () => Math.exp(scatter * normal(random) + (random() < outliers ? slowedBy * random() : 0))
}

/** Box and Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

export interface Imagined {
  readonly noise: Noise
  /** How many times as much each cell costs in B. */
  readonly effects: readonly number[]
}

export function playGate({ noise, effects }: Imagined, rules: Rules): Decision {
  const evidence = effects.map((effect, i): Evidence => {
    const routing = blocks(rules.routingBlocks, effect, noise)
    const found: Evidence = { cell: `cell ${i}`, routing }
    return isFlagged(found, rules) ? { ...found, deciding: blocks(rules.decidingBlocks, effect, noise) } : found
  })
  const looked = evidence.some(({ deciding }) => deciding !== undefined)
  return decide(evidence, looked ? { control: { blocks: blocks(rules.decidingBlocks, 1, noise) } } : {}, rules)
}

const blocks = (count: number, effect: number, noise: Noise): Block[] =>
  Array.from({ length: count }, (_, number) => {
    const costs = { a: [] as number[], b: [] as number[] }
    for (const arm of orderOf(number)) costs[arm].push((arm === 'b' ? effect : 1) * noise())
    return costs as unknown as Block
  })

/** Of so many gates, how many end in each way. */
export function manyGates(imagined: Imagined, rules: Rules, gates: number): Record<Decision['verdict'], number> {
  const count = { pass: 0, fail: 0, inconclusive: 0 }
  for (let gate = 0; gate < gates; gate++) count[playGate(imagined, rules).verdict]++
  return count
}
