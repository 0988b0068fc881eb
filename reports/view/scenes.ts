/**
 * What may stand in one picture or one small table: rows of one workload, measured at one place under one condition, sorted
 * by the way in which a mechanism was used. Nothing here mixes places, conditions or arms. Rows that no scale has room for
 * are left out, and counted.
 */

import { variantWords } from '../../harness/measure/schedule.ts'
import type { CellSummary, Figure } from '../../harness/measure/summary.ts'
import { type Cell, coreStates, placements, type Workload } from '../../harness/model.ts'
import { familyOf, type Kinship } from './families.ts'
import { nameOf, rowName } from './figures.ts'
import { bytes } from './numbers.ts'
import { quantities } from './quantity.ts'
import { compareText, groupBy, type Place, rowsAt } from './tally.ts'
import { shorten } from './visible.ts'

/** A mechanism and how it was used, with a row for each size, rate or number of peers. */
export interface Way {
  readonly name: string
  readonly mechanism: string
  readonly family: Kinship
  readonly rows: readonly CellSummary[]
}

/** As much of a name as is shown: it comes from outside, and may be of any length. */
export const shownName = (name: string): string => shorten(name, 80)

export interface Scene {
  readonly place: Place
  readonly workload: Workload
  readonly figure: Figure
  /** `cross-core, cores awake` */
  readonly where: string
  readonly ways: readonly Way[]
  /** Figures that are no number above zero. */
  readonly left: number
}

export const conditionOf = ({ placement, cores }: Cell): string => `${placement}, cores ${cores}`

export interface Wanted {
  readonly workload: Workload
  /** Which rows, besides those of native code. */
  readonly concerns?: (row: CellSummary) => boolean
  /** What else has to be alike, and is said with the condition. */
  readonly alike?: (cell: Cell) => string
}

/** One for each figure and condition, the one with the most rows first. */
export function scenesOf(place: Place, { workload, concerns = isNative, alike }: Wanted): Scene[] {
  const own = rowsAt(place).filter((row) => row.cell.workload === workload && concerns(row))
  const whereOf = ({ cell }: CellSummary) => [...(alike ? [alike(cell)] : []), conditionOf(cell)].join(', ')
  const groups = groupBy(own, (row) => `${row.figure} ${whereOf(row)}`)
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows
    const drawn = rows.filter(isDrawable)
    if (first === undefined || drawn.length === 0) return []
    const { figure } = first
    return [{ place, workload, figure, where: whereOf(first), ways: waysOf(drawn), left: rows.length - drawn.length }]
  })
}

export const isNative = ({ cell }: CellSummary): boolean => cell.runtime === 'native'
export const isDrawable = ({ value }: CellSummary): boolean => Number.isFinite(value) && value > 0

export const rowsIn = (ways: readonly Way[]): CellSummary[] => ways.flatMap(({ rows }) => rows)

/** Scenes of all places, as they are read: the fullest condition of each place first. */
export const scenesAt = (places: readonly Place[], wanted: Wanted): Scene[] =>
  places.flatMap((place) =>
    scenesOf(place, wanted).sort((a, b) => rowsIn(b.ways).length - rowsIn(a.ways).length || byCondition(a, b)),
  )

/** `Latency, 64 B, cross-core, cores awake` */
export const titleAt = ({ workload, where }: Scene, size: number): string =>
  `${quantities[workload].title}, ${bytes(size)}, ${where}`

/** Of each workload at each place the fullest condition alone. */
export const fullestAt = (
  places: readonly Place[],
  workloads: readonly Workload[],
  concerns?: Wanted['concerns'],
): Scene[] =>
  workloads.flatMap((workload) =>
    places.flatMap((place) => scenesAt([place], concerns ? { workload, concerns } : { workload }).slice(0, 1)),
  )

const conditions = placements.flatMap((placement) => coreStates.map((cores) => `${placement}, cores ${cores}`))

/** Conditions in the order of the vocabulary, the farther apart the later. */
export const inConditionOrder = (a: string, b: string): number => conditions.indexOf(a) - conditions.indexOf(b)
const byCondition = (a: Scene, b: Scene): number => inConditionOrder(a.where, b.where) || compareText(a.where, b.where)

