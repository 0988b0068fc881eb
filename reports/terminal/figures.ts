/**
 * The figures of a run in text, a table for each workload and condition: mechanisms and how they were used down, sizes
 * across, unit and direction in each column's head, the best of each column bold. Where there is one size, its column is
 * joined by what it costs. Sizes that have no room are left to the report.
 */

import type { Run } from '../../harness/model.ts'
import { marksOf } from '../view/cautions.ts'
import { type FigureGroup, type FigureRow, type FigureTable, figureTables } from '../view/figures.ts'
import { bytes, multiple, significant } from '../view/numbers.ts'
import { arrows, quantities, type Unit, unitOf } from '../view/quantity.ts'
import { compareText, groupBy } from '../view/tally.ts'
import { visibleLine } from '../view/visible.ts'
import { type Ink, type Span, span } from './ink.ts'
import { paragraph, table } from './layout.ts'

/** One block of lines for each workload of each place. */
export const figures = (ink: Ink, run: Run, columns: number): string[][] =>
  figureTables(run).flatMap((one) => (one.groups.length === 0 ? [] : [block(ink, one, columns)]))

function block(ink: Ink, { place, workload, groups }: FigureTable, columns: number): string[] {
  const { title, brief } = quantities[workload]
  const units = groups.some(({ figure }) => figure === 'throughput') ? ' (k: thousand messages)' : ''
  const heading = paragraph(
    ink,
    [span(`${place.title}, ${title.toLowerCase()}`, 'bold'), span(`  ${brief}${units}`)],
    columns,
  )
  const conditions = [...groupBy(groups, ({ figure, where }) => `${figure} ${where}`).values()]
  return [...heading, ...conditions.flatMap((own) => condition(ink, own, columns))]
}

/** Groups that differ in their size only. */
function condition(ink: Ink, groups: readonly FigureGroup[], columns: number): string[] {
  const [first] = groups
  if (first === undefined) return []
  const names = [...new Set(groups.flatMap(({ rows }) => rows.map(({ name }) => name)))]
  const nameWidth = Math.min(longestName, Math.max(first.where.length, ...names.map((name) => name.length + 2)))
  const across = Math.max(1, Math.floor((columns - nameWidth - 2) / figureWidth))
  const shown = mostTelling(groups, across)
  const body = groups.length === 1 ? inDetail(first, columns) : acrossSizes(shown, names)
  const left = groups.length - shown.length
  const note = left === 0 ? [] : [`    ${left} more sizes are in the report`]
  return [...table(ink, body, columns), ...note.map((text) => ink(span(text, 'dim')))]
}

const longestName = 44
const figureWidth = 9

type Column = readonly [head: string, unit: string, cell: (row: FigureRow) => Span]

/** Three lines of head would be one too many: what it is and its size, then unit and direction. */
const headOf = (where: string, columns: readonly Column[]): Span[][] => [
  [span(where, 'dim'), ...columns.map(([head]) => span(head, 'dim'))],
  [span(''), ...columns.map(([, unit]) => span(unit, 'dim'))],
]

const directed = (unit: string, way: 'lower' | 'higher'): string => `${unit} ${arrows[way]}`
const inUnit = ({ name, better }: Unit): string => directed(name, better)

function figureColumn(head: string, { figure, size, rows }: FigureGroup): Column {
  const [first] = rows
  const unit = unitOf(figure, first?.cell.workload ?? 'pingpong', size)
  // Baselines are different things, and none of them is better than another.
  const compared = rows.length > 1 && first?.cell.workload !== 'baseline'
  const cell = (row: FigureRow) => span(told(row, unit), row.timesBest === 1 && compared ? 'bold' : undefined)
  return [head, inUnit(unit), cell]
}

const told = (row: FigureRow, unit: Unit): string => `${significant(unit.in(row))}${marksOf(row)}`

