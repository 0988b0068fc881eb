/**
 * A forest plot: for each cell how many times as much it costs, as a point on a line of ratios, and how far that may be
 * off. The table beside it says the same in figures.
 */

import { max } from 'd3-array'
import { scaleLinear, scaleLog } from 'd3-scale'
import { shorten } from '../view/visible.ts'
import { type Html, html, nothing } from './escape.ts'

export interface ForestRow {
  readonly name: string
  /** A class of the style, which gives the row its colour. */
  readonly kind: string
  readonly ratio: number
  /** The ends of its interval; of a one-sided one only `low`. */
  readonly low?: number
  readonly high?: number
  /** From which ratio on it counts. */
  readonly threshold?: number
}

const rowHeight = 24
const plotWidth = 440
const margin = 28
const labelWidth = 48
const gap = 18
const longestName = 56
/** Of one character of a name. */
const glyphWidth = 6.8
/** The axis never reaches further than this many times the cost, or as small a part: what is beyond stands at its end. */
const furthest = 4
const nearest = 1.15
const room = 1.03

export function forest(rows: readonly ForestRow[], label: string): Html {
  if (rows.length === 0) return nothing
  const reach = reachOf(rows)
  const nameWidth = gap + glyphWidth * Math.min(longestName, max(rows, ({ name }) => name.length) ?? 0)
  const scale = scaleLog(reach, [nameWidth, nameWidth + plotWidth]).clamp(true)
  const x = (ratio: number) => tenth(ratio > 0 ? scale(ratio) : nameWidth)
  const height = rows.length * rowHeight + 2 * margin
  const ticks = apart(scaleLinear(reach, [0, 1]).ticks(7), x)
  const lines = ticks.map(
    (
      ratio,
    ) => html`<line x1="${x(ratio)}" x2="${x(ratio)}" y1="${margin}" y2="${height - margin}" class="${ratio === 1 ? 'one' : 'tick'}"/>
      <text x="${x(ratio)}" y="${height - 8}" class=at>${ratio.toFixed(2)}×</text>`,
  )
  const drawn = rows.map((row, i) => oneRow(row, nameWidth - gap, margin + (i + 0.5) * rowHeight, x))
  const width = tenth(nameWidth + plotWidth + margin)
  return html`<figure class=forest tabindex=0 role=region aria-label="${label}"><svg viewBox="0 0 ${width} ${height}" role=img aria-label="How many times as much each cell costs; the table has the same figures.">${lines}${drawn}</svg></figure>`
}

function oneRow(row: ForestRow, nameEnd: number, y: number, x: (ratio: number) => number): Html {
  const { name, kind, ratio, low, high, threshold } = row
  const upright = (at: number | undefined, half: number, kindOfLine: string) =>
    at === undefined
      ? nothing
      : html`<line x1="${x(at)}" x2="${x(at)}" y1="${y - half}" y2="${y + half}" class=${kindOfLine} />`
  const range =
    low === undefined ? nothing : html`<line x1="${x(low)}" x2="${x(high ?? ratio)}" y1="${y}" y2="${y}" class=range />`
  return html`<g class="${kind}"><text x="${tenth(nameEnd)}" y="${y + 4}" class=name>${shorten(name, longestName)}</text>
    ${upright(threshold, 7, 'threshold')}${range}${upright(low, 5, 'end')}${upright(high, 5, 'end')}<circle cx="${x(ratio)}" cy="${y}" r=4 /></g>`
}

/** So far that every end is on the axis, if it is not too far. */
function reachOf(rows: readonly ForestRow[]): readonly [from: number, to: number] {
  const ends = rows
    .flatMap(({ ratio, low = ratio, high = ratio, threshold = ratio }) => [ratio, low, high, threshold])
    .filter((end) => end > 0 && Number.isFinite(end))
  return [
    Math.max(1 / furthest, Math.min(1 / nearest, ...ends.map((end) => end / room))),
    Math.min(furthest, Math.max(nearest, ...ends.map((end) => end * room))),
  ]
}

/** Those whose labels do not run into each other, in either direction from where nothing has changed. */
function apart(ticks: readonly number[], x: (ratio: number) => number): number[] {
  const kept: number[] = []
  for (const tick of [...ticks].sort((a, b) => Math.abs(Math.log(a)) - Math.abs(Math.log(b)))) {
    if (kept.every((one) => Math.abs(x(one) - x(tick)) >= labelWidth)) kept.push(tick)
  }
  return kept
}

const tenth = (value: number): number => Math.round(10 * value) / 10

export const forestStyle = `
.forest{overflow-x:auto;margin:1rem 0}
.forest svg{display:block;width:100%;max-width:60rem;min-width:40rem;height:auto;font:12px var(--text)}
.forest text{fill:var(--ink)}.forest .name{text-anchor:end;font:11px var(--code)}.forest .at{text-anchor:middle;fill:var(--soft)}
.forest .tick{stroke:var(--line)}.forest .one{stroke:var(--soft);stroke-dasharray:3 3}
.forest .range,.forest .end{stroke:currentColor;stroke-width:2}.forest circle{fill:currentColor}.forest .threshold{stroke:var(--soft);stroke-width:1.5}
.forest g{color:var(--soft)}
`
