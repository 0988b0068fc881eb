/**
 * A slowdown of a wanted size. A message can be held up by a number of nanoseconds; by how much that slows a cell down is
 * measured in A, with and without in turns, so that what is asked for is what a gate has to see.
 */

import { cellName } from '../measure/schedule.ts'
import { median, spread } from '../measure/statistics.ts'
import type { Cell, Injection, Workload } from '../model.ts'

/** Workloads whose loops hold messages up by themselves; in others nothing would be held up. */
export const injectable: readonly Workload[] = ['pingpong', 'stream', 'openloop', 'handoff']

/** What a message costs in A, in nanoseconds, held up by so many; nothing where that could not be measured. */
export type CostHeldUp = (cell: Cell, injectNs: number) => Promise<number | undefined>

export class InjectionError extends Error {
  override readonly name = 'InjectionError'
  /** Whether it may go well another time: it was the machine, and not the cell. */
  readonly unsteady: boolean
  constructor(sentence: string, unsteady: boolean) {
    super(sentence)
    this.unsteady = unsteady
  }
}

const fewestPairs = 4
const mostPairs = 10
const mostPasses = 8
/** So many launches it takes where the second pass finds the right number, and the machine is calm. */
export const usualLaunches = 1 + 2 * 2 * fewestPairs
/** A small effect is told from a large one first, which noise disturbs less. */
const trialShare = 0.3
/** What is measured may be off by this part of what was asked for, or by what its median scatters. */
const tolerance = 0.2
const leastTolerance = 0.02
/** What no wait makes slower by more than this does not wait. */
const leastGained = 0.03
/** Pairs that scatter by more than this are not enough yet. */
const agreement = 0.04

export async function calibrated(cell: Cell, share: number, cost: CostHeldUp): Promise<Required<Injection>> {
  const name = cellName(cell)
  const range: Range = { low: { ns: 0, gained: 0 } }
  let ns = Math.max(1, Math.round(Math.max(share, trialShare) * (await costOrThrow(cell, 0, cost))))
  let gained = 0
  let isHeld = false
  for (let pass = 0; pass < mostPasses; pass++) {
    const pairs = await inTurns(cell, ns, cost)
    const gains = pairs.map(gainedBy)
    gained = median(gains)
    const unsure = (1.25 * spread(gains)) / Math.sqrt(gains.length)
    if (Math.abs(gained - share) <= Math.max(leastTolerance, tolerance * share, unsure)) {
      return {
        cell: name,
        ns,
        alone: median(pairs.map(({ alone }) => alone)),
        held: median(pairs.map(({ held }) => held)),
      }
    }
    isHeld ||= gained > leastGained
    ns = nextOf(range, { ns, gained }, share)
  }
  if (!isHeld) throw new InjectionError(`${name} does not get slower where each message waits ${ns} ns`, false)
  throw new InjectionError(
    `${name} was to be ${percent(share)} slower, and in ${mostPasses} attempts it was not: the last made it ${percent(gained)}, so that the machine is not calm enough`,
    true,
  )
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

interface Tried {
  readonly ns: number
  readonly gained: number
}

/** The longest wait that was too short, and the shortest that was too long. */
interface Range {
  low: Tried
  high?: Tried
}

/** On the line between the two; a scheduler that switches at some length makes steps, so that ever more of the middle is tried. */
function nextOf(range: Range, tried: Tried, share: number): number {
  if (tried.gained > share) range.high = tried
  else range.low = tried
  const { low, high } = range
  if (high === undefined) return 2 * tried.ns
  const part = (share - low.gained) / (high.gained - low.gained)
  const inside = Math.min(0.9, Math.max(0.1, part))
  return Math.max(1, Math.round(low.ns + inside * (high.ns - low.ns)))
}

interface Pair {
  readonly alone: number
  readonly held: number
}

const gainedBy = ({ alone, held }: Pair): number => held / alone - 1

/** As it is and held up, in turns, until half of the pairs agree: what a machine does meanwhile falls on both of a pair. */
async function inTurns(cell: Cell, ns: number, cost: CostHeldUp): Promise<Pair[]> {
  const pairs: Pair[] = []
  while (pairs.length < mostPairs && !(pairs.length >= fewestPairs && spread(pairs.map(gainedBy)) <= agreement)) {
    const first = await costOrThrow(cell, pairs.length % 2 === 0 ? 0 : ns, cost)
    const second = await costOrThrow(cell, pairs.length % 2 === 0 ? ns : 0, cost)
    pairs.push(pairs.length % 2 === 0 ? { alone: first, held: second } : { alone: second, held: first })
  }
  return pairs
}

async function costOrThrow(cell: Cell, ns: number, cost: CostHeldUp): Promise<number> {
  const found = await cost(cell, ns)
  if (found !== undefined) return found
  throw new InjectionError(`${cellName(cell)} could not be measured in A, so that nothing can be injected`, false)
}
