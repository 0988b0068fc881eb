/** Choosing what is measured: by mechanism, family, workload, placement, the state of the cores, and size. */

import { benchmarks, budgetNames, cellsFor } from '../../suites/benchmarks/index.ts'
import type { Suite } from '../conformance/plan.ts'
import { cellName } from '../measure/schedule.ts'
import { type Cell, coreStates, families, placements, workloads } from '../model.ts'
import { type Asked, type Catalogue, type Selection, selectionOf } from './select.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

export const cellFilters: Options = {
  mechanism: { says: 'only these mechanisms', value: 'NAME', many: true },
  family: { says: 'only mechanisms of these families', value: 'NAME', many: true },
  workload: { says: `only ${workloads.join(' or ')}`, value: 'NAME', many: true },
  placement: { says: `only ${placements.join(', ')}`, value: 'NAME', many: true },
  cores: { says: `only with cores that are ${coreStates.join(' or ')}`, value: 'STATE', many: true },
  size: { says: 'only messages of so many bytes', value: 'BYTES', many: true },
}

export const cellFiltersHelp = `A SELECTOR is a mechanism (pipe), a family (family:pipe), a workload (stream), a placement
(same-core), a size (size:64), a pattern ('win-*'), or an expression on the whole name ('/^pipe pingpong 64 /'). Those of one
kind add up, kinds narrow each other, and '!' before one takes away.`

export const askedCells = (words: Words): Asked[] => [
  ...words.texts('selectors').map((text) => ({ text })),
  ...Object.keys(cellFilters).flatMap((kind) => words.texts(kind).map((text) => ({ text, kind }))),
]

export const cellSelection = (asked: readonly Asked[], suite: Suite): Selection<Cell> =>
  selectionOf(asked, catalogueOf(suite))

function catalogueOf({ mechanisms }: Suite): Catalogue<Cell> {
  const measured = new Set(benchmarks.flatMap((benchmark) => benchmark.mechanisms))
  const cells = budgetNames.flatMap((budget) => cellsFor(budget, [...measured]))
  const familyOf = new Map(mechanisms.map(({ id, family }) => [id, family]))
  return {
    kinds: [
      { id: 'mechanism', axis: 'mechanism', known: measured, names: (cell) => [cell.mechanism] },
      {
        id: 'family',
        axis: 'mechanism',
        known: new Set(families),
        names: (cell) => [familyOf.get(cell.mechanism) ?? ''],
      },
      { id: 'workload', axis: 'workload', known: new Set(workloads), names: (cell) => [cell.workload] },
      { id: 'placement', axis: 'placement', known: new Set(placements), names: (cell) => [cell.placement] },
      { id: 'cores', axis: 'cores', known: new Set(coreStates), names: (cell) => [cell.cores] },
      {
        id: 'size',
        axis: 'size',
        known: new Set(cells.map((cell) => String(cell.size))),
        names: (cell) => [String(cell.size)],
      },
    ],
    texts: (cell) => [cellName(cell)],
    listed: "'ipcmark list --benchmarks' shows what there is.",
  }
}
