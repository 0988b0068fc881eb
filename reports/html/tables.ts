/**
 * The tables of figures: unit and direction in each column's head, the best row first in each group, the interval as
 * numbers and drawn.
 */

import type { LaunchRecord, Run } from '../../harness/model.ts'
import { type FigureGroup, type FigureRow, type FigureTable, figureTables } from '../view/figures.ts'
import { bytes, multiple, percent, significant } from '../view/numbers.ts'
import { groupBy } from '../view/tally.ts'
import { countOf } from '../view/words.ts'
import { type Html, html, nothing, trusted } from './escape.ts'

export interface FigureSection {
  readonly id: string
  readonly title: string
  readonly markup: Html
}

interface Column {
  readonly head: string
  readonly unit?: string
  readonly better?: 'lower' | 'higher'
  cell(row: FigureRow): string
}

const micro = (ns: number): string => significant(ns / 1000)
const nothingHere = '–'

const costs: readonly Column[] = [
  { head: 'CPU, producer', unit: 'ns/message', better: 'lower', cell: (row) => significant(row.producerCpuNs) },
  { head: 'CPU, consumer', unit: 'ns/message', better: 'lower', cell: (row) => significant(row.consumerCpuNs) },
  { head: 'Switches', unit: 'per message', better: 'lower', cell: (row) => significant(row.switches) },
  { head: 'System calls', unit: 'per message', better: 'lower', cell: (row) => significant(row.syscalls) },
]

const latencyColumns: readonly Column[] = [
  { head: 'Round trip, p50', unit: 'µs', better: 'lower', cell: (row) => micro(row.value) },
  { head: 'Interval', unit: 'µs', cell: (row) => `${micro(row.low)} – ${micro(row.high)}` },
  { head: 'p99', unit: 'µs', better: 'lower', cell: (row) => (row.p99 === undefined ? nothingHere : micro(row.p99)) },
  { head: 'Of the best', cell: (row) => multiple(row.timesBest) },
  ...costs,
]

const throughputColumns: readonly Column[] = [
  { head: 'Messages', unit: 'thousand/s', better: 'higher', cell: (row) => significant(row.value / 1e3) },
  {
    head: 'Interval',
    unit: 'thousand/s',
    cell: (row) => `${significant(row.low / 1e3)} – ${significant(row.high / 1e3)}`,
  },
  {
    head: 'Bytes',
    unit: 'MB/s',
    better: 'higher',
    cell: (row) => (row.bytesPerSecond === undefined ? nothingHere : significant(row.bytesPerSecond / 1e6)),
  },
  { head: 'Of the best', cell: (row) => multiple(row.timesBest) },
  ...costs,
]

const kinds = [
  {
    id: 'latency',
    title: 'Latency',
    workload: 'pingpong',
    columns: latencyColumns,
    lead: 'Round trips, one message out and one back, closed loop. The number of a cell is the median of its launches.',
  },
  {
    id: 'throughput',
    title: 'Throughput',
    workload: 'stream',
    columns: throughputColumns,
    lead: 'One way, counted where the messages arrive. The number of a cell is the median of its launches.',
  },
] as const

export function figures(run: Run): FigureSection[] {
  return kinds.flatMap(({ id, title, workload, columns, lead }) => {
    const tables = figureTables(run, workload)
    if (tables.length === 0) return []
    const markup = html`
      <section id=${trusted(id)}>
        <h2>${title}</h2>
        <p class=lead>${lead} Within a group only the mechanism differs; “of the best” compares with the first row of the group.</p>
        ${tables.map((table) => oneTable(table, title, columns))}
      </section>`
    return [{ id, title, markup }]
  })
}

function oneTable(table: FigureTable, kind: string, columns: readonly Column[]): Html {
  const { title, info } = table.place
  const imitated =
    info?.emulator === undefined
      ? nothing
      : html`<p class=note>Measured under ${info.emulator}: it says what the suite can do there, and nothing about the speed of Windows.</p>`
  if (table.groups.length === 0) return html`<h3>${title}</h3>${imitated}${lost(table.lost)}`
  return html`
    <h3>${title}</h3>${imitated}<p class=note>${launchesIn(table)}</p>
    <div class=scroll tabindex=0 role=region aria-label="${kind}, ${title}">
      <table class=figures>
        <thead><tr><th scope=col>Mechanism</th><th class=plot aria-hidden=true></th>${columns.map(head)}</tr></thead>
        ${table.groups.map((group) => oneGroup(group, columns))}
      </table>
    </div>
    ${lost(table.lost)}`
}

/** `5 launches of each cell`, or how few and how many, and how sure the intervals are. */
function launchesIn({ groups }: FigureTable): string {
  const rows = groups.flatMap((group) => group.rows)
  const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const
  const [fewest, most] = range(rows.map(({ launches }) => launches))
  const [surely] = range(rows.map(({ confidence }) => confidence))
  const counted = fewest === most ? countOf(most, 'launch', 'es') : `${fewest} to ${countOf(most, 'launch', 'es')}`
  return `${counted} of each cell. The interval holds the true median with a confidence of ${percent(surely)}${fewest === most ? '' : ' or more'}.`
}

const head = ({ head: name, unit, better }: Column): Html =>
  html`<th scope=col>${name}${unit === undefined ? nothing : html`<span>${unit}</span>`}${better === undefined ? nothing : html`<span>${better === 'lower' ? '↓ lower' : '↑ higher'} is better</span>`}`

function oneGroup({ size, placement, cores, rows }: FigureGroup, columns: readonly Column[]): Html {
  const greatest = rows.reduce((most, { high }) => Math.max(most, high), 0)
  const where = placement === 'unpinned' ? 'not pinned' : placement.replace('-', ' ')
  return html`
    <tbody>
      <tr class=condition><th scope=rowgroup colspan=${columns.length + 2}>${bytes(size)} <span>${where}, cores ${cores}</span></th></tr>
      ${rows.map(
        (row) =>
          html`<tr data-mechanism="${row.cell.mechanism}"><th scope=row>${row.cell.mechanism}<td class=plot aria-hidden=true>${plot(row, greatest)}${columns.map((column) => html`<td>${column.cell(row)}`)}`,
      )}
    </tbody>`
}

const plotWidth = 100

/** A bar from zero, as long as the value is great among its group, with the interval at its end. */
function plot({ value, low, high }: FigureRow, greatest: number): Html {
  const [at = 0, from, to] = [value, low, high].map((one) => Math.round((1000 * one) / greatest) * (plotWidth / 1000))
  if (!Number.isFinite(at)) return nothing
  return trusted(
    `<svg viewBox="0 0 ${plotWidth} 10"><rect width=${at} y=2 height=6 /><path d="M${from} 5H${to}M${from} 2v6M${to} 2v6"/></svg>`,
  )
}

function lost(launches: readonly LaunchRecord[]): Html {
  if (launches.length === 0) return nothing
  const reasons = groupBy(launches, ({ verdict, message }) => `${verdict}: ${message ?? 'no reason was recorded'}`)
  return html`
    <details class="aside lost">
      <summary><h4>${countOf(launches.length, 'launch', 'es')} without a figure</h4></summary>
      <ul>${[...reasons].map(
        ([reason, own]) =>
          html`<li>${reason}<span class=why>${[...new Set(own.map(({ cell }) => `${cell.mechanism}, ${bytes(cell.size)}, ${cell.placement}, cores ${cell.cores}`))].join(' · ')}</span>`,
      )}</ul>
    </details>`
}
