/**
 * A comparison as one page for the browser: a forest plot, each cell a line with its interval, and the tables that say the
 * same in words. No script, and nothing from the network.
 */

import type { CellChange, Comparison } from '../../harness/gate/compare.ts'
import { type Html, html, withCode } from '../html/escape.ts'
import { plainPage } from '../html/plain-page.ts'
import {
  caseNews,
  caution,
  cellNews,
  figuresOf,
  groupedCases,
  groupedCells,
  nameOf,
  nothingShared,
  ratioWords,
} from './words.ts'

export function comparisonHtml(comparison: Comparison): string {
  const body = html`<main>
    <h1>${comparison.before} against ${comparison.after}</h1>
    <p class=lead>${comparison.common.cells} cells and ${comparison.common.cases} cases that both have. ${
      comparison.common.cells > 0 ? withCode(caution) : comparison.common.cases > 0 ? '' : nothingShared
    }</p>
    ${environment(comparison)}
    ${groupedCases(comparison).map(
      ({ news, all }) => html`<section><h3>${all.length} ${caseNews[news]}</h3>
        ${table(
          ['Case', 'Where', 'Before', 'After', 'What it says'],
          all.map((one) => [one.id, one.place, one.before, one.after, one.message ?? '']),
        )}</section>`,
    )}
    ${groupedCells(comparison).map(
      ({ news, all }) => html`<section><h3>${cellNews[news].sign} ${all.length} ${cellNews[news].title}</h3>
        ${forest(all)}
        ${table(
          ['Cell', 'Before → after', 'Times the cost (95 % interval)', 'Launches'],
          all.map((one) => [nameOf(one), figuresOf(one), ratioWords(one), one.launches.join(' and ')]),
        )}</section>`,
    )}</main>`
  return plainPage(`${comparison.before} against ${comparison.after}`, own, body)
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): Html => html`<table class=plain>
  <thead><tr>${heads.map((head) => html`<th scope=col>${head}`)}</thead>
  <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => (at === 0 ? html`<th scope=row>${cell}` : html`<td>${cell}`))}`)}</tbody>
</table>`

function environment({ environment: changes }: Comparison): Html {
  if (changes.length === 0) return html`<p class=note>The same machine and the same ipcmark.</p>`
  const rows = changes.map(({ what, matters, before, after }) => [matters ? `${what} (matters)` : what, before, after])
  return html`<section><h3>Environments</h3>${table(['What', 'Before', 'After'], rows)}</section>`
}

// ---------------------------------------------------------------------------------------------------------- forest plot

const rowHeight = 22
const plotWidth = 420
const nameWidth = 430
const margin = 24
/** The axis never reaches further than this many times the cost, or as small a part: longer intervals end in an arrow. */
const furthest = 4

function forest(changes: readonly CellChange[]): Html {
  const reach = Math.min(
    Math.log(furthest),
    Math.max(Math.log(1.2), ...changes.flatMap(({ low, high }) => [Math.abs(Math.log(low)), Math.abs(Math.log(high))])),
  )
  const x = (ratio: number) => nameWidth + (plotWidth / 2) * (1 + Math.max(-1, Math.min(1, Math.log(ratio) / reach)))
  const height = changes.length * rowHeight + 2 * margin
  const ticks = [Math.exp(-reach), Math.exp(-reach / 2), 1, Math.exp(reach / 2), Math.exp(reach)]
  const marks = ticks.map(
    (
      ratio,
    ) => html`<line x1="${x(ratio)}" x2="${x(ratio)}" y1="${margin}" y2="${height - margin}" class="${ratio === 1 ? 'one' : 'tick'}"/>
      <text x="${x(ratio)}" y="${height - 6}" class=at>${ratio.toFixed(2)}×</text>`,
  )
  const rows = changes.map((change, i) => {
    const y = margin + (i + 0.5) * rowHeight
    return html`<g class="${change.news}"><text x="${nameWidth - 10}" y="${y + 4}" class=name>${nameOf(change)}</text>
      <line x1="${x(change.low)}" x2="${x(change.high)}" y1="${y}" y2="${y}" class=range />
      <circle cx="${x(change.ratio)}" cy="${y}" r=4 /></g>`
  })
  const width = nameWidth + plotWidth + margin
  return html`<figure class=forest><svg viewBox="0 0 ${width} ${height}" role=img aria-label="How many times as much each cell costs, with its interval; the table below has the same figures.">${marks}${rows}</svg></figure>`
}

const own = `
h1{font-size:1.6rem;margin-top:2.5rem;overflow-wrap:anywhere}
.plain{border-collapse:collapse;width:100%;font-size:.9rem}
.plain th,.plain td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.plain thead th{color:var(--soft);font-weight:600}
.forest{overflow-x:auto;margin:.5rem 0 1rem}
.forest svg{width:100%;min-width:40rem;height:auto;font:12px var(--text)}
.forest text{fill:var(--ink)}.forest .name{text-anchor:end;font:11px var(--code)}.forest .at{text-anchor:middle;fill:var(--soft)}
.forest .tick{stroke:var(--line)}.forest .one{stroke:var(--soft);stroke-dasharray:3 3}
.forest .range{stroke:currentColor;stroke-width:2}.forest circle{fill:currentColor}
.forest g{color:var(--soft)}.forest .slower{color:var(--fail)}.forest .faster{color:var(--pass)}.forest .cannot-tell{color:var(--broken)}
`
