/**
 * The verdict of a gate, from the blocks that were measured. It is red only where fresh blocks confirm what made a cell be
 * looked at again, by a test whose level all tested cells share, and by an effect above the floor of the cell's own noise.
 * Where it cannot tell it says so, which is not a pass.
 */

import type { CellDecision, GateVerdict } from '../model.ts'
import { asRatio, type Block, difference, medianDifference, scatterOfA } from './blocks.ts'
import { holm } from './holm.ts'
import type { Rules } from './rules.ts'
import { effectOf, lowerBound, lowestP, signedRank } from './wilcoxon.ts'

/** What was measured of a cell. */
export interface Evidence {
  readonly cell: string
  /** The least effect that counts for this cell, where it is not that of the rules. */
  readonly minEffect?: number
  readonly routing: readonly Block[]
  /** Absent where the routing gave no cause to look again. */
  readonly deciding?: readonly Block[]
}

/** The logarithm of the least ratio that counts: what was asked for, or what the cell's own noise allows. */
export function thresholdOf({ minEffect, routing, deciding = [] }: Evidence, rules: Rules): number {
  const scatter = scatterOfA([...routing, ...deciding])
  return Math.max(Math.log1p(minEffect ?? rules.minEffect), rules.floorFactor * scatter)
}

/** Whether the routing gives cause to look again. Nothing is decided by it: a false alarm costs time only. */
export const isFlagged = (evidence: Evidence, rules: Rules): boolean =>
  medianDifference(evidence.routing) >= Math.log1p(evidence.minEffect ?? rules.minEffect)

/** A sentence where so few blocks could never make so many cells red. */
export function unattainable(cells: number, rules: Rules): string | undefined {
  const least = lowestP(rules.decidingBlocks) * Math.max(1, cells)
  if (least <= rules.alpha) return undefined
  return `${rules.decidingBlocks} deciding blocks give no p below ${least.toPrecision(2)} for ${cells === 1 ? 'one cell' : `${cells} cells together`}, and ${rules.alpha} is asked for: take more blocks, or fewer cells`
}

export function decideCells(evidence: readonly Evidence[], rules: Rules): CellDecision[] {
  const tested = evidence.filter(({ deciding }) => deciding !== undefined)
  const adjusted = holm(tested.map(({ deciding = [] }) => signedRank(deciding.map(difference)).p))
  const pOf = new Map(tested.map(({ cell }, i) => [cell, adjusted[i] as number]))
  return evidence.map((one) => {
    const p = pOf.get(one.cell)
    return p === undefined ? decideByRouting(one, rules) : decideByBlocks(one, p, tested.length, rules)
  })
}

/** Costs that are all one number are no measurement. */
const frozen = 'every launch said the same to the last digit: nothing was measured'
const isFrozen = (blocks: readonly Block[]): boolean => new Set(blocks.flatMap(({ a, b }) => [...a, ...b])).size === 1

/** Of three blocks no p is worth naming; what they would have routed is. */
function decideByRouting(evidence: Evidence, rules: Rules): CellDecision {
  const threshold = thresholdOf(evidence, rules)
  const scatter = scatterOfA(evidence.routing)
  // The median of n scatters by 1.25 times the mean; eight of ten such medians are at most so far below.
  const missed = (0.84 * 1.25 * scatter) / Math.sqrt(evidence.routing.length)
  const mde = Math.expm1(threshold + missed)
  const ratio = asRatio(medianDifference(evidence.routing))
  const common = { cell: evidence.cell, ratio, threshold: asRatio(threshold), mde }
  if (isFrozen(evidence.routing)) return { ...common, verdict: 'inconclusive', reason: frozen }
  return { ...common, ...orTooNoisy('pass', mde, rules) }
}

