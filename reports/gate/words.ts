/** What a gate says, in sentences: the same on a terminal and in Markdown. */

import type { Breakage, BreakageOrigin, CellDecision, GateRecord, GateVerdict } from '../../harness/model.ts'
import { significant } from '../view/numbers.ts'

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.095 ? 1 : 0)} %`

/** From here on nobody thinks in percent. */
const manifold = 10

/** `20 % slower (at least 17 %)`; of a cell that did not change, how far it is from A. */
export function changeWords({ ratio, atLeast }: Pick<CellDecision, 'ratio' | 'atLeast'>): string {
  if (ratio >= manifold) {
    return `${significant(ratio)} times as slow${atLeast === undefined ? '' : ` (at least ${significant(atLeast)} times)`}`
  }
  const change = ratio >= 1 ? `${percent(ratio - 1)} slower` : `${percent(1 - ratio)} faster`
  return atLeast === undefined || ratio < 1 || atLeast <= 1 ? change : `${change} (at least ${percent(atLeast - 1)})`
}

export const sureWords = ({ p }: Pick<CellDecision, 'p'>): string =>
  p === undefined ? '' : `p ${p < 0.001 ? '' : '= '}${probability(p)}, for all cells that were tested together`

export const probability = (p: number): string => (p < 0.001 ? '< 0.001' : p <= 1 ? p.toFixed(3) : significant(p))

export const seenWords = ({ mde }: Pick<CellDecision, 'mde'>): string =>
  mde === undefined ? 'it is not known what it could have seen' : `could have seen ≥ ${percent(mde)}`

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** What a breakage is held against: of many in the headline, and of one in its own line, with how often it was seen. */
export const originWords: Readonly<Record<BreakageOrigin, { readonly all: string; readonly line: string }>> = {
  a: { all: 'that A gets right', line: ', and not in A; confirmed once' },
  repeated: { all: 'that A gets right', line: ' again and again, and not once in A' },
  expectations: { all: 'that nothing excuses', line: ', and no expectation excuses it; confirmed once' },
  'stored-claim': { all: 'that stored runs get right', line: ', and in no stored run; confirmed once' },
  'stored-cell': { all: 'that stored runs get right', line: ', and stored runs could measure it' },
}

export const originOf = ({ origin = 'a' }: Pick<Breakage, 'origin'>): BreakageOrigin => origin

function brokenWords(broken: readonly Breakage[]): string[] {
  const against = broken.map((one) => originWords[originOf(one)].all)
  return [...new Set(against)].map(
    (words) => `${count(against.filter((one) => one === words).length, 'thing')} broke ${words}`,
  )
}

/** One sentence for the whole gate. */
export function headlineOf({ verdict, cells, broken, exceeded, unmeasured }: GateRecord): string {
  const slower = cells.filter((cell) => cell.verdict === 'fail').length
  const says: Record<GateVerdict, () => string> = {
    pass: () => `nothing got slower, of ${count(cells.length, 'cell')}`,
    fail: () =>
      [
        ...(slower > 0 ? [`${count(slower, 'cell')} of ${cells.length} got slower`] : []),
        ...brokenWords(broken),
        ...(exceeded.length > 0 ? [`${count(exceeded.length, 'limit')} exceeded`] : []),
      ].join(', '),
    inconclusive: () =>
      `this run cannot tell whether ${cells.length === 1 ? 'its cell' : `any of ${cells.length} cells`} got slower`,
  }
  const left = unmeasured.length === 0 ? '' : `; ${count(unmeasured.length, 'cell')} could not be measured`
  return `${says[verdict]()}${left}`
}

/** What was done to B, so that nobody takes it for news. */
export const injectedWords = ({ injected = [] }: Pick<GateRecord, 'injected'>): string[] =>
  injected.map(
    ({ cell, ns, alone, held }) =>
      `${cell}: each message ${significant(ns)} ns longer${alone === undefined || held === undefined ? '' : `, so that one takes ${significant(held)} ns and not ${significant(alone)} ns`}`,
  )

/** What else there is to know: claims that were compared, whose runs were taken, what a cell's own history justifies. */
export const notesOf = ({ claims, notes = [], cells }: Pick<GateRecord, 'claims' | 'notes' | 'cells'>): string[] => [
  ...(claims === undefined || claims === 0 ? [] : [`${count(claims, 'claim')} had to hold in B`]),
  ...notes,
  ...cells.flatMap(({ cell, history, threshold }) =>
    history === undefined
      ? []
      : [
          `${cell}: ${history.runs} stored runs scatter by ${percent(history.scatter)}, so that it is red from ${percent(threshold - 1)}`,
        ],
  ),
]

/** Whatever is red, each in the three lines that say what, how much and how surely. */
export function redLines({ cells, broken, exceeded }: GateRecord): string[][] {
  return [
    ...broken.map((one) => [one.what, `${one.verdict} in B${originWords[originOf(one)].line}`, one.message ?? '']),
    ...cells.filter(({ verdict }) => verdict === 'fail').map((cell) => [cell.cell, changeWords(cell), sureWords(cell)]),
    ...exceeded.map(({ what, verdict, message }) => [what, verdict, message ?? '']),
  ].map((lines) => lines.filter((line) => line !== ''))
}
