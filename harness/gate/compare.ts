/**
 * What is different between two records: the figures of cells that both have, and the verdicts of cases. It informs and
 * decides nothing: launches of one run lie closer to each other than runs of different hours do, so that an interval from
 * two records is too narrow by what the machine drifted in between. `gate` measures both at once.
 */

import { median } from '../measure/statistics.ts'
import type { ArmName, CaseRecord, Cell, Run, RunId, TargetId, Verdict } from '../model.ts'
import { isWell } from './claims.ts'
import { asCost, type Figure, type Figures, figuresOf, placedName } from './costs.ts'
import { type EnvironmentChange, environmentChanges } from './environments.ts'
import { shiftOf } from './mann-whitney.ts'

/** What became of a cell. `cannot-tell`: the interval holds both a change that counts and none. */
export type CellNews = 'slower' | 'faster' | 'same' | 'cannot-tell'

export interface CellChange {
  readonly cell: Cell
  readonly target: TargetId
  readonly figure: Figure
  /** Medians of launches, and how many there were. */
  readonly before: number
  readonly after: number
  readonly launches: readonly [before: number, after: number]
  /** How many times as much it costs afterwards, whichever way the figure is better; and between what and what. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly confidence: number
  readonly news: CellNews
}

export type CaseNews = 'broke' | 'mended' | 'newly-unsupported' | 'newly-supported' | 'changed'

export interface CaseChange {
  readonly id: string
  /** Where it was played: `native`, or `native with wine`. */
  readonly place: string
  /** Absent where it was not there. */
  readonly before?: Verdict
  readonly after: Verdict
  readonly news: CaseNews
  readonly message?: string
}

export interface Comparison {
  readonly before: RunId
  readonly after: RunId
  /** What makes a record say less than it seems to: it was cut short, or slowed down on purpose. */
  readonly notes: readonly string[]
  readonly environment: readonly EnvironmentChange[]
  readonly cells: readonly CellChange[]
  readonly cases: readonly CaseChange[]
  /** How many cells and cases both have. */
  readonly common: { readonly cells: number; readonly cases: number }
  /** Names of what only one of them has. */
  readonly onlyBefore: readonly string[]
  readonly onlyAfter: readonly string[]
}

/** A change smaller than this share is none. */
export const leastChange = 0.05
const wantedConfidence = 0.95

export function compareRuns(before: Run, after: Run): Comparison {
  const cells = [figuresOf(before.launches, isOfB), figuresOf(after.launches, isOfB)] as const
  const cases = [casesOf(before.cases), casesOf(after.cases)] as const
  const shared = [...cells[0]].filter(([name]) => cells[1].has(name))
  const played = [...cases[0]].filter(([name]) => cases[1].has(name))
  const missingIn = (here: ReadonlyMap<string, unknown>, there: ReadonlyMap<string, unknown>) =>
    [...here.keys()].filter((name) => !there.has(name))
  return {
    before: before.header.run,
    after: after.header.run,
    notes: [...notesOf(before), ...notesOf(after)],
    environment: environmentChanges(before.header, after.header),
    cells: shared.map(([name, costs]) => cellChange(costs, cells[1].get(name) as Figures)),
    cases: [...cases[1]].flatMap(([name, record]) => caseChange(cases[0].get(name), record)),
    common: { cells: shared.length, cases: played.length },
    onlyBefore: [...missingIn(cells[0], cells[1]), ...missingIn(cases[0], cases[1])],
    onlyAfter: [...missingIn(cells[1], cells[0]), ...missingIn(cases[1], cases[0])],
  }
}

function notesOf({ header: { run }, partial, end, gate }: Run): string[] {
  return [
    ...(partial === undefined ? [] : [`${run}: ${partial}`]),
    ...(partial === undefined && end?.interrupted ? [`${run} was interrupted`] : []),
    ...(gate?.injected ?? []).map(({ cell, ns }) => `${run}: each message of ${cell} was held up by ${ns} ns in B`),
  ]
}

// ------------------------------------------------------------------------------------------------------------- figures

/** A gate's record says of its B what a run of B would say. */
const isOfB = (arm: ArmName | undefined): boolean => arm === undefined || arm === 'b'

const logCosts = ({ figure, values }: Figures): number[] => values.map((value) => Math.log(asCost(figure, value)))

function cellChange(before: Figures, after: Figures): CellChange {
  const { middle, low, high, confidence } = shiftOf(logCosts(before), logCosts(after), wantedConfidence)
  const [ratio, least, most] = [Math.exp(middle), Math.exp(low), Math.exp(high)]
  return {
    cell: before.cell,
    target: before.target,
    figure: before.figure,
    before: median(before.values),
    after: median(after.values),
    launches: [before.values.length, after.values.length],
    ratio,
    low: least,
    high: most,
    confidence,
    news: newsOf(least, most, confidence),
  }
}

function newsOf(low: number, high: number, confidence: number): CellNews {
  if (confidence < wantedConfidence) return 'cannot-tell'
  if (low > 1 + leastChange) return 'slower'
  if (high < 1 / (1 + leastChange)) return 'faster'
  return low >= 1 / (1 + leastChange) && high <= 1 + leastChange ? 'same' : 'cannot-tell'
}

// --------------------------------------------------------------------------------------------------------------- cases

const placeOf = ({ target, with: elsewhere }: CaseRecord): string =>
  elsewhere === undefined ? target : `${target} with ${elsewhere.target}`

/** The last one of each, where a case was played again and again. */
const casesOf = (cases: readonly CaseRecord[]): Map<string, CaseRecord> =>
  new Map(cases.filter(({ arm }) => isOfB(arm)).map((record) => [placedName(record.id, placeOf(record)), record]))

function caseChange(before: CaseRecord | undefined, after: CaseRecord): CaseChange[] {
  if (
    before === undefined ? isWell(after.verdict) || after.verdict === 'unsupported' : before.verdict === after.verdict
  )
    return []
  const { id, message } = after
  const was = before === undefined ? {} : { before: before.verdict }
  const news = before === undefined ? 'broke' : caseNews(before.verdict, after.verdict)
  return [
    { id, place: placeOf(after), ...was, after: after.verdict, news, ...(message === undefined ? {} : { message }) },
  ]
}

function caseNews(before: Verdict, after: Verdict): CaseNews {
  if (after === 'unsupported') return 'newly-unsupported'
  if (before === 'unsupported') return isWell(after) ? 'newly-supported' : 'broke'
  if (isWell(before) && isWell(after)) return 'changed'
  if (isWell(after)) return 'mended'
  return isWell(before) ? 'broke' : 'changed'
}
