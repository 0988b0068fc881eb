/**
 * The figures of a Markdown report: for each place, workload and condition a table of mechanisms and sizes, the best of the
 * size that most of them have on top. A long table is cut, and says so: summary.csv has every row.
 */

import type { CellSummary } from '../harness/measure/summary.ts'
import { coreStates, placements } from '../harness/model.ts'
import { gridOf } from './markdown-grid.ts'
import { alignedTable, markdownCode, markdownText } from './markdown-text.ts'
import { rowName, whereOf } from './view/figures.ts'
import { bytes } from './view/numbers.ts'
import { inReadingOrder, quantities } from './view/quantity.ts'
import { compareText, groupBy, type Place, rowsAt } from './view/tally.ts'
import { countOf } from './view/words.ts'

const mostRows = 40

/** A section for each workload that has any figure, headings of this level. */
export function figureSections(
  places: readonly Place[],
  wanted: (row: CellSummary) => boolean,
  heading: string,
): string[] {
  return inReadingOrder.flatMap((workload) => {
    const tables = places.flatMap((place) => {
      const rows = rowsAt(place).filter((row) => row.cell.workload === workload && wanted(row))
      return tablesOf(rows, places.length > 1 ? `${place.title}: ` : '', place)
    })
    return tables.length === 0 ? [] : [`${heading} ${quantities[workload].title}`, quantities[workload].says, ...tables]
  })
}

function tablesOf(rows: readonly CellSummary[], title: string, { info }: Place): string[] {
  const groups = [...groupBy(rows, ({ figure, cell }) => `${figure} ${whereOf(cell)}`).values()].sort(inOrder)
  const imitated =
    info?.emulator === undefined ? '' : `, under ${info.emulator}, which says nothing of the speed of Windows`
  return groups.flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    return [`**${markdownText(title)}${markdownText(whereOf(first.cell))}**${markdownText(imitated)}`, tableOf(own)]
  })
}

function tableOf(rows: readonly CellSummary[]): string {
  const grid = gridOf(
    { across: ({ size }) => (size === 0 ? 'once' : bytes(size)), inOrder: (a, b) => a.size - b.size },
    rows,
    ({ cell }) => rowName(cell),
  )
  const lower = rows[0]?.figure === 'latency'
  const filled = grid.heads.map((_, at) => grid.rows.filter(({ cells }) => cells[at] !== undefined).length)
  const ranking = filled.indexOf(Math.max(...filled))
  const rank = ({ cells }: (typeof grid.rows)[number]): number =>
    (cells[ranking]?.value ?? Infinity) * (lower || cells[ranking] === undefined ? 1 : -1)
  const ranked = [...grid.rows].sort((a, b) => compare(rank(a), rank(b)) || compareText(a.name, b.name))
  const shown = ranked.slice(0, mostRows)
  const left = ranked.length - shown.length
  return [
    ...alignedTable(
      ['', ...grid.heads],
      shown.map(({ name, cells }) => [markdownCode(name).replaceAll('|', '\\|'), ...cells.map(grid.written)]),
    ),
    ...(left === 0 ? [] : ['', `${countOf(left, 'more row')}: \`summary.csv\` has all.`]),
  ].join('\n')
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

const inOrder = ([a]: readonly CellSummary[], [b]: readonly CellSummary[]): number =>
  a === undefined || b === undefined
    ? 0
    : compareText(a.figure, b.figure) ||
      placements.indexOf(a.cell.placement) - placements.indexOf(b.cell.placement) ||
      coreStates.indexOf(a.cell.cores) - coreStates.indexOf(b.cell.cores) ||
      (a.cell.peers ?? 0) - (b.cell.peers ?? 0) ||
      (a.cell.rate ?? 0) - (b.cell.rate ?? 0) ||
      compareText(whereOf(a.cell), whereOf(b.cell))
