/** Choosing what is measured: by mechanism and family, and by every axis on which cells may differ. */

import { bytes } from '../../reports/view/numbers.ts'
import { benchmarks, budgetNames, cellsFor } from '../../suites/benchmarks/index.ts'
import type { Suite } from '../conformance/plan.ts'
import { cellName } from '../measure/schedule.ts'
import {
  type Cell,
  coreStates,
  families,
  methods,
  pageKinds,
  placements,
  runtimes,
  shapes,
  transfers,
  waits,
  workloads,
} from '../model.ts'
import { type Asked, type Catalogue, type Kind, type Selection, selectionOf } from './select.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

/** An axis as a person speaks of it. */
interface Axis {
  readonly says: string
  readonly value: string
  /** Its values, where they are words; the numbers are those that the tables of benchmarks have. */
  readonly words?: readonly string[]
  /** What a cell has on it; nothing where the axis says nothing of the cell. */
  of(cell: Cell): string | number | undefined
  meant?(word: string): string
}

/** A cell whose mechanism is used in the plain way is chosen by that name too. */
const plain = 'plain'
const isUsed = ({ workload }: Cell): boolean => workload !== 'baseline'

const axes: Readonly<Record<string, Axis>> = {
  workload: { says: `only ${workloads.join(', ')}`, value: 'NAME', words: workloads, of: ({ workload }) => workload },
  placement: {
    says: `only ${placements.join(', ')}`,
    value: 'NAME',
    words: placements,
    of: ({ placement }) => placement,
  },
  cores: {
    says: `only with cores that are ${coreStates.join(' or ')}`,
    value: 'STATE',
    words: coreStates,
    of: ({ cores }) => cores,
  },
  size: {
    says: 'only messages of so many bytes: 64, 4KiB, 1MiB',
    value: 'SIZE',
    of: ({ size }) => size,
    meant: inBytes,
  },
  runtime: { says: `only from ${runtimes.join(' or ')}`, value: 'NAME', words: runtimes, of: ({ runtime }) => runtime },
  wait: {
    says: `only sides that wait so: ${waits.join(', ')}`,
    value: 'WAY',
    words: waits,
    of: (cell) => cell.wait ?? (isUsed(cell) ? 'block' : undefined),
  },
  transfer: {
    says: `only ${transfers.join(' or ')}: a message is taken out before it is read, or read where it lies`,
    value: 'WAY',
    words: transfers,
    of: (cell) => cell.transfer ?? (isUsed(cell) ? 'copy' : undefined),
  },
  method: {
    says: `only by ${methods.join(', ')}, or ${plain}: each message by a call of its own`,
    value: 'NAME',
    words: [...methods, plain],
    of: (cell) => cell.method ?? (isUsed(cell) ? plain : undefined),
  },
  shape: { says: `only fans that are ${shapes.join(', ')}`, value: 'NAME', words: shapes, of: ({ shape }) => shape },
  pages: {
    says: `only memory of ${pageKinds.join(' or ')} pages`,
    value: 'KIND',
    words: pageKinds,
    of: ({ pages }) => pages,
  },
  wake: { says: 'only shared memory whose sides are woken by these', value: 'MECHANISM', of: ({ wake }) => wake },
  peers: { says: 'only fans with so many of the many', value: 'N', of: ({ peers }) => peers },
  rate: { says: 'only so many messages a second', value: 'N', of: ({ rate }) => rate },
  buffer: { says: 'only buffers of so many bytes: 64KiB', value: 'SIZE', of: ({ buffer }) => buffer, meant: inBytes },
  'busy-poll': {
    says: 'only sockets that look at the device for so many microseconds',
    value: 'N',
    of: ({ busyPollUs }) => busyPollUs,
  },
}

/** `64KiB` is 65536. What is no length stays as it is, to be refused. */
function inBytes(word: string): string {
  const [, digits, unit = 'b'] = /^(\d+) ?(b|k|kib|m|mib)$/i.exec(word) ?? []
  const factor = { b: 1, k: 1024, m: 1024 * 1024 }[unit.charAt(0).toLowerCase()] ?? 1
  return digits === undefined ? word : String(Number(digits) * factor)
}

export const cellFilters: Options = {
  mechanism: { says: 'only these mechanisms, baselines or ways of Node', value: 'NAME', many: true },
  family: { says: 'only mechanisms of these families', value: 'NAME', many: true },
  ...Object.fromEntries(Object.entries(axes).map(([name, { says, value }]) => [name, { says, value, many: true }])),
}

export const cellFiltersHelp = `A SELECTOR is a mechanism (pipe), a family (family:pipe), a value of any axis (stream, same-core,
size:64KiB, spin, wake:futex), a pattern ('win-*'), or an expression on the whole name ('/^pipe pingpong 64 /'). Those of one
kind add up, kinds narrow each other, and '!' before one takes away.`

export const askedCells = (words: Words): Asked[] => [
  ...words.texts('selectors').map((text) => ({ text })),
  ...Object.keys(cellFilters).flatMap((kind) => words.texts(kind).map((text) => ({ text, kind }))),
]

export const cellSelection = (asked: readonly Asked[], suite: Suite): Selection<Cell> =>
  asked.length === 0 ? () => true : selectionOf(asked, catalogueOf(suite))

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
      ...Object.entries(axes).map(([id, axis]) => kindOf(id, axis, cells)),
    ],
    texts: (cell) => [cellName(cell)],
    listed: "'ipcmark list --benchmarks' shows what there is.",
  }
}

function kindOf(id: string, { words, of, meant }: Axis, cells: readonly Cell[]): Kind<Cell> {
  const names = (cell: Cell) => {
    const value = of(cell)
    return value === undefined ? [] : [String(value)]
  }
  const known = new Set(words ?? cells.flatMap(names))
  return { id, axis: id, known, names, ...(meant && { meant }) }
}

const mostSizes = 5

/** `64 B, 4 KiB, 1 MiB`, and of many the first two and the last. */
export function sizesInWords(sizes: readonly number[]): string {
  const all = [...new Set(sizes)].sort((a, b) => a - b)
  const words = all.map((size) => (size === 0 ? 'no bytes' : bytes(size)))
  return all.length <= mostSizes
    ? words.join(', ')
    : `${words.slice(0, 2).join(', ')} … ${words.at(-1)} (${all.length} sizes)`
}