function acrossSizes(groups: readonly FigureGroup[], names: readonly string[]): Span[][] {
  const columns = groups.map((group) => ({ group, column: figureColumn(sizeWords(group.size), group) }))
  const rows = [...names].sort(byFirstColumn(groups)).map((name) => [
    span(`  ${visibleLine(name)}`),
    ...columns.map(({ group, column: [, , cell] }) => {
      const row = group.rows.find((one) => one.name === name)
      return row === undefined ? span('·', 'dim') : cell(row)
    }),
  ])
  return [
    ...headOf(
      groups[0]?.where ?? '',
      columns.map(({ column }) => column),
    ),
    ...rows,
  ]
}

/** The best of the first column first; those that are not in it after it, by name. */
function byFirstColumn([first]: readonly FigureGroup[]): (a: string, b: string) => number {
  const places = new Map(first?.rows.map(({ name }, at) => [name, at]))
  const place = (name: string) => places.get(name) ?? Number.POSITIVE_INFINITY
  return (a, b) => (place(a) === place(b) ? compareText(a, b) : place(a) - place(b))
}

const sizeWords = (size: number): string => (size === 0 ? 'none' : bytes(size))

/** Of a single size: the figure, how it spreads, and what it costs, as far as there is room beside the names. */
function inDetail(group: FigureGroup, width: number): Span[][] {
  const { figure, size, where, rows } = group
  const unit = unitOf(figure, rows[0]?.cell.workload ?? 'pingpong', size)
  const what = figure === 'latency' ? 'p50' : unit.better === 'higher' ? 'rate' : 'each'
  const optional = (...columns: Column[]) => columns.filter(([, , cell]) => rows.some((row) => cell(row).text !== '·'))
  const tail = (value: number | undefined, row: FigureRow) =>
    value === undefined ? nothing : span(significant(unit.in(row, value)))
  const columns: Column[] = [
    figureColumn(`${what}${size === 0 ? '' : ` ${bytes(size)}`}`, group),
    ...optional(['p99', directed(unit.name, 'lower'), (row) => tail(row.p99, row)]),
    ...optional([
      'spread',
      directed('%', 'lower'),
      (row) => (row.launches < 2 ? nothing : span(significant(100 * row.spread))),
    ]),
    ...optional(['× base', '', ({ heldAgainst }) => (heldAgainst ? span(multiple(heldAgainst.times)) : nothing)]),
    ['CPU', directed('ns/msg', 'lower'), (row) => span(significant(row.producerCpuNs + row.consumerCpuNs))],
    ...optional([
      'calls',
      directed('/msg', 'lower'),
      ({ syscalls }) => (syscalls === undefined ? nothing : span(significant(syscalls))),
    ]),
  ]
  const shown = columns.slice(0, fitting(columns, rows, where, width))
  const body = rows.map((row) => [span(`  ${visibleLine(row.name)}`), ...shown.map(([, , cell]) => cell(row))])
  return [...headOf(where, shown), ...body]
}

/** How many columns have room; the first one has it always. */
function fitting(columns: readonly Column[], rows: readonly FigureRow[], where: string, width: number): number {
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length))
  let room = width - 2 - longest([where, ...rows.map(({ name }) => `  ${name}`)])
  const most = columns.findIndex(([head, unit, cell]) => {
    room -= 2 + longest([head, unit, ...rows.map((row) => cell(row).text)])
    return room < 0
  })
  return most < 0 ? columns.length : Math.max(1, most)
}

const nothing = span('·', 'dim')

/** At most so many, the first and the last among them. */
const spreadOut = <T>(items: readonly T[], most: number): T[] =>
  items.length <= most || most === 0
    ? items.slice(0, most)
    : Array.from({ length: most }, (_, at) => items[Math.round((at * (items.length - 1)) / Math.max(1, most - 1))] as T)

/**
 * The sizes that have room: of those that most rows have as many as there is room for, from the smallest to the largest,
 * and others only where these leave some.
 */
function mostTelling(groups: readonly FigureGroup[], most: number): FigureGroup[] {
  const fullest = Math.max(...groups.map(({ rows }) => rows.length))
  const full = groups.filter(({ rows }) => 2 * rows.length >= fullest)
  const others = groups.filter((group) => !full.includes(group))
  const shown = [...spreadOut(full, most), ...spreadOut(others, Math.max(0, most - full.length))]
  return shown.sort((a, b) => a.size - b.size)
}
