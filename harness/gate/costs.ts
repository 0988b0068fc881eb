/** What launches cost, so that more is worse whichever way their figure is better; and which launches are of one cell. */

import { cellName } from '../measure/schedule.ts'
import { figureOf } from '../measure/summary.ts'
import type { ArmName, Cell, LaunchRecord, Measures, TargetId } from '../model.ts'

export type Figure = 'latency' | 'throughput'

/** A latency is a cost, a rate is one upside down. */
export const asCost = (figure: Figure, value: number): number => (figure === 'latency' ? value : 1 / value)

const kindOf = ({ latency }: Measures): Figure => (latency === undefined ? 'throughput' : 'latency')

/** The figure of a launch; nothing where it ended badly or has none. */
function toldBy({ verdict, measures }: LaunchRecord): { readonly figure: Figure; readonly value: number } | undefined {
  const value = verdict === 'ok' && measures !== undefined ? figureOf(measures) : undefined
  return value !== undefined && value > 0 ? { figure: kindOf(measures as Measures), value } : undefined
}

/** What a launch cost; nothing where it has no figure. */
export function costOf(launch: LaunchRecord): number | undefined {
  const told = toldBy(launch)
  return told && asCost(told.figure, told.value)
}

/** The same as nanoseconds for a message, or a round trip. */
export function nsOf(launch: LaunchRecord): number | undefined {
  const told = toldBy(launch)
  return told && (told.figure === 'latency' ? told.value : 1e9 / told.value)
}

/** A cell's or a case's name, and where it was, unless that is here. */
export const placedName = (name: string, place: string): string => (place === 'native' ? name : `${name} (${place})`)

export interface Figures {
  readonly cell: Cell
  readonly target: TargetId
  readonly figure: Figure
  readonly values: number[]
}

/** The figures of each cell, of launches that stand on a wanted side of a gate, or on none. */
export function figuresOf(
  launches: Iterable<LaunchRecord>,
  wanted: (arm: ArmName | undefined) => boolean,
): Map<string, Figures> {
  const found = new Map<string, Figures>()
  for (const launch of launches) {
    const told = wanted(launch.arm) ? toldBy(launch) : undefined
    if (told === undefined) continue
    const { cell, target } = launch
    const name = placedName(cellName(cell), target)
    const figures = found.get(name) ?? { cell, target, figure: told.figure, values: [] }
    figures.values.push(told.value)
    found.set(name, figures)
  }
  return found
}
