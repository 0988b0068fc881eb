/**
 * The unit that two arms are compared by: four launches of one cell, in the order ABBA or BAAB, so that whatever drifts
 * evenly meanwhile falls on both alike.
 */

import { median, spread } from '../measure/statistics.ts'

export type Arm = 'a' | 'b'

/** The costs of a block's launches, two of each arm, in the order in which they ran. More is worse. */
export interface Block {
  readonly a: readonly [number, number]
  readonly b: readonly [number, number]
}

/** Which arm runs when, in the block of that number: every other one is mirrored. */
export const orderOf = (block: number): readonly [Arm, Arm, Arm, Arm] =>
  block % 2 === 0 ? ['a', 'b', 'b', 'a'] : ['b', 'a', 'a', 'b']

const meanLog = ([first, second]: readonly [number, number]): number => (Math.log(first) + Math.log(second)) / 2

/** How much more B costs than A, as a logarithm: 0.1 is about 10 %. */
export const difference = ({ a, b }: Block): number => meanLog(b) - meanLog(a)

/** The same blocks with the arms exchanged. */
export const mirrored = ({ a, b }: Block): Block => ({ a: b, b: a })

export const medianDifference = (blocks: readonly Block[]): number => median(blocks.map(difference))

/**
 * How far block differences scatter where A is compared with A, from the two launches of A in each block. Each differs from
 * the other by twice the variance that the difference of two means of two has.
 */
export const scatterOfA = (blocks: readonly Block[]): number =>
  spread(blocks.map(({ a: [first, second] }) => (Math.log(second) - Math.log(first)) / Math.SQRT2))

/** A ratio of costs, from its logarithm: 1.1 is 10 % more. */
export const asRatio = (logarithm: number): number => Math.exp(logarithm)
