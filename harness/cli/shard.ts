/**
 * `--shard 2/3`: the second of three parts of a plan, so that any number of machines share its work, and `ipcmark merge`
 * makes one run of it. The same plan is divided in the same way wherever it is made, whatever the order in which it is
 * played. Cases are dealt out one by one. Cells are dealt out by what is ranked together, so that whatever stands in one
 * column of a table was measured on one machine, and each part takes about as long; what they are held against is
 * measured in each part that needs it.
 */

import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { crc32 } from 'node:zlib'
import { countOf } from '../../reports/view/words.ts'
import { filesBelow } from '../environment/files.ts'
import { withBaselines } from '../measure/held-against.ts'
import { cellName } from '../measure/schedule.ts'
import type { Cell, Shard } from '../model.ts'
import type { Cast } from './conduct.ts'
import { usage } from './failures.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

/** Nothing is drawn in a shard, or those of one run would differ: where no seed is given, it is this one. */
export const seedOfShards = 1

export const shardOption: Options = {
  shard: {
    says: `only this part, such as 2/3, in the order of seed ${seedOfShards}; 'ipcmark merge' puts parts together`,
    value: 'I/N',
  },
}

/** More would only be a slip of the finger. */
const mostShards = 1000

export type Part = Pick<Shard, 'index' | 'of'>

export function askedShard(words: Words): Part | undefined {
  const given = words.text('shard')
  if (given === undefined) return undefined
  const [, index = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(given) ?? []).map(Number)
  if (of < 1 || of > mostShards) {
    throw usage(`--shard is a part and how many there are, 1 to ${mostShards}, as in 2/3, and '${given}' is not that.`)
  }
  if (index < 1 || index > of) throw usage(`there is no shard ${index} of ${of}: they are 1/${of} to ${of}/${of}.`)
  return { index, of }
}

/** Whether there can be such a part. */
export const isPart = ({ index, of }: Part): boolean =>
  Number.isInteger(index) && Number.isInteger(of) && index >= 1 && index <= of && of <= mostShards

/** What is dealt out as a whole, and how much work it is. */
export interface Unit {
  readonly name: string
  readonly work: number
}

/** To which part each unit goes: the largest first, each to the part that has least; what is alike by a hash of its name. */
export function dealt(units: readonly Unit[], of: number): ReadonlyMap<string, number> {
  const hashed = units.map((unit) => ({ ...unit, hash: crc32(unit.name) }))
  hashed.sort((a, b) => b.work - a.work || a.hash - b.hash || (a.name < b.name ? -1 : 1))
  const parts = Array.from({ length: of }, () => 0)
  return new Map(
    hashed.map(({ name, work }) => {
      const lightest = parts.indexOf(Math.min(...parts))
      parts[lightest] = (parts[lightest] ?? 0) + work
      return [name, lightest + 1]
    }),
  )
}

/** What is left of something when it is divided, and the names of all that there was. */
export interface Divided<T> {
  readonly own: readonly T[]
  readonly names: readonly string[]
  /** How many there were to deal out, of what stays together. */
  readonly groups: number
}

/** What a header says of a part: by its names the whole is known again, whatever their order. */
export const shardOf = (part: Part | undefined, names: readonly string[]): Shard | undefined =>
  part && { ...part, plan: digits([...names].sort().join('\n')), machine: machineHere() }

/** The number of its boot, which containers on it share; where there is none, its name. */
const machineHere = (): string => digits(filesBelow('/').read('proc/sys/kernel/random/boot_id') ?? hostname())

const digits = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

export function dividedCases(casts: readonly Cast[], part: Part | undefined): Divided<Cast> {
  const names = casts.flatMap(({ agent, cases }) => cases.map(({ id }) => `${agent.info.id} ${id}`))
  const units = [...new Set(casts.flatMap(({ cases }) => cases.map(({ id }) => id)))]
  const groups = units.length
  if (part === undefined) return { own: casts, names, groups }
  refuseTooMany(part, groups, 'case')
  const shards = dealt(
    units.map((name) => ({ name, work: 1 })),
    part.of,
  )
  const own = casts.map((cast) => ({ ...cast, cases: cast.cases.filter(({ id }) => shards.get(id) === part.index) }))
  return { own, names, groups }
}

/** What each target is asked to measure, and how long a launch takes. */
export function dividedCells<T extends { readonly agent: Cast['agent']; readonly cells: readonly Cell[] }>(
  targets: readonly T[],
  msOf: (cell: Cell) => number,
  part: Part | undefined,
): Divided<T> {
  const names = targets.flatMap(({ agent, cells }) => cells.map((cell) => `${agent.info.id} ${cellName(cell)}`))
  const work = new Map<string, number>()
  for (const cell of targets.flatMap(({ cells }) => cells)) {
    const group = rankedWith(cell)
    work.set(group, (work.get(group) ?? 0) + msOf(cell))
  }
  const groups = work.size
  if (part === undefined) return { own: targets, names, groups }
  const shards = dealt(
    [...work].map(([name, ms]) => ({ name, work: ms })),
    part.of,
  )
  const own = targets.map((target) => {
    const planned = new Set(target.cells.map(cellName))
    const kept = target.cells.filter((cell) => shards.get(rankedWith(cell)) === part.index)
    return { ...target, cells: withBaselines(kept).filter((cell) => planned.has(cellName(cell))) }
  })
  return { own, names, groups }
}

/** Cells with the same words stand in one column of a table. */
const rankedWith = ({ workload, size, placement, cores, shape, peers, rate }: Cell): string =>
  [workload, size, placement, cores, shape, peers, rate].filter((word) => word !== undefined).join(' ')

/** A part in which there is nothing would be no pass, and no failure either. */
export function refuseTooMany({ of }: Part, units: number, what: string, plural?: string): void {
  if (units > 0 && of > units) throw usage(`${of} shards are too many for ${countOf(units, what, plural)}.`)
}
