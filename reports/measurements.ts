/**
 * `measurements.md`: how cost grows, in tables and sentences: against the size of messages, against how many processes
 * there are, against where they run, and against how they wait. Every sentence states a relation between figures of the
 * record; where a record lacks the figures, the sentence is left away.
 */

import type { CellSummary } from '../harness/measure/summary.ts'
import type { Cell, Reporter, Run, Workload } from '../harness/model.ts'
import { type Across, gridOf } from './markdown-grid.ts'
import { markdownCode as code, markdownRow, markdownText as plain } from './markdown-text.ts'
import { cautionsOf } from './view/cautions.ts'
import { explained } from './view/explained.ts'
import { rowName, whereOf } from './view/figures.ts'
import { measuredOf } from './view/measured.ts'
import { bytes, grouped } from './view/numbers.ts'
import { quantities } from './view/quantity.ts'
import { sidesOf } from './view/sides.ts'
import { compareText, groupBy, type Place, placesOf, rowsAt } from './view/tally.ts'

export const measurementsReport = ((runs) => [
  { name: 'measurements.md', contents: runs.map(markdown).join('\n') },
]) satisfies Reporter

function markdown(run: Run): string {
  const sides = sidesOf(run)
  const places = placesOf(...sides).filter((place) => rowsAt(place).length > 0)
  const parts = [
    '# What it costs, and how that grows',
    origin(run),
    ...places.flatMap((place) => {
      const own = rowsAt(place)
      return [`## ${plain(place.title)}`, ...imitated(place), ...chapters.flatMap((chapter) => chapterOf(chapter, own))]
    }),
    ...notes(run, sides),
  ]
  return `${parts.join('\n\n')}\n`
}

function origin({ header }: Run): string {
  const { cpu, cores, kernel, virtualisation, governor } = header.environment
  const machine = `${cpu}, ${cores} processors, ${kernel}, virtualisation ${virtualisation}, governor ${governor}`
  return [
    `Made by \`ipcmark report --format measurements\` from the run ${code(header.run)} of ${plain(header.started.slice(0, 10))}; ${code(header.command)} makes it again.`,
    `Machine: ${plain(machine)}.`,
    'A figure is the median of its launches, each a fresh pair of processes. Percentiles are of all launches together, and never averaged. Half a round trip is nowhere shown as one way.',
  ].join('\n\n')
}

const imitated = ({ info }: Place): string[] =>
  info?.emulator === undefined
    ? []
    : [`Measured under ${plain(info.emulator)}: it says nothing about the speed of Windows.`]

/** One way in which cost grows: what is across, what has to be alike in one table, and what the table is called. */
interface Chapter extends Across {
  readonly title: string
  readonly concerns: (cell: Cell) => boolean
  /** What all of a table have in common. */
  readonly alike: (cell: Cell) => string
  /** Tables with fewer columns show no growth. */
  readonly columns: number
  readonly explains: readonly ((rows: readonly CellSummary[]) => string[])[]
}

const bySize = (a: Cell, b: Cell): number => a.size - b.size
const isOf =
  (...workloads: readonly Workload[]) =>
  (cell: Cell) =>
    workloads.includes(cell.workload)
const placeOrder = ['same-core', 'smt-sibling', 'cross-core', 'cross-cache', 'cross-node', 'unpinned']
const conditionOf = ({ placement, cores }: Cell): string => `${placement}, ${cores}`

