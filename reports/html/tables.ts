/**
 * The tables of figures: unit and direction in each column's head, the best row first in each group, the interval as
 * numbers and drawn.
 */

import type { Workload } from '../../harness/model.ts'
import { marksOf } from '../view/cautions.ts'
import { type FigureGroup, type FigureRow, type FigureTable, figureTables, rowName, whereOf } from '../view/figures.ts'
import { type Lost, launchesOf } from '../view/measured.ts'
import { bytes, multiple, percent, significant } from '../view/numbers.ts'
import { inReadingOrder, quantities, unitOf } from '../view/quantity.ts'
import { countOf } from '../view/words.ts'
import type { Book, Section } from './book.ts'
import { type Html, html, nothing, trusted } from './escape.ts'

interface Column {
  readonly head: string
  readonly unit?: string
  readonly better?: 'lower' | 'higher'
  /** Nothing where the row has none. A column of which no row has any is left away. */
  cell(row: FigureRow): string | undefined
}

const costs: readonly Column[] = [
  {
    head: 'Of the baseline',
    cell: ({ heldAgainst }) => heldAgainst && `${multiple(heldAgainst.times)} ${heldAgainst.baseline.split(' ')[0]}`,
  },
  { head: 'CPU, producer', unit: 'ns/message', better: 'lower', cell: (row) => significant(row.producerCpuNs) },
  { head: 'CPU, consumer', unit: 'ns/message', better: 'lower', cell: (row) => significant(row.consumerCpuNs) },
  { head: 'Switches', unit: 'per message', better: 'lower', cell: (row) => significant(row.switches) },
  {
    head: 'System calls',
    unit: 'per message',
    better: 'lower',
    cell: ({ syscalls }) => (syscalls === undefined ? undefined : significant(syscalls)),
  },
  {
    head: 'Fairness',
    unit: 'least share of the greatest',
    better: 'higher',
    cell: ({ fairness }) => (fairness === undefined ? undefined : percent(fairness)),
  },
  {
    head: 'Lost',
    unit: 'of those sent',
    better: 'lower',
    cell: ({ loss }) => (loss === undefined ? undefined : percent(loss)),
  },
  {
    head: 'Left',
    unit: 'messages/s of those wanted',
    better: 'higher',
    cell: ({ pace }) => pace && `${significant(pace.achieved)} of ${significant(pace.wanted)}`,
  },
  {
    head: 'Stages',
    unit: 'µs',
    better: 'lower',
    cell: ({ stages }) =>
      stages &&
      Object.entries(stages)
        .map(([name, ns]) => `${name} ${micro(ns)}`)
        .join(', '),
  },
]

const micro = (ns: number): string => significant(ns / 1000)
const nothingHere = '–'

const whole = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function latencyColumns(workload: Workload): readonly Column[] {
  const unit = unitOf('latency', workload, 0)
  const tail = (name: 'p90' | 'p99' | 'p999', head: string): Column => ({
    head,
    unit: unit.name,
    better: 'lower',
    cell: (row) => (row[name] === undefined ? undefined : significant(unit.in(row, row[name]))),
  })
  return [
    {
      head: `${whole(quantities[workload].latency)}, p50`,
      unit: unit.name,
      better: unit.better,
      cell: (row) => `${significant(unit.in(row))}${marksOf(row)}`,
    },
    {
      head: 'Interval',
      unit: unit.name,
      cell: (row) => `${significant(unit.in(row, row.low))} – ${significant(unit.in(row, row.high))}`,
    },
    tail('p99', 'p99'),
    tail('p999', 'p99.9'),
  ]
}

const throughputColumns: readonly Column[] = [
  {
    head: 'Each',
    unit: 'ns',
    better: 'lower',
    cell: ({ cell, value }) => (cell.workload === 'baseline' ? significant(1e9 / value) : undefined),
  },
  {
    head: 'Messages',
    unit: 'thousand/s',
    better: 'higher',
    cell: (row) => `${significant(row.value / 1e3)}${marksOf(row)}`,
  },
  {
    head: 'Interval',
    unit: 'thousand/s',
    cell: (row) => `${significant(row.low / 1e3)} – ${significant(row.high / 1e3)}`,
  },
  {
    head: 'Bytes',
    unit: 'MB/s',
    better: 'higher',
    cell: ({ bytesPerSecond }) => (bytesPerSecond === undefined ? undefined : significant(bytesPerSecond / 1e6)),
  },
]

const ofTheBest: Column = { head: 'Of the best', cell: (row) => multiple(row.timesBest) }

/** Baselines are different things, and none of them is better than another. */
function columnsFor(workload: Workload, figure: FigureGroup['figure'], rows: readonly FigureRow[]): readonly Column[] {
  const own = figure === 'latency' ? latencyColumns(workload) : throughputColumns
  const all = [...own, ...(workload === 'baseline' ? [] : [ofTheBest]), ...costs]
  return all.filter(({ cell }) => rows.some((row) => cell(row) !== undefined))
}

