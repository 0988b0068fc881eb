/**
 * The figures of runs in text, a table for each workload and condition: mechanisms and how they were used down, sizes
 * across, unit and direction in each column's head, the best of each column bold. Where there is one size, its column is
 * joined by what it costs. Sizes that have no room are left to the report, and so are, where hundreds were measured, those
 * that come behind a dozen others.
 */

import { max } from 'd3-array'
import type { Runs } from '../../harness/model.ts'
import { marksOf } from '../view/cautions.ts'
import { type FigureGroup, type FigureRow, type FigureTable, figureTables, leftWords } from '../view/figures.ts'
import { bytes, multiple, significant } from '../view/numbers.ts'
import { arrows, quantities, type Unit, unitOf } from '../view/quantity.ts'
import { compareText, groupBy } from '../view/tally.ts'
import { visibleLine } from '../view/visible.ts'
import { countOf } from '../view/words.ts'
import { type Ink, type Span, span } from './ink.ts'
import { paragraph, table } from './layout.ts'
import { widthOf } from './width.ts'

/** One block of lines for each workload of each place. */
export function figures(ink: Ink, runs: Runs, columns: number): string[][] {
  const tables = figureTables(...runs).filter(({ groups, left }) => groups.length + left > 0)
  const rows = tables.reduce((sum, { groups }) => sum + conditionsOf(groups).flatMap(namesIn).length, 0)
  const most = rows > readable ? dozen : rows
  return tables.map((one) => block(ink, one, columns, most))
}

/** More rows than that nobody reads on a screen. */
const readable = 100
const dozen = 12

const conditionsOf = (groups: readonly FigureGroup[]): FigureGroup[][] => [
  ...groupBy(groups, ({ figure, where }) => `${figure} ${where}`).values(),
]

/** The rows of a condition: the best of the column that most of them are in first, and the others after it by name. */
function namesIn(groups: readonly FigureGroup[]): string[] {
  const fullest = groups.reduce((most, one) => (one.rows.length > most.rows.length ? one : most))
  const ranked = new Set(fullest.rows.map(({ name }) => name))
  const names = new Set(groups.flatMap(({ rows }) => rows.map(({ name }) => name)))
  return [...ranked, ...[...names].filter((name) => !ranked.has(name)).sort(compareText)]
}

function block(ink: Ink, figureTable: FigureTable, columns: number, most: number): string[] {
  const { place, workload, groups } = figureTable
  const { title, brief } = quantities[workload]
  const units = groups.some(({ figure }) => figure === 'throughput') ? ' (k: thousand messages)' : ''
  const heading = paragraph(
    ink,
    [span(visibleLine(`${place.title}, ${title.toLowerCase()}`), 'bold'), span(`  ${brief}${units}`)],
    columns,
  )
  const left = leftWords(figureTable)
  const note = left === undefined ? [] : paragraph(ink, [span(left, 'dim')], columns)
  return [...heading, ...conditionsOf(groups).flatMap((own) => condition(ink, own, columns, most)), ...note]
}

/** Groups that differ in their size only, and so many of their rows. */
function condition(ink: Ink, groups: readonly FigureGroup[], columns: number, most: number): string[] {
  const [first] = groups
  if (first === undefined) return []
  const all = namesIn(groups)
  const names = all.slice(0, most)
  const nameWidth = Math.min(longestName, max([first.where, ...names.map(shown)], widthOf) ?? 0)
  const across = Math.max(1, Math.floor((columns - nameWidth - 2) / figureWidth))
  const filled = groups.filter(({ rows }) => rows.some(({ name }) => names.includes(name)))
  const told = mostTelling(filled, across)
  const body = groups.length === 1 ? inDetail(first, columns, most) : acrossSizes(told, names)
  const left = [
    ...(all.length > most ? [countOf(all.length - most, 'more row')] : []),
    ...(groups.length > told.length ? [countOf(groups.length - told.length, 'more size')] : []),
  ]
  const note = left.length === 0 ? [] : [`    ${left.join(' and ')} in the report`]
  return [...table(ink, body, columns), ...note.map((text) => ink(span(text, 'dim')))]
}

/** A row's name, below the condition that it was measured under. */
const shown = (name: string): string => `  ${visibleLine(name)}`

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
  const rows = names.map((name) => [
    span(shown(name)),
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

const sizeWords = (size: number): string => (size === 0 ? 'none' : bytes(size))

/** Of a single size: the figure, how it spreads, and what it costs, as far as there is room beside the names. */
function inDetail(group: FigureGroup, width: number, most: number): Span[][] {
  const { figure, size, where } = group
  const rows = group.rows.slice(0, most)
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
  const fit = columns.slice(0, fitting(columns, rows, where, width))
  const body = rows.map((row) => [span(shown(row.name)), ...fit.map(([, , cell]) => cell(row))])
  return [...headOf(where, fit), ...body]
}

/** How many columns have room; the first one has it always. */
function fitting(columns: readonly Column[], rows: readonly FigureRow[], where: string, width: number): number {
  const longest = (texts: readonly string[]) => max(texts, widthOf) ?? 0
  let room = width - 2 - longest([where, ...rows.map(({ name }) => shown(name))])
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
  const fullest = max(groups, ({ rows }) => rows.length) ?? 0
  const full = groups.filter(({ rows }) => 2 * rows.length >= fullest)
  const others = groups.filter((group) => !full.includes(group))
  const shown = [...spreadOut(full, most), ...spreadOut(others, Math.max(0, most - full.length))]
  return shown.sort((a, b) => a.size - b.size)
}
