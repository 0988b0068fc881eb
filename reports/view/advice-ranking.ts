/**
 * Rows ranked by a question, and what the ranking says in sentences. Who is within the noise of the best is as good as it;
 * who spins, who moves several messages at a call, and who makes a ring of shared memory, is told apart from what the system
 * carries message by message.
 */

import { extent, min } from 'd3-array'
import type { CellSummary } from '../../harness/measure/summary.ts'
import { cpuOf, type Estimate, type Question, questions, rowsFor, type Scale } from './advice-questions.ts'
import { rowName, whereOf } from './figures.ts'
import { bytes, multiple, percent, significant } from './numbers.ts'
import { shownName } from './scenes.ts'
import { compareText, groupBy, type Place, rowsAt } from './tally.ts'
import { countOf } from './words.ts'

/** How a row stands among others: so many `times` worse than the best, and `equal` where it cannot be told from it. */
export interface Ranked {
  readonly row: CellSummary
  readonly name: string
  readonly estimate: Estimate
  readonly times: number
  readonly equal: boolean
}

/**
 * How a row gets its figure: the system carries each message; or a ring in shared memory does, whose sides sleep when they
 * have to wait; or the sides try again and again, which takes a core as long as they wait; or several are moved at a call,
 * or read where they lie.
 */
export const manners = ['plain', 'ring', 'trying', 'special'] as const
export type Manner = (typeof manners)[number]

export interface Ranking {
  readonly manner: Manner
  readonly scale: Scale
  /** The best first; never empty. */
  readonly ranked: readonly Ranked[]
}

export interface Statement {
  readonly id: string
  readonly asks: string
  /** Sentences; names stand between backticks. */
  readonly says: readonly string[]
  /** Under which conditions it was measured, where it was measured. */
  readonly under?: string
  readonly question?: Question
  /** The section of a report that has the cases behind it, where it rests on cases. */
  readonly claims?: 'traits' | 'conformance'
  readonly rankings: readonly Ranking[]
}

const trying: ReadonlySet<string | undefined> = new Set(['spin', 'yield', 'adaptive'])

export function mannerOf({ cell }: CellSummary): Manner {
  if (trying.has(cell.wait)) return 'trying'
  if (cell.method !== undefined || cell.transfer === 'loan') return 'special'
  return cell.wake === undefined ? 'plain' : 'ring'
}

/**
 * What is measured somewhere that is no imitation, and is not the same again with other buffers or pages. A gate compares
 * two builds, and not mechanisms.
 */
export function comparedAt(place: Place): CellSummary[] {
  if (place.info === undefined || place.info.emulator !== undefined) return []
  return rowsAt(place).filter(
    ({ cell, arm }) =>
      arm === undefined &&
      cell.workload !== 'baseline' &&
      cell.buffer === undefined &&
      cell.pages === undefined &&
      cell.busyPollUs === undefined,
  )
}

/** What was measured of one alone is not compared. */
export function statementsOf(rows: readonly CellSummary[]): Statement[] {
  return questions.flatMap((question) => {
    const asked = rowsFor(question, rows)
    return asked.length < 2 ? [] : [answered(question, asked)]
  })
}

export function answered(question: Question, rows: readonly CellSummary[], among = ''): Statement {
  const groups = groupBy(rows, mannerOf)
  const rankings = manners.flatMap((manner) => {
    const own = groups.get(manner)
    return own === undefined ? [] : [{ manner, scale: question.scale, ranked: rank(own, question.scale) }]
  })
  const { id, asks } = question
  return {
    id,
    asks,
    says: rankings.map((one) =>
      sentence(one, rankings.length === 1 && one.manner === 'plain' ? '' : manneredAs[one.manner], among),
    ),
    under: conditionOf(rows),
    question,
    rankings,
  }
}

