/**
 * The columns of the tables of figures: what each is called, in which unit it is, which way it is better, and what it
 * says of a row.
 */

import type { Workload } from '../../harness/model.ts'
import { marksOf } from '../view/cautions.ts'
import type { FigureGroup, FigureRow } from '../view/figures.ts'
import { multiple, percent, significant } from '../view/numbers.ts'
import { quantities, unitOf } from '../view/quantity.ts'

export interface Column {
  readonly head: string
  readonly unit?: string
  readonly better?: 'lower' | 'higher'
  /** Nothing where the row has none. A column of which no row has any is left away. */
  cell(row: FigureRow): string | undefined
}

const costs: readonly Column[] = [
  {
    head: 'Of the baseline',
    cell: ({ heldAgainst }) => heldAgainst && `${heldAgainst.baseline.split(' ')[0]} ${multiple(heldAgainst.times)}`,
  },
  { head: 'CPU, producer', unit: 'ns/message', better: 'lower', cell: (row) => significant(row.producerCpuNs) },
  { head: 'CPU, consumer', unit: 'ns/message', better: 'lower', cell: (row) => significant(row.consumerCpuNs) },
  { head: 'Switches', unit: 'per message', better: 'lower', cell: (row) => significant(row.switches) },
  {
    head: 'System calls',
    unit: 'per message',
    better: 'lower',
    cell: ({ syscalls }) => (syscalls === undefined ? undefined : significant(syscalls)),
  },
  {
    head: 'Fairness',
    unit: 'least share of the greatest',
    better: 'higher',
    cell: ({ fairness }) => (fairness === undefined ? undefined : percent(fairness)),
  },
  {
    head: 'Lost',
    unit: 'of those sent',
    better: 'lower',
    cell: ({ loss }) => (loss === undefined ? undefined : percent(loss)),
  },
  {
    head: 'Left',
    unit: 'messages/s of those wanted',
    better: 'higher',
    cell: ({ pace }) => pace && `${significant(pace.achieved)} of ${significant(pace.wanted)}`,
  },
  {
    head: 'Stages',
    unit: 'µs',
    better: 'lower',
    cell: ({ stages }) =>
      stages &&
      Object.entries(stages)
        .map(([name, ns]) => `${name} ${micro(ns)}`)
        .join(', '),
  },
]

const micro = (ns: number): string => significant(ns / 1000)
const whole = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function latencyColumns(workload: Workload): readonly Column[] {
  const unit = unitOf('latency', workload, 0)
  const tail = (name: 'p90' | 'p99' | 'p999', head: string): Column => ({
    head,
    unit: unit.name,
    better: 'lower',
    cell: (row) => (row[name] === undefined ? undefined : significant(unit.in(row, row[name]))),
  })
  return [
    {
      head: `${whole(quantities[workload].latency)}, p50`,
      unit: unit.name,
      better: unit.better,
      cell: (row) => `${significant(unit.in(row))}${marksOf(row)}`,
    },
    {
      head: 'Interval',
      unit: unit.name,
      cell: (row) => `${significant(unit.in(row, row.low))} – ${significant(unit.in(row, row.high))}`,
    },
    tail('p99', 'p99'),
    tail('p999', 'p99.9'),
  ]
}

const throughputColumns: readonly Column[] = [
  {
    head: 'Each',
    unit: 'ns',
    better: 'lower',
    cell: ({ cell, value }) => (cell.workload === 'baseline' ? significant(1e9 / value) : undefined),
  },
  {
    head: 'Messages',
    unit: 'thousand/s',
    better: 'higher',
    cell: (row) => `${significant(row.value / 1e3)}${marksOf(row)}`,
  },
  {
    head: 'Interval',
    unit: 'thousand/s',
    cell: (row) => `${significant(row.low / 1e3)} – ${significant(row.high / 1e3)}`,
  },
  {
    head: 'Bytes',
    unit: 'MB/s',
    better: 'higher',
    cell: ({ bytesPerSecond }) => (bytesPerSecond === undefined ? undefined : significant(bytesPerSecond / 1e6)),
  },
]

const ofTheBest: Column = { head: 'Of the best', cell: (row) => multiple(row.timesBest) }

/** Baselines are different things, and none of them is better than another. */
export function columnsFor(
  workload: Workload,
  figure: FigureGroup['figure'],
  rows: readonly FigureRow[],
): readonly Column[] {
  const own = figure === 'latency' ? latencyColumns(workload) : throughputColumns
  const all = [...own, ...(workload === 'baseline' ? [] : [ofTheBest]), ...costs]
  return all.filter(({ cell }) => rows.some((row) => cell(row) !== undefined))
}