const ids: Readonly<Record<Workload, string>> = {
  baseline: 'baselines',
  pingpong: 'latency',
  openloop: 'latency-at-a-rate',
  stream: 'throughput',
  handoff: 'handing-over',
  lifecycle: 'life-cycle',
  fan: 'fan',
}

export function figures({ runs }: Book): Section[] {
  const tables = figureTables(...runs)
  return inReadingOrder.flatMap((workload) => {
    const own = tables.filter((table) => table.workload === workload)
    if (own.length === 0) return []
    const { title, says } = quantities[workload]
    const compared =
      workload === 'baseline'
        ? ''
        : ' Within a group only the mechanism and how it is used differ; “of the best” compares with the first row of the group.'
    const markup = html`
      <section id=${trusted(ids[workload])}>
        <h2>${title}</h2>
        <p class=lead>${says} The number of a cell is the median of its launches.${compared}</p>
        ${own.map((table) => tablesOf(table, title))}
      </section>`
    return [{ id: ids[workload], title, markup }]
  })
}

/** One for each figure: a table has one unit in a column. */
function tablesOf(table: FigureTable, kind: string): Html {
  const { title, info } = table.place
  const imitated =
    info?.emulator === undefined
      ? nothing
      : html`<p class=note>Measured under ${info.emulator}: it says what the suite can do there, and nothing about the speed of Windows.</p>`
  const both = (['latency', 'throughput'] as const).map((figure) => table.groups.filter((one) => one.figure === figure))
  return html`
    <h3>${title}</h3>${imitated}
    ${both.map((groups) => (groups.length === 0 ? nothing : oneTable(table, groups, `${kind}, ${title}`)))}
    ${lost(table.lost)}`
}

function oneTable({ workload }: FigureTable, groups: readonly FigureGroup[], label: string): Html {
  const columns = columnsFor(
    workload,
    groups[0]?.figure ?? 'latency',
    groups.flatMap(({ rows }) => rows),
  )
  return html`
    <p class=note>${launchesIn(groups)}</p>
    <div class=scroll tabindex=0 role=region aria-label="${label}">
      <table class=figures>
        <thead><tr><th scope=col>Mechanism</th><th class=plot aria-hidden=true></th>${columns.map(head)}</tr></thead>
        ${groups.map((group) => oneGroup(group, columns))}
      </table>
    </div>`
}

/** `5 launches of each cell`, or how few and how many, and how sure the intervals are. */
function launchesIn(groups: readonly FigureGroup[]): string {
  const rows = groups.flatMap((group) => group.rows)
  const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const
  const [fewest, most] = range(rows.map(({ launches }) => launches))
  const [surely] = range(rows.map(({ confidence }) => confidence))
  const counted = fewest === most ? countOf(most, 'launch', 'es') : `${fewest} to ${countOf(most, 'launch', 'es')}`
  return `${counted} of each cell. The interval holds the true median with a confidence of ${percent(surely)}${fewest === most ? '' : ' or more'}.`
}

const head = ({ head: name, unit, better }: Column): Html =>
  html`<th scope=col>${name}${unit === undefined ? nothing : html`<span>${unit}</span>`}${better === undefined ? nothing : html`<span>${better === 'lower' ? '↓ lower' : '↑ higher'} is better</span>`}`

function oneGroup({ size, where, rows }: FigureGroup, columns: readonly Column[]): Html {
  const greatest = rows.reduce((most, { high }) => Math.max(most, high), 0)
  return html`
    <tbody>
      <tr class=condition><th scope=rowgroup colspan=${columns.length + 2}>${size === 0 ? nothing : bytes(size)} <span>${where}</span></th></tr>
      ${rows.map(
        (row) =>
          html`<tr data-mechanism="${row.cell.mechanism}"><th scope=row>${row.name}<td class=plot aria-hidden=true>${plot(row, greatest)}${columns.map((column) => html`<td>${column.cell(row) ?? nothingHere}`)}`,
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

function lost(reasons: readonly Lost[]): Html {
  if (reasons.length === 0) return nothing
  const count = reasons.reduce((sum, one) => sum + launchesOf(one), 0)
  return html`
    <details class="aside lost">
      <summary><h4>${countOf(count, 'launch', 'es')} without a figure</h4></summary>
      <ul>${reasons.map(
        ({ verdict, message = 'no reason was recorded', cells }) =>
          html`<li>${verdict}: ${message}<span class=why>${cells.map(({ cell }) => `${rowName(cell)}, ${bytes(cell.size)}, ${whereOf(cell)}`).join(' · ')}</span>`,
      )}</ul>
    </details>`
}
