/**
 * Latency against load: messages leave at a rate, whatever becomes of those before, and each is timed from when it was meant
 * to leave. So a queue that builds up is in the figure. A rate that was not kept has a ring.
 */

import type { CellSummary } from '../../../harness/measure/summary.ts'
import { marksOf } from '../../view/cautions.ts'
import { explained } from '../../view/explained.ts'
import { bytes, significant } from '../../view/numbers.ts'
import { commonest, rowsIn, type Scene, scenesAt, telling, type Way } from '../../view/scenes.ts'
import { duration, messageRate, steps } from './axis.ts'
import { type Block, type ChartOf, leftOut, namesOf, painter, panel, panels, spoken } from './chart.ts'
import { slots } from './glyphs.ts'
import { type Axes, axesOf, drawn, type Line, smallFrame } from './lines.ts'
import type { Twin } from './twin.ts'

interface Figure {
  readonly title: string
  of(row: CellSummary): number | undefined
}

const figures: readonly Figure[] = [
  { title: 'Half of the messages take at most (p50)', of: ({ value }) => value },
  { title: 'All but one in a hundred take at most (p99)', of: ({ p99 }) => p99 },
]

const rateOf = ({ cell, pace }: CellSummary): number => cell.rate ?? pace?.wanted ?? Number.NaN

export const latencyAgainstLoad: ChartOf = ({ places }) => {
  const all = scenesAt(places, { workload: 'openloop', alike: ({ size }) => bytes(size) })
  const scenes = all.filter(({ figure, ways }) => figure === 'latency' && ratesIn(ways).length > 1)
  if (scenes.length === 0) return undefined
  const lines = scenes.flatMap(({ ways }) => figures.flatMap((figure) => ways.map((way) => lineOf(way, figure))))
  const axes = axesOf(lines, (rates) => steps(rates, messageRate), duration)
  return {
    id: 'load',
    title: 'Latency against load',
    says: 'From the intended start to the arrival: ↓ lower is better, and the farther to the right it stays low the better. Both scales are logarithmic. A ring round a point says that the rate was not sustained: messages queued up, and their wait is in the figure.',
    blocks: scenes.map((scene) => blockOf(scene, axes)),
    notes: leftOut(all),
  }
}

const ratesIn = (ways: readonly Way[]): number[] =>
  [...new Set(rowsIn(ways).map(rateOf))].filter(Number.isFinite).sort((a, b) => a - b)

const lineOf = ({ name, rows }: Way, { of }: Figure): Line => ({
  name,
  points: rows.map((row) => ({
    x: rateOf(row),
    y: of(row) ?? Number.NaN,
    ringed: row.pace?.sustained === false,
    ...(of(row) === row.value ? { low: row.low, high: row.high } : {}),
  })),
})

function blockOf({ place, where, ways }: Scene, axes: Axes): Block {
  const title = `${place.title}, ${where}`
  const reference = commonest(ways, ({ rate = 0 }) => rate)
  const named = telling(ways, slots, ({ rate }) => rate === reference)
  const paint = painter()
  const findings = explained.overload(rowsIn(ways))
  const pictures = figures.map((figure) => {
    const told = paint(named.map((way) => lineOf(way, figure)))
    const says = `Latency against load, ${figure.title}, ${title}. ${spoken(findings)}`
    return panel(figure.title, drawn({ axes, frame: smallFrame, lines: told, says }), told)
  })
  const others = ways.filter((way) => !named.includes(way))
  const hidden = others.length === 0 ? [] : [`In the table only: ${namesOf(others).join(', ')}.`]
  return { title, findings: [...findings, ...hidden], pictures: [panels(pictures)], twin: twinOf(title, ways) }
}

function twinOf(title: string, ways: readonly Way[]): Twin {
  const rates = ratesIn(ways)
  const micro = (ns: number | undefined) => (ns === undefined ? '–' : significant(ns / 1e3))
  return {
    caption: `${title}: from the intended start to the arrival, µs: p50 (and the interval), p99; † the rate was not sustained`,
    heads: rates.map(messageRate),
    rows: ways.map(({ name, rows }) => ({
      name,
      cells: rates.map((rate) => {
        const row = rows.find((one) => rateOf(one) === rate)
        return row && `${micro(row.value)}${marksOf(row)} (${micro(row.low)}–${micro(row.high)}), ${micro(row.p99)}`
      }),
    })),
  }
}
