/**
 * A policy: what a project wants its gate to hold, as `ipcmark.config.json` says it. Whatever is not known is refused with the
 * nearest that is: a limit with a typing error would be no limit.
 */

import { shorten } from '../../reports/view/visible.ts'
import type { Breakage } from '../model.ts'
import { suggestion } from '../nearest.ts'
import { isBeyond } from './counters.ts'
import { shiftOf } from './mann-whitney.ts'

export interface CellPolicy {
  /** Selectors, as on the command line, all of which a cell has to fit. */
  readonly select: readonly string[]
  readonly minEffect?: number
  /** System calls, and context switches, of both sides for a message. */
  readonly syscallsPerMessage?: number
  readonly switchesPerMessage?: number
}

export interface RatioPolicy {
  /** Names of cells, as reports print them. */
  readonly cell: string
  readonly against: string
  readonly atMost: number
}

export interface Policy {
  readonly minEffect?: number
  readonly maxMde?: number
  readonly alpha?: number
  readonly blocks?: number
  readonly cells: readonly CellPolicy[]
  readonly ratios: readonly RatioPolicy[]
  /** Which claims have to hold in B that hold in A. */
  readonly cases?: 'core' | 'all' | 'none'
  /** Files of known deviations: what they do not excuse has to hold in B, whatever A does. */
  readonly expectations?: readonly string[]
}

export class PolicyError extends Error {
  override readonly name = 'PolicyError'
}

/** Reads one value at a place, or throws what is wrong there. */
type Read<T> = (value: unknown, at: string) => T

const wrong = (at: string, wanted: string, value: unknown): PolicyError =>
  new PolicyError(`${at} has to be ${wanted}, and ${shorten(shown(value), longestValue)} is none`)

const longestValue = 60
/** As it would be written; a program may hand over what cannot be. */
function shown(value: unknown): string {
  try {
    return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? `a ${typeof value}`)
  } catch {
    return `a ${typeof value}`
  }
}

const text: Read<string> = (value, at) => {
  if (typeof value === 'string' && value !== '') return value
  throw wrong(at, 'a text', value)
}
const positive: Read<number> = (value, at) => {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value
  throw wrong(at, 'a number above nothing', value)
}
/** More would take hours. */
export const mostBlocks = 1000
const whole: Read<number> = (value, at) => {
  if (Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= mostBlocks) return value as number
  throw wrong(at, `a whole number from 1 to ${mostBlocks}`, value)
}
/** `"5%"`, or 0.05. */
const shareUpTo =
  (most: number): Read<number> =>
  (value, at) => {
    const [, digits] = (typeof value === 'string' && /^(\d+(?:\.\d+)?) ?%$/.exec(value)) || []
    const share = digits === undefined ? value : Number(digits) / 100
    if (typeof share === 'number' && share > 0 && share <= most) return share
    throw wrong(at, `a share such as "5%" or 0.05, above nothing and up to ${100 * most} %`, value)
  }
const listOf =
  <T>(read: Read<T>, fewest = 0): Read<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) throw wrong(at, 'a list', value)
    if (value.length < fewest) throw new PolicyError(`${at} has to name something, and is empty`)
    return value.map((one, i) => read(one, `${at}[${i}]`))
  }
const oneOf =
  <T extends string>(...words: readonly T[]): Read<T> =>
  (value, at) => {
    const found = words.find((word) => word === value)
    if (found !== undefined) return found
    throw wrong(at, `one of ${words.join(', ')}`, value)
  }

type Readers<T> = { readonly [K in keyof T]-?: Read<NonNullable<T[K]>> }

function objectOf<T extends object>(readers: Readers<T>, needed: readonly (keyof T & string)[]): Read<T> {
  const known = Object.keys(readers)
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(at, 'an object', value)
    const read: Record<string, unknown> = {}
    for (const [key, inner] of Object.entries(value)) {
      const reader = Object.hasOwn(readers, key) ? (readers as Readonly<Record<string, Read<unknown>>>)[key] : undefined
      if (reader === undefined) {
        throw new PolicyError(`${at} knows no '${key}'${suggestion(key, known) || `; it knows ${known.join(', ')}.`}`)
      }
      read[key] = reader(inner, `${at}.${key}`)
    }
    for (const key of needed) if (!(key in read)) throw new PolicyError(`${at} needs '${key}'`)
    return read as T
  }
}

/** What a share may be at most, in a file and on the command line: a level of one half is no test any more. */
export const mostShares = { minEffect: 10, maxMde: 100, alpha: 0.5 } as const

