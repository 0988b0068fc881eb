/**
 * The traits of mechanisms as a run has seen them: beside what each promises, what the cases of each place say of it. The
 * promise is the suite's of today and the finding is the record's: what the suite does not know (any more, or because it is
 * a subject) has findings alone, and what the record does not have is said to be missing.
 */

import { matrixOf } from '../../harness/conformance/plan.ts'
import type { CellSummary } from '../../harness/measure/summary.ts'
import { type CaseRecord, type Kind, kinds, type Os } from '../../harness/model.ts'
import type { Mechanism } from '../../harness/pair/stage.ts'
import { suite } from '../../suites/index.ts'
import { casesAt, compareText, gravest, groupBy, type Place, rowsAt, sortedById } from './tally.ts'
import { type Column, columns, columnsOf } from './traits-columns.ts'
import { launchFigures, notedFigures } from './traits-figures.ts'
import { promiseOf } from './traits-promise.ts'

/**
 * - `holds`, `deviates`: cases were put to the test, and all hold, or some do not;
 * - `broken`: the suite could not play a case, which is its own fault;
 * - `open`: cases saw something that no standard settles;
 * - `not-here`: no case could be played, for the reason that its record has;
 * - `not-played`: the suite has cases, and this run has none of them;
 * - `unclaimed`: no case is about it.
 */
export type State = 'holds' | 'deviates' | 'broken' | 'open' | 'not-here' | 'not-played' | 'unclaimed'

export interface Finding {
  readonly state: State
  /** Put to the test, and how many of those hold. */
  readonly judged: number
  readonly held: number
  /** The gravest of those behind it: what a reader looks at first. */
  readonly first?: CaseRecord
  readonly figures: readonly string[]
}

export interface TraitRow {
  readonly mechanism: string
  /** For each column what is promised, and what each place of the table found. */
  readonly cells: ReadonlyMap<Column, TraitCell>
  /** Why no case at all could be played, where there is one reason for all, for each place. */
  readonly notHere: readonly (string | undefined)[]
}
export interface TraitCell {
  readonly promise: readonly string[]
  readonly findings: readonly Finding[]
}

export interface TraitTable {
  /** Absent for mechanisms of which the suite knows no kind. */
  readonly kind?: Kind
  readonly os: Os
  readonly places: readonly Place[]
  readonly columns: readonly Column[]
  readonly rows: readonly TraitRow[]
}

const known: ReadonlyMap<string, Mechanism> = new Map(suite.mechanisms.map((mechanism) => [mechanism.id, mechanism]))

/** One for each kind of mechanism of each system, the kinds in the order of the vocabulary. */
export function traitTables(places: readonly Place[]): TraitTable[] {
  const seen = places.map(seenAt).filter(({ cases }) => cases.size > 0)
  const systems = groupBy(seen, ({ place }) => place.os)
  return [...kinds, undefined].flatMap((kind) =>
    [...systems].flatMap(([os, own]) => {
      const names = [...new Set(own.flatMap(({ cases }) => [...cases.keys()]))].filter(
        (name) => known.get(name)?.kind === kind,
      )
      return names.length === 0 ? [] : [tableOf(kind, os, own, names.sort(compareText))]
    }),
  )
}

/** What a place has of each mechanism. */
interface Seen {
  readonly place: Place
  readonly cases: ReadonlyMap<string, readonly CaseRecord[]>
  readonly rows: ReadonlyMap<string, readonly CellSummary[]>
}

const seenAt = (place: Place): Seen => ({
  place,
  cases: groupBy(sortedById(casesAt(place)), ({ mechanism }) => mechanism),
  rows: groupBy(rowsAt(place), ({ cell }) => cell.mechanism),
})

function tableOf(kind: Kind | undefined, os: Os, seen: readonly Seen[], names: readonly string[]): TraitTable {
  const rows = names.map((mechanism) => ({
    mechanism,
    cells: cellsOf(mechanism, seen),
    notHere: seen.map(({ cases }) => oneReason(cases.get(mechanism) ?? [])),
  }))
  const shown = columns.filter((column) => rows.some(({ cells }) => !isBlank(cells.get(column))))
  return { ...(kind === undefined ? {} : { kind }), os, places: seen.map(({ place }) => place), columns: shown, rows }
}

const isBlank = (cell: TraitCell | undefined): boolean =>
  cell === undefined || (cell.promise.length === 0 && cell.findings.every(({ state }) => state === 'unclaimed'))

/** The reason that all have in common, where none could be played. */
function oneReason(cases: readonly CaseRecord[]): string | undefined {
  const reasons = new Set(cases.map(({ verdict, message }) => (verdict === 'unsupported' ? message : undefined)))
  return reasons.size === 1 ? [...reasons][0] : undefined
}

function cellsOf(mechanism: string, seen: readonly Seen[]): TraitRow['cells'] {
  const promised = known.get(mechanism)
  const claimed = claimedOf(mechanism)
  const byColumn = seen.map(({ cases }) => inColumns(cases.get(mechanism) ?? []))
  return new Map(
    columns.map((column) => {
      const findings = seen.map(({ place, rows }, at) =>
        findingOf(
          byColumn[at]?.get(column) ?? [],
          column,
          claimed.has(column),
          launchFigures(column, rows.get(mechanism) ?? [], place.info?.emulator !== undefined),
        ),
      )
      return [column, { promise: promised === undefined ? [] : promiseOf(promised, column), findings }] as const
    }),
  )
}

function inColumns(cases: readonly CaseRecord[]): Map<Column, CaseRecord[]> {
  const found = new Map<Column, CaseRecord[]>()
  for (const one of cases) for (const column of columnsOf(one)) found.set(column, [...(found.get(column) ?? []), one])
  return found
}

function findingOf(
  cases: readonly CaseRecord[],
  column: Column,
  claimed: boolean,
  fromLaunches: readonly string[],
): Finding {
  const held = cases.filter(({ verdict }) => verdict === 'pass').length
  const wrong = cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'crash' || verdict === 'hang').length
  const first = gravest(cases)
  return {
    state: stateOf(cases, held, wrong, claimed),
    judged: held + wrong,
    held,
    ...(first === undefined ? {} : { first }),
    figures: [...cases.flatMap(({ findings }) => notedFigures(column, findings)), ...fromLaunches],
  }
}

function stateOf(cases: readonly CaseRecord[], held: number, wrong: number, claimed: boolean): State {
  if (wrong > 0) return 'deviates'
  if (cases.some(({ verdict }) => verdict === 'broken')) return 'broken'
  if (held > 0) return 'holds'
  if (cases.some(({ verdict }) => verdict === 'observed')) return 'open'
  if (cases.length > 0) return 'not-here'
  return claimed ? 'not-played' : 'unclaimed'
}

const claims = new Map<string, ReadonlySet<Column>>()

/** The columns of which the suite has a case about a mechanism. */
function claimedOf(mechanism: string): ReadonlySet<Column> {
  const found = claims.get(mechanism)
  if (found !== undefined) return found
  const { cases } = matrixOf({ ...suite, mechanisms: suite.mechanisms.filter(({ id }) => id === mechanism) })
  const claimed = new Set(cases.flatMap(columnsOf))
  claims.set(mechanism, claimed)
  return claimed
}
