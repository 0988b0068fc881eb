/**
 * What explains how figures of one table stand to each other, in sentences. Each is a relation that was measured, with its
 * figures; one that the rows do not show is not stated.
 */

import { variantWords } from '../../harness/measure/schedule.ts'
import type { CellSummary } from '../../harness/measure/summary.ts'
import { rowName } from './figures.ts'
import { bytes, multiple, percent, significant } from './numbers.ts'
import { groupBy } from './tally.ts'

type Rows = readonly CellSummary[]
type Explains = (rows: Rows) => string[]

const micro = (ns: number): string => `${significant(ns / 1000)} µs`
const name = ({ cell }: CellSummary): string => `\`${rowName(cell)}\``
const byRow = (rows: Rows): CellSummary[][] => [...groupBy(rows, ({ cell }) => rowName(cell)).values()]
const sorted = (rows: Rows, by: (row: CellSummary) => number): CellSummary[] => [...rows].sort((a, b) => by(a) - by(b))
const sizeOf = ({ cell }: CellSummary): number => cell.size

/** Rows that differ in nothing but what a load is, and what to say of their size where there are several. */
function bySize(rows: Rows): { own: CellSummary[]; at: string }[] {
  const several = new Set(rows.map(sizeOf)).size > 1
  return byRow(rows).flatMap((alike) =>
    [...groupBy(alike, sizeOf)].map(([size, own]) => ({ own, at: several ? ` at ${bytes(size)}` : '' })),
  )
}

/** Up to where the size costs next to nothing: the call and the switch are the figure. */
const fixedPart: Explains = (rows) => {
  const fixed = byRow(rows).flatMap((own) => {
    const [smallest, ...others] = sorted(own, sizeOf)
    if (smallest === undefined || others.length === 0) return []
    const alike = others.filter(({ value }) => value < 1.25 * smallest.value)
    const last = alike.at(-1)
    return last === undefined ? [] : [{ smallest, last, largest: others.at(-1) ?? last }]
  })
  const [widest] = fixed.sort((a, b) => b.last.cell.size - a.last.cell.size)
  if (widest === undefined) return []
  const { smallest, last, largest } = widest
  const grows =
    largest === last
      ? ''
      : ` ${bytes(largest.cell.size)} take ${multiple(largest.value / smallest.value)} that: from there on the bytes are what costs.`
  return [
    `${name(smallest)} takes ${micro(smallest.value)} for ${bytes(smallest.cell.size)} and ${micro(last.value)} for ${bytes(last.cell.size)}: up to there it is the calls and the switches that cost, and not the bytes.${grows}`,
  ]
}

/** The best of the smallest and of the largest size. */
const best: Explains = (rows) => {
  const sizes = [...new Set(rows.map(sizeOf))].sort((a, b) => a - b)
  return [...new Set([sizes[0], sizes.at(-1)])].flatMap((size) => {
    const own = rows.filter((row) => sizeOf(row) === size)
    if (own.length < 2 || size === undefined) return []
    const up = sorted(own, ({ value }) => value)
    const [winner, loser] = own[0]?.figure === 'latency' ? [up[0], up.at(-1)] : [up.at(-1), up[0]]
    if (winner === undefined || loser === undefined) return []
    const times = Math.max(winner.value / loser.value, loser.value / winner.value)
    const at = size === 0 ? '' : ` at ${bytes(size)}`
    return [`${name(winner)} is ${multiple(times)} as good as ${name(loser)}${at}.`]
  })
}

/** Where the bytes a second stop growing. */
const saturation: Explains = (rows) => {
  const peaks = byRow(rows).flatMap((own) => {
    const peak = sorted(own, ({ bytesPerSecond = 0 }) => -bytesPerSecond)[0]
    return peak === undefined || own.length < 3 ? [] : [peak]
  })
  const [highest] = sorted(peaks, ({ bytesPerSecond = 0 }) => -bytesPerSecond)
  if (highest === undefined) return []
  const largest = rows
    .filter(({ cell }) => rowName(cell) === rowName(highest.cell))
    .sort((a, b) => sizeOf(b) - sizeOf(a))[0]
  const rate = (row: CellSummary) => `${significant((row.bytesPerSecond ?? 0) / 1e6)} MB/s`
  const falls =
    largest === undefined || largest === highest
      ? ''
      : `; at ${bytes(sizeOf(largest))} there are ${rate(largest)} left, ${percent((largest.bytesPerSecond ?? 0) / (highest.bytesPerSecond ?? 1))} of it`
  return [
    `The most that any carries is ${rate(highest)}, by ${name(highest)} in messages of ${bytes(sizeOf(highest))}${falls}.`,
  ]
}

