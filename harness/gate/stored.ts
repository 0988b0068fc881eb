/** Stored runs as series: of each run one cost for each cell, the median of its launches. */

import { cellName } from '../measure/schedule.ts'
import { median } from '../measure/statistics.ts'
import type { CaseRecord, Cell, LaunchRecord, Run, RunHeader, TargetId } from '../model.ts'
import { isWell } from './claims.ts'
import { asCost, type Figure, figuresOf, placedName } from './costs.ts'
import { type Counts, countsOf } from './counters.ts'

export interface StoredCell {
  readonly cell: Cell
  readonly target: TargetId
  readonly figure: Figure
  /** The median of its launches, as the figure is told. */
  readonly value: number
  /** More is worse. */
  readonly cost: number
}

export interface StoredRun {
  readonly header: RunHeader
  /** By the name of the cell, and of the target where it is not native. */
  readonly cells: ReadonlyMap<string, StoredCell>
  /** What was counted in each launch, by the same names. */
  readonly counts: ReadonlyMap<string, readonly Counts[]>
  /** Whether claims held, each time that they were played, by the names of cases. */
  readonly claims: ReadonlyMap<string, boolean>
}

/** A gate's launches are short, and some of them somebody's change: they say nothing of how things were. */
export function storedRun({ header, cases, launches }: Run): StoredRun {
  const found = figuresOf(launches, (arm) => arm === undefined)
  const cells = [...found].map(([name, { values, ...one }]) => {
    const value = median(values)
    return [name, { ...one, value, cost: asCost(one.figure, value) }] as const
  })
  return { header, cells: new Map(cells), counts: countsBy(launches), claims: claimsOf(cases) }
}

function countsBy(launches: Iterable<LaunchRecord>): Map<string, Counts[]> {
  const found = new Map<string, Counts[]>()
  for (const launch of launches) {
    const counts = launch.arm === undefined ? countsOf(launch) : undefined
    const name = placedName(cellName(launch.cell), launch.target)
    if (counts !== undefined) found.set(name, [...(found.get(name) ?? []), counts])
  }
  return found
}

/** A case that has a peer elsewhere too says nothing of one place. */
function claimsOf(cases: readonly CaseRecord[]): Map<string, boolean> {
  const found = new Map<string, boolean>()
  for (const one of cases.filter((each) => each.arm === undefined && each.with === undefined)) {
    const name = placedName(one.id, one.target)
    found.set(name, (found.get(name) ?? true) && isWell(one.verdict))
  }
  return found
}

/** What a run was asked for that its figures depend on: launches of other lengths have other medians, and so have other agents. */
export function budgetOf({ words = [] }: Pick<RunHeader, 'words'>): string {
  const asked = words.flatMap((word, at) => {
    const [name = ''] = word.split('=')
    if (['--quick', '--thorough'].includes(name)) return [word]
    if (!['--budget', '--time-budget', '--rounds', '--agent', '--fault'].includes(name)) return []
    return [word === name ? `${name}=${words[at + 1] ?? ''}` : word]
  })
  return [words[0] ?? '', ...asked.sort()].join(' ').trim()
}

/** In the order in which they were made. */
export const byTime = (runs: readonly StoredRun[]): StoredRun[] =>
  [...runs].sort((a, b) => (a.header.started < b.header.started ? -1 : 1))
