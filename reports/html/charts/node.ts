/**
 * What it costs to do the same from JavaScript: each way of Node beside the native one that it is held against, joined by a
 * line that is as long as the difference.
 */

import { cellName } from '../../../harness/measure/schedule.ts'
import type { CellSummary, Figure } from '../../../harness/measure/summary.ts'
import type { Workload } from '../../../harness/model.ts'
import { marksOf } from '../../view/cautions.ts'
import { multiple, significant } from '../../view/numbers.ts'
import { commonest, fullestAt, isDrawable, rowsIn, type Scene, shownName, titleAt } from '../../view/scenes.ts'
import { groupBy, rowsAt } from '../../view/tally.ts'
import { type Html, html, nothing, trusted } from '../escape.ts'
import { type Axis, decades, duration, messageRate } from './axis.ts'
import { type Block, type ChartOf, leftOut, panel, panels, spoken } from './chart.ts'
import { key, shapeIn } from './glyphs.ts'
import { rowPicture, tenth } from './rows.ts'
import type { Twin } from './twin.ts'

interface Pair {
  readonly name: string
  readonly node: CellSummary
  readonly native: CellSummary
}

interface Pairs {
  readonly scene: Scene
  readonly size: number
  readonly all: readonly Pair[]
}

const workloads: readonly Workload[] = ['pingpong', 'stream']

export const nativeAgainstNode: ChartOf = ({ places }) => {
  const found = fullestAt(places, workloads, ({ cell }) => cell.runtime === 'node')
  const shown = found.map(pairsOf).filter(({ all }) => all.length > 0)
  if (shown.length === 0) return undefined
  const axes = { latency: axisFor(shown, 'latency', duration), throughput: axisFor(shown, 'throughput', messageRate) }
  return {
    id: 'node',
    title: 'Native against Node',
    says: 'The same from a loop in C++ and from JavaScript, on a logarithmic scale: ← less is better of a round trip, → more is better of messages a second. The figure on the right is how many times as long Node takes.',
    blocks: [...groupBy(shown, ({ scene }) => scene.place).values()].map((own) => blockOf(own, axes)),
    notes: leftOut(found),
  }
}

/** At the size that most ways of Node have. What is held against what, the summary of a row says. */
function pairsOf(scene: Scene): Pairs {
  const size = commonest(scene.ways, (cell) => cell.size)
  const native = new Map(
    rowsAt(scene.place)
      .filter((row) => row.cell.runtime === 'native' && isDrawable(row))
      .map((row) => [`${row.arm} ${cellName(row.cell)}`, row]),
  )
  const all = rowsIn(scene.ways).flatMap((node) => {
    const twin = native.get(`${node.arm} ${node.heldAgainst?.baseline}`)
    if (node.cell.size !== size || twin === undefined || twin.figure !== node.figure) return []
    const { mechanism } = twin.cell
    const name = mechanism === node.cell.mechanism ? mechanism : `${node.cell.mechanism}: ${mechanism}`
    return [{ name, node, native: twin }]
  })
  return { scene, size, all: all.sort((a, b) => timesOf(a) - timesOf(b)) }
}

/** How many times as long Node takes. */
const timesOf = ({ node, native }: Pair): number =>
  node.figure === 'latency' ? node.value / native.value : native.value / node.value

const axisFor = (shown: readonly Pairs[], figure: Figure, words: (value: number) => string): Axis =>
  decades(
    shown
      .filter(({ scene }) => scene.figure === figure)
      .flatMap(({ all }) => all.flatMap(({ node, native }) => [node.value, native.value])),
    words,
  )

function blockOf(shown: readonly Pairs[], axes: Readonly<Record<Figure, Axis>>): Block {
  const place = shown[0]?.scene.place.title ?? ''
  const pictures = shown.map((pairs) => pictureOf(pairs, axes[pairs.scene.figure], place))
  return {
    title: place,
    findings: shown.flatMap(finding),
    pictures: [panels(pictures, 'broad')],
    twin: twinOf(place, shown),
  }
}

const titleOf = ({ scene, size }: Pairs): string => titleAt(scene, size)

function finding(pairs: Pairs): string[] {
  const [least, most] = [pairs.all[0], pairs.all.at(-1)]
  if (least === undefined || most === undefined || least === most) return []
  return [
    `${titleOf(pairs)}: Node takes ${multiple(timesOf(least))} as long as native code (\`${least.name}\`) to ${multiple(timesOf(most))} (\`${most.name}\`).`,
  ]
}

const [nativeSlot, nodeSlot] = [0, 3]

function pictureOf(pairs: Pairs, axis: Axis, place: string): Html {
  const says = `Native against Node, ${place}. ${spoken(finding(pairs)) || titleOf(pairs)}`
  const point = (slot: number, x: number, y: number) =>
    html`<g class="s${slot}"><path class="cp" d="M${tenth(x)} ${tenth(y)}${trusted(shapeIn(slot))}"/></g>`
  const picture = rowPicture({
    axis,
    names: pairs.all.map(({ name }) => name),
    rowHeight: 22,
    label: `Native against Node, ${titleOf(pairs)}, ${place}`,
    says,
    mark(at, x, middle) {
      const pair = pairs.all[at]
      if (pair === undefined) return nothing
      const [from, to] = [x(pair.native.value), x(pair.node.value)]
      return html`<path class="join" d="M${tenth(from)} ${tenth(middle)}H${tenth(to)}"/>${point(nativeSlot, from, middle)}${point(nodeSlot, to, middle)}<text class="v" x="${tenth(Math.max(from, to) + 9)}" y="${tenth(middle + 4)}">${multiple(timesOf(pair))}</text>`
    },
  })
  return panel(
    titleOf(pairs),
    html`${picture}<ul class=keys>${key(nativeSlot, 'native')}${key(nodeSlot, 'Node')}</ul>`,
    [],
  )
}

function twinOf(place: string, shown: readonly Pairs[]): Twin {
  const told = (row: CellSummary) =>
    `${row.figure === 'latency' ? `${significant(row.value / 1e3)} µs` : `${significant(row.value / 1e3)} k/s`}${marksOf(row)}`
  return {
    caption: `${place}: round trips in µs, messages in thousands a second`,
    heads: ['native', 'Node', 'times as long'],
    rows: shown.flatMap((pairs) =>
      pairs.all.map((pair) => ({
        name: `${shownName(pair.name)}, ${titleOf(pairs)}`,
        cells: [told(pair.native), told(pair.node), multiple(timesOf(pair))],
      })),
    ),
  }
}