/** Small messages cost a call each: what several of them at a call are worth. */
const systemCalls: Explains = (rows) => {
  const small = sorted(rows, sizeOf).filter((row, _, [first]) => first !== undefined && sizeOf(row) === sizeOf(first))
  const fewer = small.filter(({ syscalls = 2 }) => syscalls < 0.5)
  return fewer.flatMap((row) => {
    const plain = small.find(
      ({ cell, syscalls = 0 }) =>
        cell.mechanism === row.cell.mechanism &&
        cell.runtime === row.cell.runtime &&
        variantWords(cell).length === 0 &&
        syscalls >= 1,
    )
    if (plain === undefined) return []
    const times = row.value / plain.value
    return [
      `${name(row)} makes ${significant(row.syscalls ?? 0)} system calls for a message where ${name(plain)} makes ${significant(plain.syscalls ?? 0)}, and carries ${multiple(times)} as many of ${bytes(sizeOf(row))}.`,
    ]
  })
}

const pairs = (rows: Rows, one: (row: CellSummary) => boolean, other: (row: CellSummary) => boolean) =>
  byRow(rows).flatMap((own) => {
    const [a, b] = [own.find(one), own.find(other)]
    return a === undefined || b === undefined ? [] : [{ a, b, times: b.value / a.value }]
  })

const isAt = (placement: string, cores: string) => (row: CellSummary) =>
  row.cell.placement === placement && row.cell.cores === cores

function extremes<T extends { readonly times: number; readonly a: CellSummary }>(
  all: readonly T[],
): readonly [T, T] | undefined {
  const up = [...all].sort((x, y) => x.times - y.times)
  const [least, most] = [up[0], up.at(-1)]
  return least === undefined || most === undefined ? undefined : [least, most]
}

const switched = ({ a, b }: { readonly a: CellSummary; readonly b: CellSummary }): string =>
  ` Of ${name(a)} a message costs ${significant(a.switches)} context switches there, and ${significant(b.switches)} here.`

/** A core for each against one for both. */
const placement: Explains = (rows) => {
  const found = extremes(pairs(rows, isAt('same-core', 'awake'), isAt('cross-core', 'awake')))
  if (found === undefined) return []
  const [least, most] = found
  return [
    `Two cores instead of one, both awake, multiply the round trip by ${multiple(least.times)} (${name(least.a)}) to ${multiple(most.times)} (${name(most.a)}).${switched(most)}`,
  ]
}

/** Cores that fall asleep. */
const idle: Explains = (rows) => {
  const found = extremes(pairs(rows, isAt('cross-core', 'awake'), isAt('cross-core', 'idle')))
  if (found === undefined) return []
  const [least, most] = found
  const wait = most.b.value - most.a.value
  return [
    `Cores that may fall asleep multiply it by ${multiple(least.times)} (${name(least.a)}) to ${multiple(most.times)} (${name(most.a)}): ${micro(wait)} of the round trip of ${name(most.b)} are the waking of halted cores.`,
  ]
}

/** How much more, or less, is carried by more processes. */
const peers: Explains = (rows) =>
  bySize(rows).flatMap(({ own, at }) => {
    const [fewest, ...more] = sorted(own, ({ cell }) => cell.peers ?? 1)
    const last = more.at(-1)
    if (fewest === undefined || last === undefined) return []
    const times = last.value / fewest.value
    const fair = last.fairness === undefined ? '' : `; the slowest of them has ${percent(last.fairness)} of the fastest`
    return [
      `${name(last)}${at}: ${last.cell.peers} peers together carry ${multiple(times)} what ${fewest.cell.peers} ${fewest.cell.peers === 1 ? 'does' : 'do'}${fair}.`,
    ]
  })

/** Rates that were too high. */
const overload: Explains = (rows) =>
  bySize(rows).flatMap(({ own, at }) => {
    const kept = sorted(own, ({ cell }) => -(cell.rate ?? 0)).find(({ pace }) => pace?.sustained)
    const most = kept?.cell.rate ?? 0
    const lost = sorted(own, ({ cell }) => cell.rate ?? 0).find(
      ({ cell, pace }) => pace?.sustained === false && (cell.rate ?? 0) > most,
    )
    if (kept === undefined || lost === undefined) return []
    return [
      `${name(kept)} sustains ${significant(most)} messages/s${at}, and not ${significant(lost.cell.rate ?? 0)}: its latency is ${micro(kept.value)} at the one and ${micro(lost.value)} at the other.`,
    ]
  })

export const explained = { fixedPart, best, saturation, systemCalls, placement, idle, peers, overload } as const
