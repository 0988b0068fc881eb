/**
 * What a run's cases add up to, counted once for every report: where they ran, how many claims hold there, what is news,
 * and the matrix of mechanisms and themes.
 */

import type { CellSummary } from '../../harness/measure/summary.ts'
import {
  type CaseRecord,
  type Os,
  type Run,
  type TargetId,
  type TargetInfo,
  type Theme,
  themes,
  type Verdict,
  verdicts,
} from '../../harness/model.ts'
import { measuredOf } from './measured.ts'

/** One target of one run, as reports show it: what stands side by side. */
export interface Place {
  readonly run: Run
  /** Which of several runs it is of: `A`, `B`, … */
  readonly letter?: string
  readonly target: TargetId
  readonly os: Os
  /** `Linux`, or `Windows (Wine 8.0)`, or with its target where that is not plain; `A: Linux` of several runs. */
  readonly title: string
  readonly info?: TargetInfo
}

export interface Tally {
  readonly all: number
  readonly verdicts: Readonly<Record<Verdict, number>>
  /** Claims that were put to the test: those that hold, and those that fail, crash or hang. */
  readonly judged: number
  readonly held: number
  readonly regressions: number
  readonly known: number
  readonly fixed: number
}

export interface MatrixRow {
  readonly mechanism: string
  readonly cases: readonly CaseRecord[]
  readonly byTheme: ReadonlyMap<Theme, readonly CaseRecord[]>
}

export const osNames: Readonly<Record<Os, string>> = { linux: 'Linux', windows: 'Windows' }

/** What tells a run from others beside it: nothing, where there is one. */
export const letterOf = (at: number, runs: readonly Run[]): string | undefined =>
  runs.length === 1 ? undefined : String.fromCodePoint((at < 26 ? 65 : 71) + at)

/** The places of runs, in the order in which the headers name them. */
export const placesOf = (...runs: readonly Run[]): Place[] =>
  runs.flatMap((run, at) => placesIn(run, letterOf(at, runs)))

function placesIn(run: Run, letter: string | undefined): Place[] {
  const own = letter === undefined ? { run } : { run, letter }
  const titled = (title: string) => (letter === undefined ? title : `${letter}: ${title}`)
  const places = new Map<TargetId, Place>()
  for (const info of run.header.targets)
    places.set(info.id, { ...own, target: info.id, os: info.os, title: titled(titleOf(info)), info })
  const launched = [...measuredOf(run).targets].map(([target, { os }]) => ({ target, os }))
  for (const { target, os } of [...run.cases, ...launched]) {
    if (!places.has(target)) places.set(target, { ...own, target, os, title: titled(`${osNames[os]}, ${target}`) })
  }
  return [...places.values()]
}

export const casesAt = ({ run, target }: Place): CaseRecord[] => run.cases.filter((one) => one.target === target)
export const rowsAt = ({ run, target }: Place): CellSummary[] =>
  measuredOf(run).rows.filter((row) => row.target === target)
export const casesOf = (runs: readonly Run[]): CaseRecord[] => runs.flatMap(({ cases }) => cases)

function titleOf(info: TargetInfo): string {
  const plain = info.id === 'native' || info.id === 'wine' ? '' : `, ${info.id}`
  return info.emulator === undefined ? `${osNames[info.os]}${plain}` : `${osNames[info.os]} (${info.emulator})${plain}`
}

export function tallyOf(cases: readonly CaseRecord[]): Tally {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>
  const standings = { expected: 0, regression: 0, known: 0, fixed: 0 }
  for (const { verdict, standing } of cases) {
    counts[verdict]++
    standings[standing]++
  }
  return {
    all: cases.length,
    verdicts: counts,
    held: counts.pass,
    judged: counts.pass + counts.fail + counts.crash + counts.hang,
    regressions: standings.regression,
    known: standings.known,
    fixed: standings.fixed,
  }
}

/** Sorted by mechanism, theme and case: a run plays its cases in a random order. */
export function matrixOf(cases: readonly CaseRecord[]): MatrixRow[] {
  const rows = groupBy(sortedById(cases), (one) => one.mechanism)
  return [...rows]
    .sort(([a], [b]) => compareText(a, b))
    .map(([mechanism, own]) => {
      const found = groupBy(own, (one) => one.theme)
      const byTheme = new Map(
        themes.flatMap((theme) => (found.has(theme) ? [[theme, found.get(theme) ?? []] as const] : [])),
      )
      return { mechanism, cases: own, byTheme }
    })
}

/** The themes that any case of the run has, in the vocabulary's order. */
export const themesOf = (cases: readonly CaseRecord[]): Theme[] => {
  const present = new Set(cases.map((one) => one.theme))
  return themes.filter((theme) => present.has(theme))
}

/** The gravest first: what a cell of the matrix shows of several cases. */
const gravity: readonly Verdict[] = ['crash', 'hang', 'fail', 'broken', 'pass', 'observed', 'unsupported']

/** News before what is excused, then by gravity; what is not here speaks for a cell only when nothing else is in it. */
export function gravest(cases: readonly CaseRecord[]): CaseRecord | undefined {
  const rank = (one: CaseRecord) => (isNews(one) ? 0 : gravity.length) + gravity.indexOf(one.verdict)
  return cases.reduce<CaseRecord | undefined>(
    (worst, one) => (worst === undefined || rank(one) < rank(worst) ? one : worst),
    undefined,
  )
}

/** What a reader must act on: a regression, or an excuse that has gone stale. */
export const isNews = (one: CaseRecord): boolean => one.standing === 'regression' || one.standing === 'fixed'

export const sortedById = (cases: readonly CaseRecord[]): CaseRecord[] =>
  [...cases].sort((a, b) => compareText(a.id, b.id))

/** By code unit: the same order on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
