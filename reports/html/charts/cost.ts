/**
 * What a message costs in processor time: a bar for each side, what the program itself spent filled, what the system spent
 * for it hollow. What spins pays for its latency here.
 */

import type { CellSummary } from '../../../harness/measure/summary.ts'
import type { Workload } from '../../../harness/model.ts'
import { multiple, significant } from '../../view/numbers.ts'
import { commonest, fullestAt, type Scene, shownName, telling, titleAt, type Way } from '../../view/scenes.ts'
import { groupBy } from '../../view/tally.ts'
import { type Html, html, nothing, trusted } from '../escape.ts'
import { type Axis, duration, fromZero, hasPlace } from './axis.ts'
import { type Block, type ChartOf, leftOut, panel, panels, spoken } from './chart.ts'
import { rowPicture, tenth } from './rows.ts'
import type { Twin } from './twin.ts'

interface Side {
  readonly user: number
  readonly system: number
}

interface Cost {
  readonly name: string
  readonly producer: Side
  readonly consumer: Side
}

interface Costs {
  readonly scene: Scene
  readonly size: number
  readonly all: readonly Cost[]
}

const workloads: readonly Workload[] = ['pingpong', 'stream']
const most = 12

export const costPerMessage: ChartOf = ({ places }) => {
  const found = fullestAt(places, workloads)
  const shown = found.map(costsOf).filter(({ all }) => all.length > 0)
  if (shown.length === 0) return undefined
  const axes = new Map(
    workloads.map((workload) => [workload, axisFor(shown.filter(({ scene }) => scene.workload === workload))]),
  )
  return {
    id: 'cost',
    title: 'Processor time for a message',
    says: 'User and system time of each side: ← shorter is better. Of each way the upper bar is the producer and the lower one the consumer; filled is time in the program itself, hollow is time in the system. A round trip is two messages.',
    blocks: [...groupBy(shown, ({ scene }) => scene.place).values()].map((own) => blockOf(own, axes)),
    notes: leftOut(found),
  }
}

function costsOf(scene: Scene): Costs {
  const size = commonest(scene.ways, (cell) => cell.size)
  const named = telling(scene.ways, most, (cell) => cell.size === size)
  const all = named.flatMap(({ name, rows }: Way) => {
    const row = rows.find(({ cell }) => cell.size === size)
    return row === undefined || !isCounted(row) ? [] : [costOf(name, row)]
  })
  return { scene, size, all: all.sort((a, b) => totalOf(a) - totalOf(b)) }
}

const isCounted = ({ producerCpuNs, consumerCpuNs }: CellSummary): boolean =>
  hasPlace(producerCpuNs) && hasPlace(consumerCpuNs)

/** Where nobody can tell whose time it was, it is the system's: processors are accounted for by it. */
function costOf(name: string, row: CellSummary): Cost {
  const side = (total: number, share = 0): Side => ({ user: total * share, system: total * (1 - share) })
  return {
    name,
    producer: side(row.producerCpuNs, row.producerUserShare),
    consumer: side(row.consumerCpuNs, row.consumerUserShare),
  }
}

const sumOf = ({ user, system }: Side): number => user + system
const totalOf = ({ producer, consumer }: Cost): number => sumOf(producer) + sumOf(consumer)

const axisFor = (shown: readonly Costs[]): Axis =>
  fromZero(
    shown.flatMap(({ all }) => all.flatMap(({ producer, consumer }) => [sumOf(producer), sumOf(consumer)])),
    (ns) => (ns === 0 ? '0' : duration(ns)),
  )

function blockOf(shown: readonly Costs[], axes: ReadonlyMap<Workload, Axis>): Block {
  const place = shown[0]?.scene.place.title ?? ''
  const pictures = shown.flatMap((costs) => {
    const axis = axes.get(costs.scene.workload)
    return axis === undefined ? [] : [pictureOf(costs, axis, place)]
  })
  return {
    title: place,
    findings: shown.flatMap(finding),
    pictures: [panels(pictures, 'broad')],
    twin: twinOf(place, shown),
  }
}

const titleOf = ({ scene, size }: Costs): string => titleAt(scene, size)

function finding(costs: Costs): string[] {
  const [least, last] = [costs.all[0], costs.all.at(-1)]
  if (least === undefined || last === undefined || least === last) return []
  return [
    `${titleOf(costs)}: both sides of \`${least.name}\` spend ${duration(totalOf(least))} for a message, those of \`${last.name}\` ${duration(totalOf(last))}, ${multiple(totalOf(last) / totalOf(least))} as much.`,
  ]
}

const barHeight = 10

function pictureOf(costs: Costs, axis: Axis, place: string): Html {
  const says = `Processor time for a message, ${place}. ${spoken(finding(costs)) || titleOf(costs)}`
  const names = costs.all.map(({ name }) => name)
  const picture = rowPicture({
    axis,
    names,
    rowHeight: 34,
    label: `Processor time for a message, ${titleOf(costs)}, ${place}`,
    says,
    mark(at, x, middle) {
      const cost = costs.all[at]
      if (cost === undefined) return nothing
      return html`${bar(cost.producer, 's0', x, middle - barHeight - 1)}${bar(cost.consumer, 's1', x, middle + 1)}`
    },
  })
  return panel(titleOf(costs), html`${picture}${legend}`, [])
}

function bar(side: Side, slot: string, x: (value: number) => number, top: number): Html {
  const [from, between, to] = [x(0), x(side.user), x(sumOf(side))]
  const rect = (kind: string, a: number, b: number) =>
    b - a < 0.3 ? '' : `<path class="${kind}" d="M${tenth(a)} ${tenth(top)}H${tenth(b)}v${barHeight}H${tenth(a)}z"/>`
  return html`<g class="${slot}">${trusted(rect('user', from, between) + rect('system', between, to))}<text class="v" x="${tenth(to + 5)}" y="${tenth(top + barHeight - 0.5)}">${duration(sumOf(side))}</text></g>`
}

const swatch = (slot: string, kind: string, words: string): Html =>
  html`<li><svg class="key ${slot}" viewBox="0 0 30 12" aria-hidden="true"><path class="${kind}" d="M1 1H29V11H1z"/></svg>${words}`

const legend: Html = html`<ul class=keys>${swatch('s0', 'user', 'producer, user')}${swatch('s0', 'system', 'producer, system')}${swatch('s1', 'user', 'consumer, user')}${swatch('s1', 'system', 'consumer, system')}</ul>`

function twinOf(place: string, shown: readonly Costs[]): Twin {
  const sides = ({ producer, consumer }: Cost) =>
    [producer, consumer].flatMap((side) => [side.user, side.system, sumOf(side)]).map(significant)
  return {
    caption: `${place}: processor time for a message, ns`,
    heads: ['producer, user', 'system', 'both', 'consumer, user', 'system', 'both'],
    rows: shown.flatMap((costs) =>
      costs.all.map((cost) => ({ name: `${shownName(cost.name)}, ${titleOf(costs)}`, cells: sides(cost) })),
    ),
  }
}
