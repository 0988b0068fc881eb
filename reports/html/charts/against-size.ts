/**
 * Latency and throughput against the size of messages, on logarithmic scales: the most telling ways by name over all the
 * others in grey, and then each family by itself, on the same scales over the same grey.
 */

import type { CellSummary, Figure } from '../../../harness/measure/summary.ts'
import type { Cell, Workload } from '../../../harness/model.ts'
import { marksOf } from '../../view/cautions.ts'
import { explained } from '../../view/explained.ts'
import { byFamily } from '../../view/families.ts'
import { bytes, significant } from '../../view/numbers.ts'
import { bestFirst, commonest, rowsIn, type Scene, scenesAt, shownName, telling, type Way } from '../../view/scenes.ts'
import { type Html, html } from '../escape.ts'
import { byteRate, duration, sizes } from './axis.ts'
import { type Block, type ChartOf, leftOut, namesOf, painter, panel, panels, scrolling, spoken } from './chart.ts'
import { slots } from './glyphs.ts'
import {
  type Axes,
  axesOf,
  backdropOf,
  drawable,
  drawn,
  type Frame,
  type Line,
  labelledFrame,
  type Point,
  smallFrame,
  type Told,
} from './lines.ts'
import type { Twin } from './twin.ts'

interface Kind {
  readonly id: string
  readonly title: string
  readonly workload: Workload
  readonly figure: Figure
  readonly says: string
  /** The unit of its table. */
  readonly unit: string
  readonly per: number
  /** What is drawn of a figure of the row. */
  drawn(row: CellSummary, figure: number): number
  words(value: number): string
  readonly explains: readonly ((rows: readonly CellSummary[]) => string[])[]
}

const howToRead =
  'Both scales are logarithmic. A bar through a point is the interval for the median of its launches; one that cannot be seen is smaller than the point. Named are the best way of each family, those that sleep apart from those that spin or yield, and then the slowest of the families that reach farthest. The others are grey; each family follows by itself, on the same scales.'

const latency: Kind = {
  id: 'latency',
  title: 'Latency against size',
  workload: 'pingpong',
  figure: 'latency',
  says: `Round trip, p50: ↓ lower is better. ${howToRead}`,
  unit: 'round trip, p50, µs',
  per: 1e3,
  drawn: (_, figure) => figure,
  words: duration,
  explains: [explained.fixedPart, explained.best],
}

const throughput: Kind = {
  id: 'throughput',
  title: 'Throughput against size',
  workload: 'stream',
  figure: 'throughput',
  says: `Bytes a second at the receiver: ↑ higher is better. ${howToRead}`,
  unit: 'at the receiver, MB/s',
  per: 1e6,
  drawn: ({ value, bytesPerSecond = Number.NaN }, figure) => (figure / value) * bytesPerSecond,
  words: byteRate,
  explains: [explained.saturation, explained.best],
}

/** A way that was measured at one size shows no growth. */
const fewestSizes = 2
const sizeOf = ({ cell }: CellSummary): number => cell.size

const against =
  (kind: Kind): ChartOf =>
  ({ places }) => {
    const all = scenesAt(places, { workload: kind.workload }).filter(({ figure }) => figure === kind.figure)
    const scenes = growing(kind, all)
    if (scenes.length === 0) return undefined
    const lines = scenes.flatMap((scene) => scene.ways.map((way) => lineOf(kind, way)))
    const axes = axesOf(lines, sizes, kind.words)
    const ways = all.flatMap((scene) => scene.ways).length
    const half = new Set(scenes.map(({ place }) => place)).size > 1
    const frame = labelledFrame(
      scenes.flatMap(bestOf).map((way) => way.name),
      half,
    )
    const few = ways - scenes.flatMap((scene) => scene.ways).length
    return {
      id: kind.id,
      title: kind.title,
      says: kind.says,
      blocks: scenes.map((scene, at) => blockOf({ kind, scene, axes, id: `chart-${kind.id}-${at}`, frame })),
      half,
      notes: [
        ...(few === 0
          ? []
          : [`Not drawn: ${few} of ${ways} lines, of which too few sizes were measured. They are in the tables.`]),
        ...leftOut(all),
      ],
    }
  }

/** Ways that were measured at several sizes, under conditions with at least half as many sizes as the fullest of the place. */
function growing(kind: Kind, all: readonly Scene[]): Scene[] {
  const sizesIn = ({ ways }: Scene) => Math.max(0, ...ways.map((way) => drawable(lineOf(kind, way)).length))
  const fullest = new Map<Scene['place'], number>()
  for (const scene of all) fullest.set(scene.place, Math.max(fullest.get(scene.place) ?? 0, sizesIn(scene)))
  return all
    .filter((scene) => 2 * sizesIn(scene) >= (fullest.get(scene.place) ?? 0))
    .map((scene) => ({
      ...scene,
      ways: scene.ways.filter((way) => drawable(lineOf(kind, way)).length >= fewestSizes),
    }))
    .filter(({ ways }) => ways.length > 0)
}

