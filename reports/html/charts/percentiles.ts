/**
 * How long the slow ones took: latency against percentile, on the scale of HdrHistogram, on which each further nine has as
 * much room as the one before. The percentiles are of the launches' histograms added up, never averaged, and each line
 * ends where fewer than ten samples lie above.
 */

import { bytes, multiple, significant } from '../../view/numbers.ts'
import { commonest, inConditionOrder, type Scene, scenesAt, shownName, telling, type Way } from '../../view/scenes.ts'
import { groupBy } from '../../view/tally.ts'
import { type Axis, duration, hasPlace } from './axis.ts'
import { type Block, type ChartOf, leftOut, painter, panel, panels, spoken } from './chart.ts'
import { slots } from './glyphs.ts'
import { type Axes, axesOf, drawable, drawn, type Line, smallFrame } from './lines.ts'
import type { Twin } from './twin.ts'

const gap = '\u202f'

/** 1 of how many is slower: 10 of the 90th percentile. */
const oneOf = (share: number): number => 1 / (1 - share)

const named = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999] as const

const isNamed = (share: number): boolean => named.some((one) => Math.abs(one - share) < 1e-9)

const percentWords = (share: number): string => `${Number((share * 100).toFixed(4))}${gap}%`

function percentAxis(values: readonly number[]): Axis {
  const most = Math.max(2, ...values)
  // Further ones would stand over each other.
  const ticks = named
    .slice(0, 5)
    .map(oneOf)
    .filter((tick) => tick <= most * 1.001)
  return { kind: 'log', domain: [1, most], ticks, words: (value) => percentWords(1 - 1 / value) }
}

interface Drawn {
  readonly scene: Scene
  readonly size: number
  readonly ways: readonly Way[]
}

export const percentileCurves: ChartOf = ({ places }) => {
  const scenes = scenesAt(places, { workload: 'pingpong' }).filter(({ figure }) => figure === 'latency')
  const all = scenes.map(drawnOf).filter(({ ways }) => ways.length > 0)
  if (all.length === 0) return undefined
  const lines = all.flatMap(({ ways, size }) => ways.map((way) => lineOf(way, size)))
  const axes = axesOf(lines, percentAxis, duration)
  const byPlace = groupBy(all, ({ scene }) => scene.place)
  return {
    id: 'percentiles',
    title: 'The slow ones: latency against percentile',
    says: 'Round trip: ↓ lower is better, and the flatter the more even. To the right there is ten times as much room for the slowest tenth, hundredth, thousandth. All launches of a way are added up, and a line ends where fewer than ten round trips were slower.',
    blocks: [...byPlace.values()].map((own) => blockOf(own, axes)),
    notes: leftOut(scenes),
  }
}

/** At the size that most have: those of the most telling ways that have a curve. */
function drawnOf(scene: Scene): Drawn {
  const size = commonest(scene.ways, (cell) => cell.size)
  const ways = scene.ways.filter((way) => drawable(lineOf(way, size)).length > 1)
  const at = ways.map((way) => ({ ...way, rows: way.rows.filter(({ cell }) => cell.size === size) }))
  return { scene, size, ways: telling(at, slots, () => true) }
}

function lineOf({ name, rows }: Way, size: number): Line {
  const row = rows.find(({ cell }) => cell.size === size)
  return { name, points: (row?.curve ?? []).map(([share, ns]) => ({ x: oneOf(share), y: ns, bare: !isNamed(share) })) }
}

function blockOf(all: readonly Drawn[], axes: Axes): Block {
  const place = all[0]?.scene.place.title ?? ''
  const paint = painter()
  const ordered = [...all].sort((a, b) => inConditionOrder(a.scene.where, b.scene.where))
  const pictures = ordered.map((one) => {
    const told = paint(one.ways.map((way) => lineOf(way, one.size)))
    const says = `Latency against percentile, ${place}, ${titleOf(one)}. ${spoken(evenness(one))}`
    return panel(titleOf(one), drawn({ axes, frame: smallFrame, lines: told, says }), told)
  })
  const findings = ordered.flatMap(evenness)
  return { title: place, findings, pictures: [panels(pictures)], twin: twinOf(place, ordered) }
}

const titleOf = ({ scene, size }: Drawn): string => `${scene.where}, ${bytes(size)}`

/** How much longer than the median the slowest hundredth takes. */
function evenness({ scene, ways }: Drawn): string[] {
  const known = ways.flatMap(({ name, rows: [row] }) =>
    row !== undefined && hasPlace(row.p99) ? [{ name, times: row.p99 / row.value }] : [],
  )
  const ordered = known.sort((a, b) => a.times - b.times)
  const [least, most] = ordered.length < 2 ? [] : [ordered[0], ordered.at(-1)]
  if (least === undefined || most === undefined) return []
  return [
    `${scene.where}: one in a hundred takes at least ${multiple(least.times)} the median of \`${least.name}\`, and ${multiple(most.times)} of \`${most.name}\`.`,
  ]
}

/** The same lines at the percentiles that have a name. */
function twinOf(place: string, all: readonly Drawn[]): Twin {
  const rows = all.flatMap((one) =>
    one.ways.map(({ name, rows: [row] }) => {
      const at = (share: number) => row?.curve?.find(([own]) => Math.abs(own - share) < 1e-9)?.[1]
      return { name: `${shownName(name)}, ${titleOf(one)}`, values: named.map(at) }
    }),
  )
  const reached = named.filter((_, at) => rows.some(({ values }) => values[at] !== undefined))
  return {
    caption: `${place}: round trip, µs, that so many did not exceed`,
    heads: reached.map(percentWords),
    rows: rows.map(({ name, values }) => ({
      name,
      cells: reached.map((_, at) => {
        const ns = values[at]
        return ns === undefined ? undefined : significant(ns / 1e3)
      }),
    })),
  }
}
