/**
 * What more processes carry together: messages a second against how many there are, a picture for each shape of a fan and
 * each size.
 */

import type { CellSummary } from '../../../harness/measure/summary.ts'
import { marksOf } from '../../view/cautions.ts'
import { explained } from '../../view/explained.ts'
import { bytes, percent, significant } from '../../view/numbers.ts'
import {
  commonest,
  rowsIn,
  type Scene,
  scenesAt,
  shownName,
  telling,
  type Wanted,
  type Way,
} from '../../view/scenes.ts'
import { groupBy } from '../../view/tally.ts'
import { messageRate, steps } from './axis.ts'
import { type Block, type ChartOf, leftOut, namesOf, painter, panel, panels, spoken } from './chart.ts'
import { slots } from './glyphs.ts'
import { type Axes, axesOf, drawn, type Line, smallFrame } from './lines.ts'
import type { Twin } from './twin.ts'

const peersOf = ({ cell }: CellSummary): number => cell.peers ?? 1

const alike: Wanted['alike'] = ({ shape = 'fan', size }) => `${shape.replaceAll('-', ' ')}, ${bytes(size)}`

export const rateAgainstPeers: ChartOf = ({ places }) => {
  const all = scenesAt(places, { workload: 'fan', alike })
  const scenes = all.filter(({ figure, ways }) => figure === 'throughput' && peersIn(ways).length > 1)
  if (scenes.length === 0) return undefined
  const lines = scenes.flatMap(({ ways }) => ways.map(lineOf))
  const axes = axesOf(lines, (peers) => steps(peers, String), messageRate)
  const byPlace = groupBy(scenes, ({ place }) => place)
  return {
    id: 'peers',
    title: 'Throughput against the number of peers',
    says: 'Messages a second of all together: ↑ higher is better. A line that rises says that more processes carry more; one that is level, that they share what one could carry. Both scales are logarithmic.',
    blocks: [...byPlace.values()].map((own) => blockOf(own, axes)),
    notes: leftOut(all),
  }
}

const peersIn = (ways: readonly Way[]): number[] => [...new Set(rowsIn(ways).map(peersOf))].sort((a, b) => a - b)

const lineOf = ({ name, rows }: Way): Line => ({
  name,
  points: rows.map((row) => ({ x: peersOf(row), y: row.value, low: row.low, high: row.high })),
})

function blockOf(scenes: readonly Scene[], axes: Axes): Block {
  const title = scenes[0]?.place.title ?? ''
  const paint = painter()
  const pictures = scenes.map(({ where, ways }) => {
    const reference = commonest(ways, ({ peers = 1 }) => peers)
    const named = telling(ways, slots, ({ peers = 1 }) => peers === reference)
    const told = paint(named.map(lineOf))
    const says = `Throughput against the number of peers, ${title}, ${where}. ${spoken(farthest(ways))}`
    const others = ways.filter((way) => !named.includes(way))
    return panel(where, drawn({ axes, frame: smallFrame, lines: told, says }), told, namesOf(others))
  })
  const findings = scenes.flatMap(({ where, ways }) =>
    farthest(ways).map((says) => (scenes.length === 1 ? says : `${where}: ${says}`)),
  )
  return { title, findings, pictures: [panels(pictures)], twin: twinOf(title, scenes) }
}

/** Which gains the most, and which the least. */
function farthest(ways: readonly Way[]): string[] {
  const gains = ways.flatMap((way) => {
    const ends = [...way.rows].sort((a, b) => peersOf(a) - peersOf(b))
    const [first, last] = [ends[0], ends.at(-1)]
    return first === undefined || last === undefined || first === last ? [] : [{ way, gain: last.value / first.value }]
  })
  const ordered = gains.sort((a, b) => b.gain - a.gain)
  const told = [...new Set([ordered[0], ordered.at(-1)])].flatMap((one) => one ?? [])
  return told.flatMap(({ way }) => explained.peers(way.rows))
}

function twinOf(title: string, scenes: readonly Scene[]): Twin {
  const across = peersIn(scenes.flatMap(({ ways }) => ways))
  const thousand = (value: number) => significant(value / 1e3)
  const fair = ({ fairness }: CellSummary) => (fairness === undefined ? '' : `, ${percent(fairness)}`)
  return {
    caption: `${title}: thousand messages/s of all together (and the interval), and what the slowest has of the fastest`,
    heads: across.map((peers) => `${peers} ${peers === 1 ? 'peer' : 'peers'}`),
    rows: scenes.flatMap(({ where, ways }) =>
      ways.map(({ name, rows }) => ({
        name: `${shownName(name)}, ${where}`,
        cells: across.map((peers) => {
          const row = rows.find((one) => peersOf(one) === peers)
          return row && `${thousand(row.value)}${marksOf(row)} (${thousand(row.low)}–${thousand(row.high)})${fair(row)}`
        }),
      })),
    ),
  }
}