const cellReaders: Readers<CellPolicy> = {
  select: listOf(text, 1),
  minEffect: shareUpTo(mostShares.minEffect),
  syscallsPerMessage: positive,
  switchesPerMessage: positive,
}
const ratioReaders: Readers<RatioPolicy> = { cell: text, against: text, atMost: positive }

interface Written extends Partial<Policy> {
  /** Where editors find the schema. */
  readonly $schema?: string
}
const policyReaders: Readers<Written> = {
  $schema: text,
  minEffect: shareUpTo(mostShares.minEffect),
  maxMde: shareUpTo(mostShares.maxMde),
  alpha: shareUpTo(mostShares.alpha),
  blocks: whole,
  cells: listOf(objectOf(cellReaders, ['select'])),
  ratios: listOf(objectOf(ratioReaders, ['cell', 'against', 'atMost'])),
  cases: oneOf('core', 'all', 'none'),
  expectations: listOf(text),
}
const written = objectOf(policyReaders, [])

/** The keys that each part may have: what the schema has to say too. */
export const policyKeys = {
  policy: Object.keys(policyReaders),
  cell: Object.keys(cellReaders),
  ratio: Object.keys(ratioReaders),
}

export function policyOf(value: unknown, name: string): Policy {
  const { $schema: _, ...policy } = written(value, name)
  return { cells: [], ratios: [], ...policy }
}

/** What is measured of B, as far as limits speak of it. */
export interface Measured {
  readonly cell: string
  /** What its launches cost: nanoseconds for a latency, seconds for a message of a rate. */
  readonly costs: readonly number[]
  readonly syscalls?: number
  readonly switches: number
}

/** What B has beyond the limits, surely; and of what it cannot be told, why. */
export interface Held {
  readonly exceeded: readonly Breakage[]
  readonly doubts: readonly string[]
}

/** A limit that speaks of a cell which was not measured is exceeded too: it holds nothing. */
export function heldTo(
  policy: Policy,
  measured: readonly Measured[],
  fits: (limit: CellPolicy, cell: string) => boolean,
): Held {
  const costs = new Map(measured.map((one) => [one.cell, one.costs]))
  const ratios = policy.ratios.map((limit) => ratioHeld(limit, costs))
  const ofCounters = policy.cells.flatMap((limit) =>
    measured
      .filter((one) => fits(limit, one.cell))
      .flatMap((one) => [
        ...excessOf(one.cell, 'system calls', one.syscalls, limit.syscallsPerMessage),
        ...excessOf(one.cell, 'context switches', one.switches, limit.switchesPerMessage),
      ]),
  )
  return {
    exceeded: [...ratios.flatMap(({ exceeded }) => exceeded), ...ofCounters],
    doubts: ratios.flatMap(({ doubts }) => doubts),
  }
}

const confidenceWanted = 0.95

/** Above its ceiling with all of its interval: launches scatter, and a ratio near its ceiling would be red now and then. */
function ratioHeld({ cell, against, atMost }: RatioPolicy, costs: ReadonlyMap<string, readonly number[]>): Held {
  const [one = [], other = []] = [costs.get(cell), costs.get(against)]
  if (one.length === 0 || other.length === 0) {
    const message = `the policy holds it against ${against}, and ${one.length === 0 ? cell : against} was not measured`
    return { exceeded: [{ what: cell, verdict: 'not measured', message }], doubts: [] }
  }
  const { middle, low, confidence } = shiftOf(other.map(Math.log), one.map(Math.log), confidenceWanted)
  if (Math.exp(middle) <= atMost) return { exceeded: [], doubts: [] }
  const times = `${Math.exp(middle).toFixed(2)} times ${against}`
  if (Math.exp(low) <= atMost || confidence < confidenceWanted) {
    return {
      exceeded: [],
      doubts: [`${cell} costs about ${times}, and it cannot be told whether that is above ${atMost}`],
    }
  }
  const message = `at least ${Math.exp(low).toFixed(2)} times; the policy allows ${atMost}`
  return { exceeded: [{ what: cell, verdict: times, message }], doubts: [] }
}

function excessOf(cellId: string, what: string, value: number | undefined, limit: number | undefined): Breakage[] {
  if (limit === undefined) return []
  if (value === undefined) {
    return [{ what: cellId, verdict: 'not counted', message: `the policy limits its ${what}, and nobody counts them` }]
  }
  if (!isBeyond(value, limit)) return []
  return [{ what: cellId, verdict: `${value.toFixed(2)} ${what} for a message`, message: `the policy allows ${limit}` }]
}
