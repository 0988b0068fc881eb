/** How much time a benchmark may take: how often a cell is launched, and how long a launch measures. */

import type { Cell, Workload } from '../model.ts'

export interface Budget {
  /** Launches of each cell. */
  readonly rounds: number
  readonly warmupMs: number
  readonly measureMs: number
  /** Instead of `measureMs`, for what is measured in batches: they need time, each of them. */
  readonly batchesMs?: number
}

/** Into how many batches a stream is cut, and how long one lasts at least. */
export const batches = 20
export const shortestBatchMs = 5

/** Those whose figure is the median rate of batches, or may be. */
const inBatches: readonly Workload[] = ['stream', 'fan', 'baseline']

/** What a budget gives to one launch of a workload. */
export function timeFor(workload: Workload, budget: Budget): Budget {
  const { batchesMs } = budget
  return batchesMs === undefined || !inBatches.includes(workload) ? budget : { ...budget, measureMs: batchesMs }
}

/** What a launch costs beside its warm-up and its measuring, until it is known better: two processes, opened and ended. */
const besidesMs = 25
/** A Node process starts in so long. */
const nodeStartMs = 150

/** How long a launch will take, about. */
export function launchMs({ workload, runtime }: Cell, budget: Budget): number {
  const { warmupMs, measureMs } = timeFor(workload, budget)
  return besidesMs + (runtime === 'node' ? nodeStartMs : 0) + warmupMs + measureMs
}

/** How long all launches of these cells will take. */
export const planMs = (cells: readonly Cell[], budget: Budget): number =>
  budget.rounds * cells.reduce((sum, cell) => sum + launchMs(cell, budget), 0)

/** With less a figure says too little: no interval for the median, no percentiles. */
const fewestRounds = 3
const mostRounds = 25
const shortest = { warmupMs: 5, measureMs: 20, batchesMs: batches * shortestBatchMs }

export interface Fitted {
  readonly budget: Budget
  readonly cells: readonly Cell[]
  /** What was given up to fit, in sentences, in the order in which it was. */
  readonly dropped: readonly string[]
}

/**
 * What fits into a length of time: first there are fewer rounds, then a launch measures for less long, then there are
 * fewer rounds than an interval needs, and at last only some of the sizes. With time to spare there are more rounds.
 * Nothing, where even that does not fit.
 */
export function fittedTo(ms: number, cells: readonly Cell[], wanted: Budget): Fitted | undefined {
  const possible = (budget: Budget) => Math.floor(ms / planMs(cells, { ...budget, rounds: 1 }))
  const rounds = Math.min(mostRounds, possible(wanted))
  if (rounds >= fewestRounds || rounds >= wanted.rounds) {
    return { budget: { ...wanted, rounds }, cells, dropped: fewerRounds(rounds, wanted) }
  }
  const { budget, shortened } = shorter(ms, cells, wanted)
  const left = possible(budget)
  if (left >= 1) {
    const few = Math.min(fewestRounds, wanted.rounds, left)
    return { budget: { ...budget, rounds: few }, cells, dropped: [...fewerRounds(few, wanted), ...shortened] }
  }
  const thinner = thinned(ms, cells, { ...budget, rounds: 1 })
  return thinner && { ...thinner, dropped: [...fewerRounds(1, wanted), ...shortened, ...thinner.dropped] }
}

const fewerRounds = (rounds: number, wanted: Budget): string[] =>
  rounds >= wanted.rounds
    ? []
    : [`${rounds} ${rounds === 1 ? 'launch' : 'launches'} of each cell instead of ${wanted.rounds}`]

/** The longest warm-up and measuring at which three rounds fit, or the shortest that there are. */
function shorter(
  ms: number,
  cells: readonly Cell[],
  wanted: Budget,
): { readonly budget: Budget; readonly shortened: readonly string[] } {
  const fewest = Math.min(fewestRounds, wanted.rounds)
  const between = (share: number): Budget => ({
    rounds: fewest,
    warmupMs: Math.round(Math.max(shortest.warmupMs, share * wanted.warmupMs)),
    measureMs: Math.round(Math.max(shortest.measureMs, share * wanted.measureMs)),
    batchesMs: Math.round(Math.max(shortest.batchesMs, share * (wanted.batchesMs ?? wanted.measureMs))),
  })
  const shares = Array.from({ length: 20 }, (_, step) => 1 - step / 20)
  const share = shares.find((one) => planMs(cells, between(one)) <= ms) ?? 0
  const budget = between(share)
  const { warmupMs, measureMs, batchesMs } = budget
  const says = `${measureMs} ms measured (${batchesMs} ms of a stream) after ${warmupMs} ms of warm-up, instead of ${wanted.measureMs} ms after ${wanted.warmupMs} ms`
  return { budget, shortened: measureMs === wanted.measureMs ? [] : [says] }
}

/** Every other size is left out, again and again; the smallest and the largest stay. */
function thinned(ms: number, cells: readonly Cell[], budget: Budget): Fitted | undefined {
  let sizes = [...new Set(cells.map(({ size }) => size))].sort((a, b) => a - b)
  const all = sizes
  while (sizes.length > 2) {
    sizes = sizes.filter((_, at) => at % 2 === 0 || at === sizes.length - 1)
    const left = cells.filter(({ size }) => sizes.includes(size))
    if (planMs(left, budget) > ms) continue
    const gone = all.filter((size) => !sizes.includes(size))
    return { budget, cells: left, dropped: [`the sizes ${gone.join(', ')} B are left out`] }
  }
  return undefined
}
