/**
 * A policy: what a project wants its gate to hold, as `ipcmark.config.json` says it. Whatever is not known is refused with the
 * nearest that is: a limit with a typing error would be no limit.
 */

import { suggestion } from '../nearest.ts'

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
}

export class PolicyError extends Error {
  override readonly name = 'PolicyError'
}

/** Reads one value at a place, or throws what is wrong there. */
type Read<T> = (value: unknown, at: string) => T

const wrong = (at: string, wanted: string, value: unknown): PolicyError =>
  new PolicyError(`${at} has to be ${wanted}, and ${JSON.stringify(value)} is none`)

const text: Read<string> = (value, at) => {
  if (typeof value === 'string' && value !== '') return value
  throw wrong(at, 'a text', value)
}
const positive: Read<number> = (value, at) => {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value
  throw wrong(at, 'a number above nothing', value)
}
const whole: Read<number> = (value, at) => {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number
  throw wrong(at, 'a whole number above nothing', value)
}
/** `"5%"`, or 0.05. */
const share: Read<number> = (value, at) => {
  const [, digits] = /^(\d+(?:\.\d+)?) ?%$/.exec(String(value)) ?? []
  if (digits !== undefined && Number(digits) > 0) return Number(digits) / 100
  if (typeof value === 'number' && value > 0 && value <= 1) return value
  throw wrong(at, 'a share such as "5%" or 0.05', value)
}
const listOf =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (value, at) => {
    if (Array.isArray(value)) return value.map((one, i) => read(one, `${at}[${i}]`))
    throw wrong(at, 'a list', value)
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
      const reader = (readers as Readonly<Record<string, Read<unknown>>>)[key]
      if (reader === undefined) {
        throw new PolicyError(`${at} knows no '${key}'${suggestion(key, known) || `; it knows ${known.join(', ')}.`}`)
      }
      read[key] = reader(inner, `${at}.${key}`)
    }
    for (const key of needed) if (!(key in read)) throw new PolicyError(`${at} needs '${key}'`)
    return read as T
  }
}

const cellReaders: Readers<CellPolicy> = {
  select: listOf(text),
  minEffect: share,
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
  minEffect: share,
  maxMde: share,
  alpha: share,
  blocks: whole,
  cells: listOf(objectOf(cellReaders, ['select'])),
  ratios: listOf(objectOf(ratioReaders, ['cell', 'against', 'atMost'])),
  cases: oneOf('core', 'all', 'none'),
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
  /** What it costs: nanoseconds for a latency, seconds for a message of a rate. */
  readonly cost: number
  readonly syscalls?: number
  readonly switches: number
}

export interface Excess {
  readonly what: string
  readonly verdict: string
  readonly message: string
}

/** Counters are nearly the same each time: more than this beyond a limit is no accident. */
const counterSlack = 0.02
const counterLeast = 0.01

const beyond = (value: number, limit: number): boolean =>
  value > limit * (1 + counterSlack) && value > limit + counterLeast

/** Limits that B exceeds. One that speaks of a cell which was not measured is exceeded too: it holds nothing. */
export function exceeded(
  policy: Policy,
  measured: readonly Measured[],
  fits: (limit: CellPolicy, cell: string) => boolean,
): Excess[] {
  const costs = new Map(measured.map((one) => [one.cell, one.cost]))
  const ofRatios = policy.ratios.flatMap(({ cell: name, against, atMost }): Excess[] => {
    const [one, other] = [costs.get(name), costs.get(against)]
    if (one === undefined || other === undefined) {
      const missing = one === undefined ? name : against
      return [
        {
          what: name,
          verdict: 'not measured',
          message: `the policy holds it against ${against}, and ${missing} was not measured`,
        },
      ]
    }
    const times = one / other
    return times <= atMost
      ? []
      : [{ what: name, verdict: `${times.toFixed(2)} times ${against}`, message: `the policy allows ${atMost} times` }]
  })
  const ofCounters = policy.cells.flatMap((limit) =>
    measured
      .filter((one) => fits(limit, one.cell))
      .flatMap((one) => [
        ...excessOf(one.cell, 'system calls', one.syscalls, limit.syscallsPerMessage),
        ...excessOf(one.cell, 'context switches', one.switches, limit.switchesPerMessage),
      ]),
  )
  return [...ofRatios, ...ofCounters]
}

function excessOf(cellId: string, what: string, value: number | undefined, limit: number | undefined): Excess[] {
  if (limit === undefined) return []
  if (value === undefined) {
    return [{ what: cellId, verdict: 'not counted', message: `the policy limits its ${what}, and nobody counts them` }]
  }
  if (!beyond(value, limit)) return []
  return [{ what: cellId, verdict: `${value.toFixed(2)} ${what} for a message`, message: `the policy allows ${limit}` }]
}
