/**
 * The summary: mechanisms down, sizes across, latency and throughput, each figure with how many times the best of its column
 * it is and how many times its baseline. Of each mechanism there is the plain way, and the name of its best one where that
 * is another; all of the ways are in the tables further down.
 */

import type { CellSummary } from '../../harness/measure/summary.ts'
import type { Workload } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { marksOf } from '../view/cautions.ts'
import { byFamily } from '../view/families.ts'
import { bytes, multiple, significant } from '../view/numbers.ts'
import { arrows, quantities, type Unit, unitOf } from '../view/quantity.ts'
import { bestFirst, commonest, plainWays, rowsIn, type Scene, scenesAt, shownName, type Way } from '../view/scenes.ts'
import { groupBy } from '../view/tally.ts'
import type { Book, Section } from './book.ts'
import { type Html, html, nothing } from './escape.ts'
import { imitated } from './imitated.ts'

const workloads: readonly Workload[] = ['pingpong', 'stream']

export function summary({ places, anchors }: Book): Section[] {
  const kinds = workloads.map((workload) => ({
    workload,
    scenes: scenesAt(places, { workload })
      .map(tableOf)
      .filter(({ columns }) => columns.length > 0),
  }))
  if (kinds.every(({ scenes }) => scenes.length === 0)) return []
  const markup = html`
    <section id=summary>
      <h2>Summary</h2>
      <p class=lead>Each mechanism as it is used plainly. Beside a figure stand how many times the best of its column it takes, of a throughput how many times less it carries, and how many times its baseline: what the machine needs at its least. Where a mechanism was measured in several ways, the last column has the best of them at the size it names. Ways that spin, yield or adapt say so, and hold a processor while they wait. Each name leads to its row in the tables below, which have all sizes and all ways.</p>
      ${imitated(places)}
      ${kinds.map(({ workload, scenes }) => kindOf(workload, scenes, anchors))}
    </section>`
  return [{ id: 'summary', title: 'Summary', markup }]
}

interface Column {
  readonly size: number
  readonly unit: Unit
  /** The best figure of the plain ways. */
  readonly best: number
  readonly hasBaseline: boolean
}

interface Table {
  readonly scene: Scene
  readonly plain: readonly Way[]
  readonly columns: readonly Column[]
  /** At which the best way of each mechanism is looked for. */
  readonly reference: number
  /** Whether any mechanism was measured in several ways. */
  readonly hasOthers: boolean
}

const mostColumns = 4

function tableOf(scene: Scene): Table {
  const plain = plainWays(scene.ways)
  const bySize = groupBy(rowsIn(plain), ({ cell }) => cell.size)
  const fullest = [...bySize].sort(([a, one], [b, other]) => other.length - one.length || a - b).slice(0, mostColumns)
  const most = fullest[0]?.[1].length ?? 0
  const columns = fullest
    .filter(([, rows]) => 4 * rows.length >= most)
    .sort(([a], [b]) => a - b)
    .map(([size, rows]) => columnOf(scene, size, rows))
  return {
    scene,
    plain,
    columns,
    reference: commonest(plain, ({ size }) => size),
    hasOthers: scene.ways.length > plain.length,
  }
}

const columnOf = ({ figure, workload }: Scene, size: number, rows: readonly CellSummary[]): Column => ({
  size,
  unit: unitOf(figure, workload, size),
  best: (figure === 'latency' ? Math.min : Math.max)(...rows.map(({ value }) => value)),
  hasBaseline: rows.some(({ heldAgainst }) => heldAgainst !== undefined),
})

function kindOf(workload: Workload, tables: readonly Table[], anchors: Anchors): Html {
  const { title, brief } = quantities[workload]
  // The fullest condition of each place is open: the others are variations of it.
  const seen = new Set<Scene['place']>()
  return html`
    ${tables.length === 0 ? nothing : html`<h3>${title}: ${brief}</h3>`}
    ${tables.map((table) => {
      const first = !seen.has(table.scene.place)
      seen.add(table.scene.place)
      return oneTable(table, title, first, anchors)
    })}`
}

