/** What a comparison says, in the order in which it matters, and in words that every format shares. */

import type { CaseChange, CaseNews, CellChange, CellNews, Comparison } from '../../harness/gate/compare.ts'
import { placedName } from '../../harness/gate/costs.ts'
import { cellName } from '../../harness/measure/schedule.ts'
import { significant } from '../view/numbers.ts'
import { unitOf } from '../view/quantity.ts'

export const cellNews: Readonly<Record<CellNews, { readonly title: string; readonly sign: string }>> = {
  slower: { title: 'slower', sign: '▲' },
  faster: { title: 'faster', sign: '▼' },
  'cannot-tell': { title: 'cannot tell', sign: '?' },
  same: { title: 'the same', sign: '=' },
}

export const caseNews: Readonly<Record<CaseNews, string>> = {
  broke: 'broke',
  'newly-unsupported': 'newly unsupported',
  changed: 'changed',
  mended: 'mended',
  'newly-supported': 'newly supported',
}

export interface Group<K, T> {
  readonly news: K
  readonly all: readonly T[]
}

const grouped = <K extends string, T extends { readonly news: K }>(
  order: Readonly<Record<K, unknown>>,
  changes: readonly T[],
): Group<K, T>[] =>
  (Object.keys(order) as K[])
    .map((news) => ({ news, all: changes.filter((change) => change.news === news) }))
    .filter(({ all }) => all.length > 0)

/** The gravest first; within one kind of news the largest change first. */
export const groupedCells = ({ cells }: Comparison): Group<CellNews, CellChange>[] =>
  grouped(
    cellNews,
    [...cells].sort((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio))),
  )

export const groupedCases = ({ cases }: Comparison): Group<CaseNews, CaseChange>[] => grouped(caseNews, cases)

/** `pass → fail`, in two. */
export const beforeWords = ({ before }: CaseChange): string => before ?? 'not there'

export const nameOf = ({ cell, target }: CellChange): string => placedName(cellName(cell), target)

/** `4.02 → 4.91 µs` */
export function figuresOf({ cell, figure, before, after }: CellChange): string {
  const unit = unitOf(figure, cell.workload, 0)
  const say = (value: number) => significant(unit.in({ value }))
  return `${say(before)} → ${say(after)} ${unit.name}`
}

/** `1.22 (1.18 to 1.25)`, and how surely, where there are too few launches for 95 %. */
export function ratioWords({ ratio, low, high, confidence }: CellChange): string {
  const surely = confidence < 0.95 ? `, ${(100 * confidence).toFixed(0)} %` : ''
  return `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}${surely})`
}

/** What makes the figures of two records less comparable than those of one. */
export const caution =
  'Two records lie further apart than the launches within each: the same code differed by 3 to 16 % between two halves of an hour. `ipcmark gate` measures both at once, and decides.'

export const nothingShared = 'The two records have neither a cell nor a case in common.'
