/**
 * The tables of figures: unit and direction in each column's head, the best row first in each group, the interval as
 * numbers and drawn. Each row has an address.
 */

import { extent } from 'd3-array'
import type { Workload } from '../../harness/model.ts'
import {
  type FigureGroup,
  type FigureRow,
  type FigureTable,
  figureTables,
  leftWords,
  rowName,
  whereOf,
} from '../view/figures.ts'
import { type Lost, launchesOf } from '../view/measured.ts'
import { bytes, percent } from '../view/numbers.ts'
import { inReadingOrder, quantities } from '../view/quantity.ts'
import { countOf } from '../view/words.ts'
import type { Book, Section } from './book.ts'
import { type Column, columnsFor } from './columns.ts'
import { type Html, html, nothing, trusted } from './escape.ts'
import { figuresFilter } from './filter.ts'

/** The section of each workload. */
export const ids: Readonly<Record<Workload, string>> = {
  baseline: 'baselines',
  pingpong: 'latency',
  openloop: 'latency-at-a-rate',
  stream: 'throughput',
  handoff: 'handing-over',
  lifecycle: 'life-cycle',
  fan: 'fan',
}

export function figures(book: Book): Section[] {
  const tables = figureTables(...book.runs)
  if (tables.length === 0) return []
  const shown = inReadingOrder.filter((workload) => tables.some((table) => table.workload === workload))
  const markup = html`
    <section id=figures>
      <h2>Figures</h2>
      <p class=lead>Every cell that was measured; its number is the median of its launches. Within a group only the mechanism and how it is used differ, and “of the best” compares with its best row.</p>
      <p class=contents>${shown.map((workload) => html`<a href="#${ids[workload]}">${quantities[workload].title}</a> `)}</p>
      ${figuresFilter(tables)}
      ${shown.map((workload) => oneWorkload(workload, tables, book))}
    </section>`
  return [{ id: 'figures', title: 'Figures', markup }]
}

function oneWorkload(workload: Workload, tables: readonly FigureTable[], book: Book): Html {
  const { title, says } = quantities[workload]
  return html`
    <section id=${trusted(ids[workload])}>
      <h3>${title}</h3>
      <p class=lead>${says}</p>
      ${tables.filter((table) => table.workload === workload).map((table) => tablesOf(table, title, book))}
    </section>`
}

/** One for each figure: a table has one unit in a column. */
function tablesOf(table: FigureTable, kind: string, book: Book): Html {
  const { title, info } = table.place
  const imitated =
    info?.emulator === undefined
      ? nothing
      : html`<p class=note>Measured under ${info.emulator}: it says what the suite can do there, and nothing about the speed of Windows.</p>`
  const both = (['latency', 'throughput'] as const).map((figure) => table.groups.filter((one) => one.figure === figure))
  return html`
    ${book.places.length === 1 ? nothing : html`<h4>${title}</h4>`}${imitated}
    ${both.map((groups) => (groups.length === 0 ? nothing : oneTable(table, groups, `${kind}, ${title}`, book)))}
    ${leftOut(table)}${lost(table.lost)}`
}

function leftOut(table: FigureTable): Html {
  const words = leftWords(table)
  return words === undefined ? nothing : html`<p class=note>${words}</p>`
}

function oneTable({ workload, place }: FigureTable, groups: readonly FigureGroup[], label: string, book: Book): Html {
  const columns = columnsFor(
    workload,
    groups[0]?.figure ?? 'latency',
    groups.flatMap(({ rows }) => rows),
  )
  return html`
    <p class=note>${launchesIn(groups)}</p>
    <div class=scroll tabindex=0 role=region aria-label="${label}">
      <table class=figures>
        <thead><tr><th scope=col>Mechanism<th class=plot aria-hidden=true>${columns.map(head)}
        ${groups.map((group) => oneGroup(group, columns, (row) => book.anchors.ofRow(place, row)))}
      </table>
    </div>`
}

/** `5 launches of each cell`, or how few and how many, and how sure the intervals are: a single launch has none. */
function launchesIn(groups: readonly FigureGroup[]): string {
  const rows = groups.flatMap((group) => group.rows)
  const [fewest = 0, most = 0] = extent(rows, ({ launches }) => launches)
  const [surely = 0] = extent(
    rows.filter(({ confidence }) => confidence > 0),
    ({ confidence }) => confidence,
  )
  const counted = fewest === most ? countOf(most, 'launch', 'es') : `${fewest} to ${countOf(most, 'launch', 'es')}`
  if (surely === 0) return `${counted} of each cell.`
  return `${counted} of each cell. The interval holds the true median with a confidence of ${percent(surely)}${fewest === most ? '' : ' or more'}.`
}

const head = ({ head: name, unit, better }: Column): Html =>
  html`<th scope=col>${name}${unit === undefined ? nothing : html`<span>${unit}</span>`}${better === undefined ? nothing : html`<span>${better === 'lower' ? '↓ lower' : '↑ higher'} is better</span>`}`

/** End tags that may be left out are: a page has a thousand rows. */
function oneGroup({ size, where, rows }: FigureGroup, columns: readonly Column[], anchor: (row: FigureRow) => string) {
  const greatest = rows.reduce((most, { high }) => Math.max(most, high), 0)
  const placement = rows[0]?.cell.placement
  return html`
    <tbody data-size=${size} data-placement="${placement}">
    <tr class=condition><th scope=rowgroup colspan=${columns.length + 2}>${size === 0 ? nothing : html`<b>${bytes(size)}</b>`}<span>${where}</span>
    ${rows.map(
      (row, at) =>
        html`<tr id="${anchor(row)}"${at === 0 ? best : nothing}><th scope=row>${row.name}<td aria-hidden=true>${plot(row, greatest)}${columns.map((column) => html`<td>${column.cell(row) ?? nothingHere}`)}`,
    )}`
}

const best = trusted(' class=best')
const nothingHere = '–'

/** So many hundredths of the width are as much as the greatest of the group. */
const plotWidth = 96

/** A bar from zero, as long as the value is great among its group, with the interval at its end; in whole pixels. */
function plot({ value, low, high }: FigureRow, greatest: number): Html {
  const [at = 0, from = 0, to = 0] = [value, low, high].map((one) => Math.round((plotWidth * one) / greatest))
  if (!Number.isFinite(at + from + to)) return nothing
  return trusted(`<svg><rect width=${at} /><path d="M${from} 2v6m0-3H${to}m0-3v6"/></svg>`)
}

function lost(reasons: readonly Lost[]): Html {
  if (reasons.length === 0) return nothing
  const count = reasons.reduce((sum, one) => sum + launchesOf(one), 0)
  return html`
    <details class="aside lost">
      <summary>${countOf(count, 'launch', 'es')} without a figure</summary>
      <ul>${reasons.map(
        ({ verdict, message = 'no reason was recorded', cells }) =>
          html`<li>${verdict}: ${message}<span class=why>${cells.map(({ cell }) => `${rowName(cell)}, ${bytes(cell.size)}, ${whereOf(cell)}`).join(' · ')}</span>`,
      )}</ul>
    </details>`
}