function decideByBlocks(evidence: Evidence, p: number, tested: number, rules: Rules): CellDecision {
  const differences = (evidence.deciding ?? []).map(difference)
  const threshold = thresholdOf(evidence, rules)
  const effect = effectOf(differences)
  const bound = lowerBound(differences, rules.alpha / tested)
  const mde = Math.expm1(Math.max(threshold, effect - bound))
  const common = {
    cell: evidence.cell,
    ratio: asRatio(effect),
    atLeast: asRatio(bound),
    p,
    threshold: asRatio(threshold),
    mde,
  }
  if (differences.every((d) => d === differences[0])) {
    return {
      ...common,
      verdict: 'inconclusive',
      reason: 'every block said the same to the last digit: nothing was measured',
    }
  }
  const seems = medianDifference(evidence.deciding ?? []) >= threshold
  if (seems && p <= rules.alpha) return { ...common, verdict: 'fail' }
  const decided = orTooNoisy('pass', mde, rules)
  if (!seems || decided.verdict === 'inconclusive') return { ...common, ...decided }
  const reason = `it seems ${percent(Math.expm1(effect))} slower, and might be so by chance (p = ${p.toFixed(3)}): take more blocks`
  return { ...common, verdict: 'inconclusive', reason }
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

function orTooNoisy(verdict: GateVerdict, mde: number, rules: Rules): Pick<CellDecision, 'verdict' | 'reason'> {
  if (mde <= rules.maxMde) return { verdict }
  return {
    verdict: 'inconclusive',
    reason: `it is too noisy here: less than ${percent(mde)} could not have been seen, and --max-mde is ${percent(rules.maxMde)}`,
  }
}

// ------------------------------------------------------------------------------------------------------ the whole gate

/** A against A, measured beside the deciding blocks of a cell. */
export interface Control {
  /** The least effect that counts for that cell, where it is not that of the rules. */
  readonly minEffect?: number
  readonly blocks: readonly Block[]
  /** Why it could not be measured to the end. */
  readonly lost?: string
}

export interface Circumstances {
  /** Absent where nothing had to be decided. */
  readonly control?: Control
  /** The share of time that a hypervisor took away while it was measured. */
  readonly steal?: number
}

export interface Decision {
  readonly verdict: GateVerdict
  readonly cells: readonly CellDecision[]
  /** Why it cannot tell. */
  readonly reasons: readonly string[]
}

export function decide(evidence: readonly Evidence[], { control, steal = 0 }: Circumstances, rules: Rules): Decision {
  const cells = decideCells(evidence, rules)
  const failed = cells.some(({ verdict }) => verdict === 'fail')
  const flagged = evidence.filter(({ deciding }) => deciding !== undefined).length
  const share = flagged / Math.max(1, evidence.length)
  const shaken = flagged >= rules.fewestFlagged && share > rules.mostFlagged && !failed
  return decisionOf(cells, [
    ...(control === undefined ? [] : doubtsOfControl(control, rules)),
    ...(shaken
      ? [`${percent(share)} of the cells looked slower at first and none was: the machine changes its pace`]
      : []),
    ...doubtsOfSteal(steal, rules),
  ])
}

/** Doubts about the machine outweigh whatever cells say. */
export function decisionOf(cells: readonly CellDecision[], doubts: readonly string[]): Decision {
  const reasons = [
    ...doubts,
    ...cells.flatMap(({ cell, reason }) => (reason === undefined ? [] : [`${cell}: ${reason}`])),
  ]
  if (doubts.length > 0) return { verdict: 'inconclusive', cells, reasons }
  const failed = cells.some(({ verdict }) => verdict === 'fail')
  return { verdict: failed ? 'fail' : reasons.length > 0 ? 'inconclusive' : 'pass', cells, reasons }
}

/** Of all launches together: of one, which is short, a single tick is much. */
export const meanSteal = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)

export const doubtsOfSteal = (steal: number, rules: Rules): string[] =>
  steal > rules.mostSteal
    ? [`the hypervisor took ${percent(steal)} of the processor's time; run it when the host is calmer`]
    : []

function doubtsOfControl(control: Control, rules: Rules): string[] {
  if (control.blocks.length < rules.decidingBlocks) {
    const why = control.lost === undefined ? '' : `: ${control.lost.replace(/\.$/, '')}`
    return [`A against A could not be measured beside it, and nothing is decided without${why}`]
  }
  return seemsSlower(control, rules) ? ['A against A failed too: the machine is not calm enough to decide by'] : []
}

/** Of a gate that cannot tell no cell is red, whatever else makes the gate so: a broken claim, or an exceeded limit. */
export const cellsToldBy = ({ verdict, cells, reasons }: Decision): CellDecision[] =>
  cells.map((cell) =>
    verdict === 'inconclusive' && cell.verdict === 'fail'
      ? { ...cell, verdict, reason: cell.reason ?? reasons.join('; ') }
      : cell,
  )

/** Whether A against A looks like a regression, either way. */
function seemsSlower({ blocks, minEffect }: Control, rules: Rules): boolean {
  const differences = blocks.map(difference)
  const floor = Math.max(Math.log1p(minEffect ?? rules.minEffect), rules.floorFactor * scatterOfA(blocks))
  const beyond = (signed: readonly number[]) => signedRank(signed).p <= rules.alpha && effectOf(signed) >= floor
  return beyond(differences) || beyond(differences.map((d) => -d))
}
