/**
 * A picture of lines over two axes, as SVG. Its colours, dashes and widths are in the style; what is here are places,
 * rounded to a tenth of a unit. It is an image with one name that says what it shows: its numbers are in the table below.
 */

import { line } from 'd3-shape'
import { shorten } from '../../view/visible.ts'
import { type Html, html, nothing, trusted } from '../escape.ts'
import { type Axis, decades, hasPlace, scaleOf } from './axis.ts'
import { ring, shapeIn } from './glyphs.ts'
import { clearest, placed, widthOf } from './labels.ts'

export interface Point {
  readonly x: number
  readonly y: number
  readonly low?: number
  readonly high?: number
  /** There is something to know about it. */
  readonly ringed?: boolean
  /** One of many between others: it has no shape. */
  readonly bare?: boolean
}

export interface Line {
  readonly name: string
  readonly points: readonly Point[]
}

/** A line with a colour, dashes and a shape of its own. */
export interface Told extends Line {
  readonly slot: number
}

export interface Axes {
  readonly x: Axis
  readonly y: Axis
}

export interface Frame {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

const longestLabel = 28
const labelGap = 9

export const smallFrame: Frame = { width: 360, height: 236, top: 10, right: 20, bottom: 26, left: 66 }

/** With room for the names at the ends of the lines; `half` as wide, where another stands beside it. */
export function labelledFrame(names: readonly string[], half: boolean): Frame {
  const longest = Math.max(0, ...names.map((name) => widthOf(labelOf(name))))
  const right = Math.ceil(longest + labelGap + 4)
  return { width: half ? 600 : 880, height: half ? 340 : 410, top: 10, right, bottom: 26, left: 66 }
}

const labelOf = (name: string): string => shorten(name, longestLabel)

const rounded = (value: number): string => String(Math.round(value * 10) / 10)

/** Points that have a place, from left to right. */
export const drawable = ({ points }: Line): Point[] =>
  points.filter(({ x, y }) => hasPlace(x) && hasPlace(y)).sort((a, b) => a.x - b.x)

/** Axes that all the points of lines have room on, and their intervals. */
export function axesOf(
  lines: readonly Line[],
  across: (values: readonly number[]) => Axis,
  words: (value: number) => string,
): Axes {
  const points = lines.flatMap(drawable)
  const heights = points.flatMap(({ y, low = y, high = y }) => [y, low, high])
  return { x: across(points.map(({ x }) => x)), y: decades(heights, words) }
}

interface Scales {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

const inset = 6

const scalesIn = ({ x, y }: Axes, { width, height, top, right, bottom, left }: Frame): Scales => ({
  x: scaleOf(x, [left + inset, width - right - inset]),
  y: scaleOf(y, [height - bottom, top]),
})

/** Lines that are there to be compared with, as one path. */
export function backdropOf(axes: Axes, frame: Frame, lines: readonly Line[]): string {
  const { x, y } = scalesIn(axes, frame)
  const draw = pathOf(x, y)
  return lines.map((one) => draw(drawable(one)) ?? '').join('')
}

const pathOf = (x: Scales['x'], y: Scales['y']) =>
  line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1)

export interface Picture {
  readonly axes: Axes
  readonly frame: Frame
  readonly lines: readonly Told[]
  readonly backdrop?: Html
  /** Names stand at the ends of the lines; without, a legend has to say them. */
  readonly labelled?: boolean
  readonly says: string
}

export function drawn({ axes, frame, lines, backdrop = nothing, labelled = false, says }: Picture): Html {
  const scales = scalesIn(axes, frame)
  return html`
    <svg class="plot-area${labelled ? (frame.width > 600 ? ' wide' : ' half') : ''}" role="img" viewBox="0 0 ${frame.width} ${frame.height}" aria-label="${says}">
      ${grid(axes, frame, scales)}${backdrop}
      ${lines.map((one) => drawLine(one, scales))}
      ${labelled ? names(lines, frame, scales) : nothing}
    </svg>`
}

function grid({ x, y }: Axes, { width, height, right, bottom, left }: Frame, scales: Scales): Html {
  const floor = height - bottom
  const across = y.ticks.map((tick) => `M${left} ${rounded(scales.y(tick))}H${width - right}`).join('')
  return html`
    <path class="grid" d="${trusted(`${across}M${left} ${floor}H${width - right}`)}"/>
    <path class="axis" d="${trusted(x.ticks.map((tick) => `M${rounded(scales.x(tick))} ${floor}v4`).join(''))}"/>
    <g class="ty">${y.ticks.map((tick) => html`<text x="${left - 6}" y="${rounded(scales.y(tick) + 4)}">${y.words(tick)}</text>`)}</g>
    <g class="tx">${x.ticks.map((tick) => html`<text x="${rounded(scales.x(tick))}" y="${floor + 18}">${x.words(tick)}</text>`)}</g>`
}

function drawLine(one: Told, { x, y }: Scales): Html {
  const points = drawable(one)
  if (points.length === 0) return nothing
  const bars = points.map((point) => barOf(point, x, y)).join('')
  const at = ({ x: across, y: up }: Point) => `M${rounded(x(across))} ${rounded(y(up))}`
  const shapes = points.map((point) => (point.bare ? '' : `${at(point)}${shapeIn(one.slot)}`)).join('')
  const rings = points.map((point) => (point.ringed ? `${at(point)}${ring}` : '')).join('')
  const path = (kind: string, d: string) => (d === '' ? nothing : trusted(`<path class="${kind}" d="${d}"/>`))
  return html`<g class="s${one.slot}">${path('ce', bars)}${path('cl', pathOf(x, y)(points) ?? '')}${path('cp', shapes)}${path('cr', rings)}</g>`
}

/** The interval, where it is long enough to be seen behind the point. */
function barOf({ x: across, low, high }: Point, x: Scales['x'], y: Scales['y']): string {
  if (!hasPlace(low) || !hasPlace(high)) return ''
  const [bottom, top] = [y(low), y(high)]
  return Math.abs(bottom - top) < 1 ? '' : `M${rounded(x(across))} ${rounded(bottom)}V${rounded(top)}`
}

function names(lines: readonly Told[], { top, height, bottom }: Frame, scales: Scales): Html[] {
  const paths = lines.map((one) => drawable(one).map(({ x, y }) => [scales.x(x), scales.y(y)] as const))
  const ends = lines.flatMap((one, at) => {
    const last = paths[at]?.at(-1)
    return last === undefined ? [] : [{ one, x: last[0], y: last[1], others: paths.filter((_, other) => other !== at) }]
  })
  const ordered = ends.sort((a, b) => a.y - b.y)
  const labels = ordered.map(({ one, x, y, others }) =>
    clearest({ text: labelOf(one.name), x: x + labelGap, y: y + 4 }, others),
  )
  return placed(labels, top + 8, height - bottom - 2).map(({ text, x, y }, at) => {
    const { one, y: own } = ordered[at] as (typeof ordered)[number]
    const lead =
      Math.abs(y - 4 - own) > farFrom
        ? html`<path class="leader" d="M${rounded(x - 5)} ${rounded(own)}L${rounded(x - 2)} ${rounded(y - 4)}"/>`
        : nothing
    return html`<g class="n s${one.slot}">${lead}<text x="${rounded(x)}" y="${rounded(y)}">${text}</text></g>`
  })
}

/** A name that was moved farther than this is led to. */
const farFrom = 5