const chapters: readonly Chapter[] = [
  {
    title: 'What the machine does at its least',
    concerns: isOf('baseline'),
    across: ({ size }) => (size === 0 ? 'once' : bytes(size)),
    inOrder: bySize,
    alike: whereOf,
    columns: 1,
    explains: [],
  },
  {
    title: 'Latency against size',
    concerns: isOf('pingpong'),
    across: ({ size }) => bytes(size),
    inOrder: bySize,
    alike: whereOf,
    columns: 2,
    explains: [explained.fixedPart, explained.best],
  },
  {
    title: 'Throughput against size',
    concerns: isOf('stream'),
    across: ({ size }) => bytes(size),
    inOrder: bySize,
    alike: whereOf,
    columns: 2,
    explains: [explained.saturation, explained.best, explained.systemCalls],
  },
  {
    title: 'Latency against placement',
    concerns: isOf('pingpong', 'handoff'),
    across: conditionOf,
    inOrder: (a, b) =>
      placeOrder.indexOf(a.placement) - placeOrder.indexOf(b.placement) || compareText(a.cores, b.cores),
    alike: ({ workload, size }) => `${workload}${size === 0 ? '' : `, ${bytes(size)}`}`,
    columns: 2,
    explains: [explained.placement, explained.idle],
  },
  {
    title: 'Processes beside each other, and many to one',
    concerns: isOf('fan'),
    across: ({ peers = 1 }) => `${peers} peers`,
    inOrder: (a, b) => (a.peers ?? 1) - (b.peers ?? 1),
    alike: ({ shape = '', size, placement, cores }) =>
      `${shape.replaceAll('-', ' ')}, ${bytes(size)}, ${placement}, cores ${cores}`,
    columns: 1,
    explains: [explained.peers],
  },
  {
    title: 'At a rate',
    concerns: isOf('openloop'),
    across: ({ rate = 0 }) => `${grouped(rate)}/s`,
    inOrder: (a, b) => (a.rate ?? 0) - (b.rate ?? 0),
    alike: ({ size, placement, cores }) => `${bytes(size)}, ${placement}, cores ${cores}`,
    columns: 1,
    explains: [explained.overload],
  },
  {
    title: 'Handing over, and whole lives',
    concerns: isOf('handoff', 'lifecycle'),
    across: ({ workload }) => quantities[workload].latency,
    inOrder: () => 0,
    alike: (cell) => `${cell.workload}, ${whereOf(cell)}`,
    columns: 1,
    explains: [explained.best],
  },
]

function chapterOf({ title, concerns, explains, ...chapter }: Chapter, rows: readonly CellSummary[]): string[] {
  const own = rows.filter(({ cell }) => concerns(cell))
  const tables = [...groupBy(own, (row) => `${row.figure} ${chapter.alike(row.cell)}`).values()].flatMap((alike) =>
    tableOf(chapter, alike, explains),
  )
  return tables.length === 0 ? [] : [`### ${title}`, ...tables]
}

function tableOf(
  { alike, columns, ...across }: Omit<Chapter, 'title' | 'concerns' | 'explains'>,
  rows: readonly CellSummary[],
  explains: Chapter['explains'],
): string[] {
  const [first] = rows
  if (first === undefined) return []
  const grid = gridOf(across, rows)
  if (grid.heads.length < columns) return []
  const body = [...grid.rows]
    .sort((a, b) => compareText(a.name, b.name))
    .map(({ name, cells }) => [code(name), ...cells.map(grid.written)])
  const ruler = [':--', ...grid.heads.map(() => '--:')]
  const lines = [['', ...grid.heads.map(plain)], ruler, ...body].map(markdownRow)
  const sentences = explains.flatMap((explain) => explain(rows))
  return [
    `**${plain(alike(first.cell))}**`,
    lines.join('\n'),
    ...(sentences.length === 0 ? [] : [list(sentences.map(plain))]),
  ]
}

/** What both sides of a gate say is said once. */
const list = (sentences: readonly string[]): string =>
  [...new Set(sentences)].map((sentence) => `- ${sentence}`).join('\n')

/** A caution begins with the sign that it explains, which may stand alone. */
const toldOf = (says: string): string => plain(says).replace(/(?<!\\)[*~]/g, '\\$&')

/** What makes the figures worth less. */
function notes(run: Run, sides: readonly Run[]): string[] {
  const cautions = [...sides.flatMap((side) => cautionsOf(side)), ...run.header.environment.warnings]
  const lost = sides.flatMap((side) => measuredOf(side).lost)
  const absent = lost.filter(({ verdict }) => verdict === 'unsupported')
  return [
    ...(cautions.length === 0
      ? []
      : [
          '## What makes these figures worth less',
          list(cautions.map(({ says, remedy }) => `${toldOf(says)} ${plain(remedy)}`)),
        ]),
    ...(absent.length === 0
      ? []
      : [
          '## What is not here',
          list(
            absent.map(({ message = 'No reason was recorded.', cells }) => {
              const names = [...new Set(cells.map(({ cell }) => rowName(cell)))].sort(compareText)
              return `${names.map(code).join(', ')}: ${plain(message)}`
            }),
          ),
        ]),
  ]
}
