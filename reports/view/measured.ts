/**
 * What the launches of a run come to, gone through once for every report: a row for each cell that has a figure, how many
 * ended how at each target, and those that gave no figure, counted by what became of them and why.
 */

import { cellName } from '../../harness/measure/schedule.ts'
import { type CellSummary, summing } from '../../harness/measure/summary.ts'
import type { Cell, Launches, LaunchRecord, Os, TargetId } from '../../harness/model.ts'

/** Launches without a figure that came out the same, for the same reason. */
export interface Lost {
  readonly target: TargetId
  readonly verdict: LaunchRecord['verdict']
  readonly message?: string
  /** Of which cells, and how many of each. */
  readonly cells: readonly { readonly cell: Cell; readonly launches: number }[]
}

export interface Measured {
  readonly rows: readonly CellSummary[]
  readonly lost: readonly Lost[]
  /** Where launches were, and how many of them came out how. */
  readonly targets: ReadonlyMap<TargetId, { readonly os: Os; readonly verdicts: Verdicts }>
  /** Of all targets. */
  readonly verdicts: Verdicts
  /** How long all launches of a cell took together, by `placeOfCell`. */
  readonly ms: ReadonlyMap<string, number>
}
export type Verdicts = ReadonlyMap<LaunchRecord['verdict'], number>

export const placeOfCell = ({ target, cell }: Pick<LaunchRecord, 'target' | 'cell'>): string =>
  `${target} ${cellName(cell)}`

const known = new WeakMap<Launches, Measured>()

export function measuredOf({ launches }: { readonly launches: Launches }): Measured {
  const found = known.get(launches)
  if (found !== undefined) return found
  const measuring = newMeasuring()
  for (const launch of launches) measuring.add(launch)
  return remembered(launches, measuring)
}

/** The launches themselves, for who needs each: what they come to is known as soon as all have been gone through. */
export function* whileMeasuring({ launches }: { readonly launches: Launches }): Generator<LaunchRecord> {
  if (known.has(launches)) return yield* launches
  const measuring = newMeasuring()
  for (const launch of launches) {
    measuring.add(launch)
    yield launch
  }
  remembered(launches, measuring)
}

function remembered(launches: Launches, measuring: Measuring): Measured {
  const found = measuring.end()
  known.set(launches, found)
  return found
}

export const launchesOf = ({ cells }: Lost): number => cells.reduce((sum, { launches }) => sum + launches, 0)

export const countIn = (verdicts: Verdicts): number => [...verdicts.values()].reduce((sum, count) => sum + count, 0)

/** What has gone wrong: neither a figure, nor something that this machine or this mechanism cannot do. */
export const isMishap = ({ verdict }: Pick<LaunchRecord, 'verdict'>): boolean =>
  verdict !== 'ok' && verdict !== 'unsupported'

export const mishapsIn = (verdicts: Verdicts): number =>
  [...verdicts].reduce((sum, [verdict, count]) => sum + (isMishap({ verdict }) ? count : 0), 0)

interface Measuring {
  add(launch: LaunchRecord): void
  end(): Measured
}

function newMeasuring(): Measuring {
  const sums = summing()
  const verdicts = new Map<LaunchRecord['verdict'], number>()
  const targets = new Map<TargetId, { os: Os; verdicts: Map<LaunchRecord['verdict'], number> }>()
  const lost: Losing = new Map()
  const ms = new Map<string, number>()
  return {
    add(launch) {
      const { target, os, verdict } = launch
      const place = targets.get(target) ?? { os, verdicts: new Map() }
      targets.set(target, place)
      for (const counts of [verdicts, place.verdicts]) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
      const name = placeOfCell(launch)
      ms.set(name, (ms.get(name) ?? 0) + launch.ms)
      if (!sums.add(launch)) lose(lost, verdict === 'ok' ? { ...launch, message: tooFew } : launch)
    },
    end: () => ({
      rows: sums.rows(),
      lost: [...lost.values()].map(({ cells, ...one }) => ({ ...one, cells: [...cells.values()] })),
      targets,
      verdicts,
      ms,
    }),
  }
}

const tooFew = 'Too few were timed for a median that ten lie above.'

type Losing = Map<string, Omit<Lost, 'cells'> & { cells: Map<string, { cell: Cell; launches: number }> }>

function lose(lost: Losing, { cell, target, verdict, message }: LaunchRecord): void {
  const key = `${target} ${verdict} ${message}`
  const said = message === undefined ? {} : { message }
  const reason = lost.get(key) ?? { target, verdict, ...said, cells: new Map() }
  lost.set(key, reason)
  const name = JSON.stringify(cell)
  const own = reason.cells.get(name) ?? { cell, launches: 0 }
  reason.cells.set(name, own)
  own.launches++
}