/** Where all rows are of one arm, that is said by the place. */
function waysOf(rows: readonly CellSummary[]): Way[] {
  const several = new Set(rows.map(({ arm }) => arm)).size > 1
  return [...groupBy(rows, (row) => (several ? nameOf(row) : rowName(row.cell)))]
    .map(([name, own]) => {
      const mechanism = own[0]?.cell.mechanism ?? name
      return { name, mechanism, family: familyOf(mechanism), rows: own }
    })
    .sort((a, b) => compareText(a.name, b.name))
}

/** What most ways have a row at, the smallest of several: what they are best compared by. */
export function commonest(ways: readonly Way[], at: (cell: Cell) => number): number {
  const counts = groupBy(rowsIn(ways), ({ cell }) => at(cell))
  const [first] = [...counts].sort(([a, one], [b, other]) => other.length - one.length || a - b)
  return first?.[0] ?? 0
}

/** The best first, by the row that they have there; those that have none are last. */
export function bestFirst(ways: readonly Way[], here: (cell: Cell) => boolean): Way[] {
  const worth = ({ rows }: Way) => {
    const row = rows.find(({ cell }) => here(cell))
    if (row === undefined) return Number.POSITIVE_INFINITY
    return row.figure === 'latency' ? row.value : -row.value
  }
  return [...ways].sort((a, b) => compare(worth(a), worth(b)) || compareText(a.name, b.name))
}

/** Also of infinities, of which a difference would not be a number. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Whether its sides sleep while they wait: those that look again and again are another kind of thing. */
const sleeps = ({ wait }: Cell): boolean => wait === undefined || wait === 'block' || wait === 'epoll'

/** The plain way of each mechanism: without anything said of it, or else one that sleeps; the fullest of several. */
export function plainWays(ways: readonly Way[]): Way[] {
  const rank = ({ rows: [row] }: Way) => {
    if (row === undefined) return 2
    const { shape: _, peers: __, rate: ___, ...way } = row.cell
    return variantWords(way).length === 0 ? 0 : sleeps(row.cell) ? 1 : 2
  }
  const groups = groupBy(ways, ({ mechanism, rows: [row] }) => `${row?.arm} ${mechanism}`)
  return [...groups.values()].flatMap((own) => {
    const [plain] = [...own].sort(
      (a, b) => rank(a) - rank(b) || b.rows.length - a.rows.length || compareText(a.name, b.name),
    )
    return plain ?? []
  })
}

/**
 * The few that tell the most: the best of each family, those that sleep apart from those that do not; then the slowest of
 * those families in which it is farthest from the best. Only ways with at least half as many rows as the fullest of their
 * family are asked.
 */
export function telling(ways: readonly Way[], most: number, here: (cell: Cell) => boolean): Way[] {
  if (ways.length <= most) return bestFirst(ways, here)
  const groups = groupBy(ways, ({ family, rows: [row] }) => `${row?.arm} ${family} ${row && sleeps(row.cell)}`)
  const ranked = [...groups.values()].map((own) => {
    const fullest = Math.max(...own.map(({ rows }) => rows.length))
    return bestFirst(
      own.filter(({ rows }) => 2 * rows.length >= fullest),
      here,
    )
  })
  const best = bestFirst(
    ranked.flatMap((own) => own[0] ?? []),
    here,
  )
  const apart = ranked
    .flatMap((own) => {
      const [first, last] = [own[0], own.findLast(({ rows }) => rows.some(({ cell }) => here(cell)))]
      return first === undefined || last === undefined || last === first
        ? []
        : [{ last, by: distance(first, last, here) }]
    })
    .sort((a, b) => b.by - a.by)
  return [...best, ...apart.map(({ last }) => last)].slice(0, most)
}

function distance(first: Way, last: Way, here: (cell: Cell) => boolean): number {
  const [a = 1, b = 1] = [first, last].map(({ rows }) => rows.find(({ cell }) => here(cell))?.value)
  return Math.max(a / b, b / a)
}
