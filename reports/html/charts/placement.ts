/**
 * The map of placements: what the same round trip takes on one core, on two, and on cores that may fall asleep. It is a
 * table whose cells are shaded by their figure, so that it is picture and numbers at once.
 */

import { extent } from 'd3-array'
import { scaleQuantize } from 'd3-scale'
import type { CellSummary } from '../../../harness/measure/summary.ts'
import type { Workload } from '../../../harness/model.ts'
import { marksOf } from '../../view/cautions.ts'
import { explained } from '../../view/explained.ts'
import { byFamily } from '../../view/families.ts'
import { bytes, significant } from '../../view/numbers.ts'
import { quantities } from '../../view/quantity.ts'
import {
  commonest,
  conditionOf,
  inConditionOrder,
  rowsIn,
  type Scene,
  scenesAt,
  shownName,
  type Way,
} from '../../view/scenes.ts'
import { groupBy, type Place } from '../../view/tally.ts'
import { type Html, html } from '../escape.ts'
import { type Block, type ChartOf, leftOut } from './chart.ts'

interface Row {
  readonly name: string
  readonly mechanism: string
  readonly at: ReadonlyMap<string, CellSummary>
}

interface Placements {
  readonly place: Place
  readonly workload: Workload
  readonly size: number
  readonly conditions: readonly string[]
  readonly rows: readonly Row[]
}

const workloads: readonly Workload[] = ['pingpong', 'handoff']
const shades = [0, 1, 2, 3, 4, 5, 6] as const

export const placementMap: ChartOf = ({ places }) => {
  const scenes = workloads.map((workload) =>
    scenesAt(places, { workload }).filter(({ figure }) => figure === 'latency'),
  )
  const maps = scenes.flatMap((own) => [...groupBy(own, ({ place }) => place).values()].flatMap(mapOf))
  if (maps.length === 0) return undefined
  const values = maps.flatMap(({ rows }) =>
    rows.flatMap(({ at }) => [...at.values()].map(({ value }) => Math.log(value))),
  )
  const [least = 0, greatest = 0] = extent(values)
  const shade = scaleQuantize<number>().domain([least, greatest]).range(shades)
  return {
    id: 'placement',
    title: 'Latency against placement',
    says: 'p50 in µs: ↓ lower is better, and lighter. Each cell has its figure; the shade says where it lies between the least and the greatest of all, on a logarithmic scale. Only what was measured under several conditions is here.',
    blocks: maps.map((one) => blockOf(one, shade)),
    notes: leftOut(scenes.flat()),
  }
}

/** Of one place and workload, what was measured under at least two conditions, at the size that most have. */
function mapOf(scenes: readonly Scene[]): Placements[] {
  const [first] = scenes
  if (first === undefined) return []
  const { place, workload } = first
  const all = scenes.flatMap(({ ways }) => ways)
  const size = commonest(all, (cell) => cell.size)
  const rows = [...groupBy(all, ({ name }) => name)]
    .map(([name, ways]) => ({ name, mechanism: ways[0]?.mechanism ?? name, at: atSize(ways, size) }))
    .filter(({ at }) => at.size > 1)
  const conditions = [...new Set(rows.flatMap(({ at }) => [...at.keys()]))].sort(inConditionOrder)
  return rows.length === 0 ? [] : [{ place, workload, size, conditions, rows }]
}

const atSize = (ways: readonly Way[], size: number): Map<string, CellSummary> =>
  new Map(rowsIn(ways).flatMap((row) => (row.cell.size === size ? [[conditionOf(row.cell), row] as const] : [])))

function blockOf({ place, workload, size, conditions, rows }: Placements, shade: (value: number) => number): Block {
  const { latency } = quantities[workload]
  const what = size === 0 ? latency : `${latency}, ${bytes(size)}`
  const title = `${place.title}: ${what}`
  const all = rows.flatMap(({ at }) => [...at.values()])
  const cell = (row: CellSummary | undefined): Html =>
    row === undefined
      ? html`<td>–`
      : html`<td class="h${shade(Math.log(row.value))}">${significant(row.value / 1e3)}${marksOf(row)}`
  const table = html`
    <div class=scroll tabindex=0 role=region aria-label="${`Latency against placement, ${title}`}">
      <table class=heat>
        <thead><tr><th scope=col>Way${conditions.map((one) => html`<th scope=col>${one}<span>µs, ↓ lower is better</span>`)}</thead>
        ${byFamily(rows, ({ mechanism }) => mechanism).map(
          ([family, own]) => html`<tbody><tr class=family><th scope=rowgroup colspan=${conditions.length + 1}>${family}
            ${own.map(({ name, at }) => html`<tr><th scope=row>${shownName(name)}${conditions.map((one) => cell(at.get(one)))}`)}</tbody>`,
        )}
      </table>
    </div>`
  return { title, findings: [...explained.placement(all), ...explained.idle(all)], pictures: [table] }
}