export const latencyAgainstSize = against(latency)
export const throughputAgainstSize = against(throughput)

const lineOf = (kind: Kind, { name, rows }: Way): Line => ({ name, points: rows.map((row) => pointOf(kind, row)) })

const pointOf = ({ drawn: value }: Kind, row: CellSummary): Point => ({
  x: row.cell.size,
  y: value(row, row.value),
  low: value(row, row.low),
  high: value(row, row.high),
})

interface Setting {
  readonly kind: Kind
  readonly scene: Scene
  readonly axes: Axes
  /** Of the grey lines, which the families share. */
  readonly id: string
  /** The same for all that are named, so that scales are as wide. */
  readonly frame: Frame
}

/** Where most ways have a row. */
function hereIn(ways: readonly Way[]): (cell: Cell) => boolean {
  const reference = commonest(ways, ({ size }) => size)
  return ({ size }) => size === reference
}

/** Those that are named. */
const bestOf = ({ ways }: Scene): Way[] => telling(ways, slots, hereIn(ways))

const titleOf = ({ place, where }: Scene): string => `${place.title}, ${where}`

function blockOf(setting: Setting): Block {
  const { kind, scene } = setting
  const { ways } = scene
  const best = bestOf(scene)
  const paint = painter()
  const lines = paint(best.map((way) => lineOf(kind, way)))
  const others = ways.filter((way) => !best.includes(way))
  const findings = kind.explains.flatMap((explain) => explain(rowsIn(ways)))
  const families = byFamily(bestFirst(ways, hereIn(ways)), ({ mechanism }) => mechanism).filter(([, own]) =>
    own.some((way) => others.includes(way)),
  )
  const small = families.map(([family, own], at) => {
    const named = fullestFirst(own, best).slice(0, slots)
    const told = paint(named.map((way) => lineOf(kind, way)))
    const unnamed = own.filter((way) => !named.includes(way))
    return familyPanel(setting, { family, told, unnamed, first: at === 0 })
  })
  const overview = overviewOf(setting, lines, others, spoken(findings))
  const pictures = small.length === 0 ? [overview] : [overview, panels(small)]
  return { title: titleOf(scene), findings, pictures, twin: twinOf(kind, titleOf(scene), ways) }
}

function overviewOf(setting: Setting, lines: readonly Told[], others: readonly Way[], found: string): Html {
  const { kind, scene, axes, frame } = setting
  const grey = others.map((way) => lineOf(kind, way))
  const backdrop = html`<path class="cb" d="${backdropOf(axes, frame, grey)}"/>`
  const label = `${kind.title}, ${titleOf(scene)}`
  return scrolling(label, drawn({ axes, frame, lines, backdrop, labelled: true, says: `${label}. ${found}` }))
}

/** What has a name already keeps it; then those of which the most sizes were measured, the best of them first. */
const fullestFirst = (own: readonly Way[], best: readonly Way[]): Way[] =>
  [...own].sort((a, b) => Number(best.includes(b)) - Number(best.includes(a)) || b.rows.length - a.rows.length)

interface FamilyPanel {
  readonly family: string
  readonly told: readonly Told[]
  readonly unnamed: readonly Way[]
  /** The first has the grey lines of all, the others show them again. */
  readonly first: boolean
}

function familyPanel({ kind, scene, axes, id }: Setting, { family, told, unnamed, first }: FamilyPanel): Html {
  const all = scene.ways.map((way) => lineOf(kind, way))
  const backdrop = first
    ? html`<path id="${id}" class="cb" d="${backdropOf(axes, smallFrame, all)}"/>`
    : html`<use href="#${id}"/>`
  const names = told.map(({ name }) => shownName(name)).join(', ')
  const says = `${kind.title}, ${titleOf(scene)}, ${family}: ${names}`
  return panel(family, drawn({ axes, frame: smallFrame, lines: told, backdrop, says }), told, namesOf(unnamed))
}

function twinOf(kind: Kind, title: string, ways: readonly Way[]): Twin {
  const across = [...new Set(rowsIn(ways).map(sizeOf))].sort((a, b) => a - b)
  const told = (row: CellSummary, figure: number) => significant(kind.drawn(row, figure) / kind.per)
  const cellOf = (row: CellSummary) =>
    `${told(row, row.value)}${marksOf(row)} (${told(row, row.low)}–${told(row, row.high)})`
  return {
    caption: `${title}: ${kind.unit} (and the interval)`,
    heads: across.map(bytes),
    rows: ways.map(({ name, rows }) => ({
      name,
      cells: across.map((size) => {
        const row = rows.find(({ cell }) => cell.size === size)
        return row && cellOf(row)
      }),
    })),
  }
}
