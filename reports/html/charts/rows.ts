/** The ground of a picture in which each way has a row of its own: names on the left, a scale that all of them share below. */

import { shorten } from '../../view/visible.ts'
import { type Html, html, trusted } from '../escape.ts'
import { type Axis, scaleOf } from './axis.ts'

export interface Rows {
  readonly axis: Axis
  readonly names: readonly string[]
  readonly rowHeight: number
  /** Of the region that scrolls where it is too wide. */
  readonly label: string
  readonly says: string
  /** What stands in a row, from its middle. */
  mark(at: number, x: (value: number) => number, middle: number): Html
}

const width = 600
const nameWidth = 204
const right = 70
const below = 24
const longestName = 28

export const tenth = (value: number): string => String(Math.round(value * 10) / 10)

export function rowPicture({ axis, names, rowHeight, label, says, mark }: Rows): Html {
  const floor = names.length * rowHeight
  const x = scaleOf(axis, [nameWidth, width - right])
  const middle = (at: number) => (at + 0.5) * rowHeight
  return html`
    <div class=scroll tabindex=0 role=region aria-label="${label}">
    <svg class="plot-area rows" role="img" viewBox="0 0 ${width} ${floor + below}" aria-label="${says}">
      <path class="grid" d="${trusted(axis.ticks.map((tick) => `M${tenth(x(tick))} 0V${floor}`).join(''))}"/>
      <g class="tx">${axis.ticks.map((tick) => html`<text x="${tenth(x(tick))}" y="${floor + 17}">${axis.words(tick)}</text>`)}</g>
      <g class="ty">${names.map((name, at) => html`<text x="${nameWidth - 8}" y="${tenth(middle(at) + 4)}">${shorten(name, longestName)}</text>`)}</g>
      ${names.map((_, at) => mark(at, x, middle(at)))}
    </svg></div>`
}