function oneTable(table: Table, kind: string, isOpen: boolean, anchors: Anchors): Html {
  const { place, where } = table.scene
  const title = `${place.title}, ${where}`
  const body = html`
    <div class=scroll tabindex=0 role=region aria-label="${`Summary, ${kind}, ${title}`}">
      <table>${heads(table)}${byFamily(table.plain, ({ mechanism }) => mechanism).map(([family, own]) => familyOf(table, family, own, anchors))}</table>
    </div>`
  const named = html`<summary><h4>${title}</h4></summary>${body}`
  return isOpen ? html`<details class=sums open>${named}</details>` : html`<details class=sums>${named}</details>`
}

/** A name that leads to its row in the tables, at the size that most have. */
function linked({ scene, reference }: Table, { rows }: Way, name: string, anchors: Anchors): Html {
  const row = rows.find(({ cell }) => cell.size === reference) ?? rows[0]
  return row === undefined
    ? html`${shownName(name)}`
    : html`<a href="#${anchors.ofRow(scene.place, row)}">${shownName(name)}</a>`
}

const widthOf = ({ columns, hasOthers }: Table): number =>
  columns.reduce((sum, column) => sum + span(column), hasOthers ? 2 : 1)

/** Where nothing of a column was held against a baseline, there is no room for it. */
const span = ({ hasBaseline }: Column): number => (hasBaseline ? 3 : 2)

const heads = ({ columns, reference, hasOthers }: Table): Html => html`
  <thead>
    <tr><th scope=col rowspan=2>Mechanism${columns.map((column) => html`<th scope=colgroup class=first colspan=${span(column)}>${bytes(column.size)}`)}${hasOthers ? html`<th scope=col rowspan=2 class=first>Best way<span>at ${bytes(reference)}</span>` : nothing}
    <tr>${columns.map(({ unit, hasBaseline }) => html`<th scope=col class=first>${unit.name}<span>${arrows[unit.better]} ${unit.better}</span><th scope=col>of the<span>best</span>${hasBaseline ? html`<th scope=col>of the<span>baseline</span>` : nothing}`)}
  </thead>`

const familyOf = (table: Table, family: string, own: readonly Way[], anchors: Anchors): Html => html`
  <tbody>
    <tr class=family><th scope=rowgroup colspan=${widthOf(table)}>${family}
    ${own.map((way) => html`<tr><th scope=row>${linked(table, way, way.name, anchors)}${table.columns.map((column) => cellsOf(way, column))}${table.hasOthers ? html`<td class="first way">${bestOf(table, way, anchors)}` : nothing}`)}
  </tbody>`

function cellsOf({ rows }: Way, { size, unit, best, hasBaseline }: Column): Html {
  const row = rows.find(({ cell }) => cell.size === size)
  const [value, times, base] =
    row === undefined ? [html`–`, '', ''] : [figureOf(row, unit, best), multiple(ofTheBest(row, best)), held(row)]
  return html`<td class=first>${value}<td class=of>${times}${hasBaseline ? html`<td class=of>${base}` : nothing}`
}

/** The best of a column is bold, and says 1.00× beside. */
const figureOf = (row: CellSummary, unit: Unit, best: number): Html => {
  const told = `${significant(unit.in(row))}${marksOf(row)}`
  return row.value === best ? html`<strong>${told}</strong>` : html`${told}`
}

const ofTheBest = ({ figure, value }: CellSummary, best: number): number =>
  figure === 'latency' ? value / best : best / value

const held = ({ heldAgainst }: CellSummary): string => (heldAgainst === undefined ? '' : multiple(heldAgainst.times))

/** The best of all ways of the mechanism, where that is another than the plain one. */
function bestOf(table: Table, way: Way, anchors: Anchors): Html {
  const { scene, reference } = table
  const here = ({ size }: { readonly size: number }) => size === reference
  const arm = way.rows[0]?.arm
  const own = scene.ways.filter(({ mechanism, rows }) => mechanism === way.mechanism && rows[0]?.arm === arm)
  const [best] = bestFirst(own, here)
  const row = best?.rows.find(({ cell }) => here(cell))
  if (best === undefined || row === undefined || best.name === way.name) return nothing
  const unit = unitOf(row.figure, row.cell.workload, row.cell.size)
  const name = linked(table, best, best.name.replace(`${way.mechanism} `, ''), anchors)
  return html`${name} <strong>${significant(unit.in(row))}${marksOf(row)}</strong> ${unit.name}`
}
