/**
 * What each cell is held against, so that its figure can be read as so many times what the machine needs at its least:
 *
 * - a round trip or a hand-over on one core: switching there and back by yielding; on two cores, when both look again and
 *   again: a cache line that goes to and fro; when they sleep: waking each other, with cores that are awake or idle alike;
 * - a stream: copying as much, on one core or from core to core;
 * - a life: the empty system call;
 * - what Node does: the native loops over the same.
 *
 * A baseline is held against nothing, and neither is what is left to the system's choice of processors, nor what waits for
 * its time (openloop), nor a fan, which is held against the stream of its mechanism by whoever reads it.
 */

import type { Cell, Wait, Workload } from '../model.ts'
import { nativeTwins } from '../node-runtime/ways.ts'
import { cellName } from './schedule.ts'

type Held = (cell: Cell) => Cell | undefined

/** A baseline where a cell is measured; most carry nothing. */
const at = ({ placement, cores }: Cell, mechanism: string, size = 0): Cell => ({
  mechanism,
  workload: 'baseline',
  size,
  placement,
  cores: placement === 'same-core' ? 'awake' : cores,
  runtime: 'native',
})

const oneCore = (cell: Cell): Cell => ({ ...cell, placement: 'same-core', cores: 'awake' })
const awake = (cell: Cell): Cell => ({ ...cell, cores: 'awake' })

/** What travels on cache lines fills words, or whole lines. */
const onLines = (size: number): number => (size <= 8 ? 8 : Math.ceil(size / 64) * 64)

/** Those who wait without sleeping, for a while at least. */
const looking: ReadonlySet<Wait | undefined> = new Set<Wait | undefined>(['spin', 'yield', 'adaptive'])

function roundTrip(cell: Cell): Cell {
  if (cell.placement === 'same-core') return at(cell, 'yield-switch')
  return looking.has(cell.wait) ? at(awake(cell), 'cache-line', onLines(cell.size)) : at(cell, 'wake-up')
}

const rows: Readonly<Record<Workload, Held>> = {
  pingpong: roundTrip,
  handoff: roundTrip,
  stream: (cell) =>
    cell.placement === 'same-core' ? at(cell, 'memcpy', cell.size) : at(awake(cell), 'memcpy-across', cell.size),
  lifecycle: (cell) => at(oneCore(cell), 'empty-system-call'),
  openloop: () => undefined,
  fan: () => undefined,
  baseline: () => undefined,
}

/** The cell that another is held against: of a way of Node there is one for each system that has it. */
export function heldAgainst(cell: Cell): readonly Cell[] {
  if (cell.runtime === 'node') return nativeTwins(cell)
  const against = cell.placement === 'unpinned' && cell.workload !== 'lifecycle' ? undefined : rows[cell.workload](cell)
  return against === undefined ? [] : [against]
}

/** What a row of a summary says of its baseline: its name, and how many times as long the row takes. */
export interface Multiple {
  readonly baseline: string
  readonly times: number
}

/** As much of a summary as this is about. */
interface Figured {
  readonly cell: Cell
  readonly target: string
  readonly figure: 'latency' | 'throughput'
  readonly value: number
}

/** How long one takes: a round trip, a message. */
const nanoseconds = ({ figure, value }: Figured): number => (figure === 'latency' ? value : 1e9 / value)

/** Says of each row how it stands to its baseline, where that is one of the rows. */
export function withMultiples<Row extends Figured>(rows: readonly Row[]): (Row & { heldAgainst?: Multiple })[] {
  const keyOf = (target: string, cell: Cell) => `${target} ${cellName(cell)}`
  const known = new Map(rows.map((row) => [keyOf(row.target, row.cell), row]))
  return rows.map((row) => {
    const baselines = heldAgainst(row.cell).flatMap((cell) => known.get(keyOf(row.target, cell)) ?? [])
    const [baseline] = baselines
    if (baseline === undefined) return row
    return {
      ...row,
      heldAgainst: { baseline: cellName(baseline.cell), times: nanoseconds(row) / nanoseconds(baseline) },
    }
  })
}

/** Cells, and behind them those that they are held against and that are not among them, each once. */
export function withBaselines(cells: readonly Cell[]): Cell[] {
  const further = cells.flatMap(heldAgainst).filter(({ workload }) => workload === 'baseline')
  return [...new Map([...cells, ...further].map((cell) => [cellName(cell), cell])).values()]
}
