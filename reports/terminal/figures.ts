/** The figures of a run in text: mechanisms down, sizes across, one block for each placement, the best of each bold. */

import type { Run, Workload } from '../../harness/model.ts'
import { type FigureGroup, type FigureTable, figureTables } from '../view/figures.ts'
import { bytes, significant } from '../view/numbers.ts'
import { groupBy } from '../view/tally.ts'
import { visibleLine } from '../view/visible.ts'
import { type Ink, type Span, span } from './ink.ts'
import { table } from './layout.ts'

interface Quantity {
  readonly workload: Workload
  /** Name, unit and direction. */
  readonly head: string
  inUnit(value: number): number
}

const quantities: readonly Quantity[] = [
  { workload: 'pingpong', head: 'round trip, p50, µs (lower is better)', inUnit: (ns) => ns / 1e3 },
  { workload: 'stream', head: 'thousand messages/s (higher is better)', inUnit: (rate) => rate / 1e3 },
]

/** One block of lines for each place and quantity. */
export const figures = (ink: Ink, run: Run, columns: number): string[][] =>
  quantities.flatMap((quantity) =>
    figureTables(run, quantity.workload).map((one) => block(ink, one, quantity, columns)),
  )

const nameWidth = 26
const figureWidth = 9

function block(ink: Ink, { place, groups }: FigureTable, quantity: Quantity, columns: number): string[] {
  if (groups.length === 0) return []
  const sizes = [...new Set(groups.map(({ size }) => size))]
  const conditions = [...groupBy(groups, ({ placement, cores }) => `${placement}, cores ${cores}`)]
  const across = Math.max(1, Math.floor((columns - nameWidth) / figureWidth))
  const tables = inParts(sizes, across).flatMap((part) =>
    table(
      ink,
      conditions.flatMap(([where, own]) => condition(where, own, part, quantity)),
      columns,
    ),
  )
  return [ink(span(place.title, 'bold'), span(`  ${quantity.head}`)), ...tables]
}

function condition(
  where: string,
  groups: readonly FigureGroup[],
  sizes: readonly number[],
  quantity: Quantity,
): Span[][] {
  const mechanisms = [...new Set(groups.flatMap(({ rows }) => rows.map(({ cell }) => cell.mechanism)))]
  const head = [span(where, 'dim'), ...sizes.map((size) => span(bytes(size), 'dim'))]
  const figure = (mechanism: string, size: number): Span => {
    const found = groups.find((group) => group.size === size)?.rows.find(({ cell }) => cell.mechanism === mechanism)
    if (found === undefined) return span('·', 'dim')
    return span(significant(quantity.inUnit(found.value)), found.timesBest === 1 ? 'bold' : undefined)
  }
  const rows = mechanisms.map((mechanism) => [
    span(`  ${visibleLine(mechanism)}`),
    ...sizes.map((size) => figure(mechanism, size)),
  ])
  return [head, ...rows]
}

const inParts = <T>(items: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, part) => items.slice(part * most, (part + 1) * most))
