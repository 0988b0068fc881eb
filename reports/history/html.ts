/** Trends as one page for the browser: a line for each cell with its levels, and the same in a table. No script. */

import { extent } from 'd3-array'
import type { Trend } from '../../harness/gate/history.ts'
import { type Html, html } from '../html/escape.ts'
import { plainPage } from '../html/plain-page.ts'
import { significant } from '../view/numbers.ts'
import { unitOf } from '../view/quantity.ts'
import { changeWords, titleOf } from './terminal.ts'

const [width, height, margin] = [640, 120, 12]

export function historyHtml(trends: readonly Trend[], runs: number): string {
  const body = html`<main><h1>${trends.length} cells over ${runs} runs</h1>
    <p class=lead>Each point is the median of a run's launches. A vertical line is where the level changed, by E-divisive at 5 %: runs before and after it differ by more than shuffling them would give.</p>
    ${trends.map(oneTrend)}</main>`
  return plainPage(`history of ${runs} runs`, own, body)
}

function oneTrend(trend: Trend): Html {
  const unit = unitOf(trend.figure, trend.cell.workload, 0)
  const values = trend.points.map(({ value }) => unit.in({ value }))
  return html`<section class=trend><h3>${titleOf(trend)}</h3>
    <p class=note>${unit.name}, ${unit.better} is better</p>
    ${line(trend, values)}
    ${trend.changes.map((change) => html`<p>${changeWords(trend, change)}</p>`)}
    <details><summary>${trend.points.length} runs</summary><table class=plain><thead><tr><th scope=col>Run<th scope=col>Started<th scope=col>${unit.name}</thead>
      <tbody>${trend.points.map(({ run, started }, i) => html`<tr><th scope=row>${run}<td>${started}<td>${significant(values[i] ?? Number.NaN)}`)}</tbody></table></details></section>`
}

function line({ changes, ...trend }: Trend, values: readonly number[]): Html {
  const [low = 0, high = 0] = extent(values)
  const x = (i: number) => margin + (values.length < 2 ? 0 : (i / (values.length - 1)) * (width - 2 * margin))
  const y = (value: number) =>
    height - margin - (high > low ? (value - low) / (high - low) : 0.5) * (height - 2 * margin)
  const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return html`<figure><svg viewBox="0 0 ${width} ${height}" role=img aria-label="${titleOf(trend)} over ${values.length} runs, from ${significant(low)} to ${significant(high)}; the table below has every value">
    ${changes.map(({ at }) => html`<line x1="${x(at - 0.5)}" x2="${x(at - 0.5)}" y1=0 y2="${height}" class=change />`)}
    <polyline points="${points}"/>${values.map((value, i) => html`<circle cx="${x(i)}" cy="${y(value)}" r=3 />`)}</svg></figure>`
}

const own = `
h1{font-size:1.6rem;margin-top:2.5rem}
.trend svg{width:100%;max-width:50rem;height:auto;display:block}
.trend polyline{fill:none;stroke:var(--accent);stroke-width:1.5}.trend circle{fill:var(--accent)}
.trend .change{stroke:var(--fail);stroke-dasharray:4 3}
.plain{border-collapse:collapse;font-size:.85rem}.plain th,.plain td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--line);font-weight:400;overflow-wrap:anywhere}
`
