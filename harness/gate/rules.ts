/** By what a gate decides. The figures are those of the method: what was measured of their error rates is said there. */

export interface Rules {
  /** The chance of a red gate where nothing changed, all cells together. */
  readonly alpha: number
  /** The least effect that is worth a red gate, as a share: 0.05 is 5 %. */
  readonly minEffect: number
  /** A cell whose least visible effect is above this says nothing. */
  readonly maxMde: number
  /** Blocks of every cell, which only choose where to look again. */
  readonly routingBlocks: number
  /** Fresh blocks of the cells that were chosen, which decide. */
  readonly decidingBlocks: number
  /** Where more than this share is chosen and nothing is confirmed, it is the machine that changed. */
  readonly mostFlagged: number
  /** From so many on: of one cell or two all are soon chosen. */
  readonly fewestFlagged: number
  /** The share of the processor's time that a hypervisor may take. */
  readonly mostSteal: number
  /** How many times the scatter of A against A an effect has to be. */
  readonly floorFactor: number
}

export const defaultRules: Rules = {
  alpha: 0.05,
  minEffect: 0.05,
  maxMde: 0.5,
  routingBlocks: 3,
  decidingBlocks: 10,
  mostFlagged: 0.4,
  fewestFlagged: 3,
  mostSteal: 0.05,
  floorFactor: 1.5,
}