export function rank(rows: readonly CellSummary[], scale: Scale): Ranked[] {
  const estimated = rows.flatMap((row) => {
    const estimate = scale.of(row)
    return estimate === undefined ? [] : [{ row, name: rowName(row.cell), estimate }]
  })
  const sign = scale.better === 'lower' ? 1 : -1
  estimated.sort((a, b) => sign * (a.estimate.value - b.estimate.value) || compareText(a.name, b.name))
  const [best] = estimated
  if (best === undefined) return []
  return estimated.map((one) => ({
    ...one,
    times: (one.estimate.value / best.estimate.value) ** sign,
    equal: one.estimate.low <= best.estimate.high && best.estimate.low <= one.estimate.high,
  }))
}

// ------------------------------------------------------------------------------------------------------------ sentences

const manneredAs: Readonly<Record<Manner, string>> = {
  plain: 'Carried by the system message by message, ',
  ring: 'Over a ring in shared memory whose sides sleep, ',
  trying: 'Trying again and again instead of sleeping, ',
  special: 'Several at a call, or read where they lie, ',
}

/** As sentences have it: what stands between backticks is a name. */
export const quotedName = (name: string): string => `\`${shownName(name)}\``

/** So many are named; of more it is said how many. */
const fewNames = 3

export function named(names: readonly string[], most = fewNames): string {
  const shown = names.slice(0, names.length === most + 1 ? names.length : most).map(quotedName)
  const left = names.length - shown.length
  const parts = left === 0 ? shown : [...shown, `${left} more`]
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Who is best, who is as good, who comes next, and what it costs where it costs a core. */
function sentence({ manner, scale, ranked }: Ranking, as: string, among: string): string {
  const [best, ...others] = ranked as readonly [Ranked, ...Ranked[]]
  const equals = others.filter(({ equal }) => equal)
  const next = others.find(({ equal }) => !equal)
  const prefix = `${as}${among === '' ? '' : `${as === '' ? 'Of' : 'of'} ${among}, `}`
  const alone = `${prefix}${quotedName(best.name)} alone was measured: ${told(best, scale)}.`
  const follows =
    next &&
    `${multiple(next.times).slice(0, -1)} times ${scale.as} the next, ${quotedName(next.name)} (${scale.words(next.estimate.value)})`
  const first = `${prefix}${quotedName(best.name)} ${scale.wins}, ${told(best, scale)}${equals.length === 0 && follows ? `, ${follows}` : ''}.`
  return [
    others.length === 0 ? alone : first,
    equals.length > 0 &&
      `${named(equals.map(({ name }) => name))} ${equals.length === 1 ? 'is' : 'are'} as good, ${scale.of(best.row)?.interval ? 'as the intervals overlap' : 'within a tenth of it'}.`,
    equals.length > 0 && next && `${quotedName(best.name)} is ${follows}.`,
    manner === 'trying' &&
      `It takes ${significant(cpuOf(best.row))} ns of processor time for a message, and the whole core as long as it waits.`,
    (best.row.loss ?? 0) > 0 && `It lost ${percent(best.row.loss ?? 0)} of what was sent.`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' ')
}

/** With its interval, where that can be told from it. */
function told({ estimate }: Ranked, scale: Scale): string {
  const [low, high] = [scale.figure(estimate.low), scale.figure(estimate.high)]
  return estimate.interval && low !== high
    ? `${scale.words(estimate.value)} (${low}–${high})`
    : scale.words(estimate.value)
}

/** `64 B, cross-core, cores awake; 3 launches of each` */
export function conditionOf(rows: readonly CellSummary[]): string {
  const [first] = rows
  if (first === undefined) return ''
  const { cell } = first
  const [fewest = 0, most = 0] = extent(rows, ({ launches }) => launches)
  const counted = fewest === most ? countOf(most, 'launch', 'es') : `${fewest} to ${countOf(most, 'launch', 'es')}`
  const surely = min(rows, ({ confidence }) => confidence) ?? 0
  const interval = surely > 0 ? `; the interval holds the median with ${percent(surely)}` : ''
  return `${cell.size === 0 ? '' : `${bytes(cell.size)}, `}${whereOf(cell)}; ${counted} of each${interval}`
}
