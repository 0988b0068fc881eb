/** How figures went over stored runs: a series for each cell, and where its level changed. */

import type { Cell, TargetId } from '../model.ts'
import { changePoints } from './change-points.ts'
import type { Figure } from './costs.ts'
import { environmentChanges } from './environments.ts'
import type { StoredRun } from './stored.ts'

export interface Point {
  readonly run: string
  readonly started: string
  readonly commit?: string
  readonly value: number
}

export interface Change {
  /** The point that is the first of the new level. */
  readonly at: number
  /** How many times as much it costs from there on. */
  readonly ratio: number
  readonly p: number
  /** What else changed there: a kernel, a machine. */
  readonly environment: readonly string[]
}

export interface Trend {
  readonly name: string
  readonly cell: Cell
  readonly target: TargetId
  readonly figure: Figure
  readonly points: readonly Point[]
  readonly changes: readonly Change[]
}

export function trendsOf(runs: readonly StoredRun[]): Trend[] {
  const names = [...new Set(runs.flatMap(({ cells }) => [...cells.keys()]))]
  return names.map((name) => {
    const own = runs.filter(({ cells }) => cells.has(name))
    const cells = own.map(({ cells: all }) => all.get(name) as NonNullable<ReturnType<typeof all.get>>)
    const [first] = cells as [(typeof cells)[number]]
    const costs = cells.map(({ cost }) => Math.log(cost))
    const found = changePoints(costs)
    const levels = [0, ...found.map(({ at }) => at), costs.length]
    const level = (i: number) => mean(costs.slice(levels[i], levels[i + 1]))
    return {
      name,
      cell: first.cell,
      target: first.target,
      figure: first.figure,
      points: own.map(({ header: { run, started, tool } }, i) => ({
        run,
        started,
        ...(tool.commit === undefined ? {} : { commit: tool.commit }),
        value: (cells[i] as (typeof cells)[number]).value,
      })),
      changes: found.map(({ at, p }, i) => ({
        at,
        p,
        ratio: Math.exp(level(i + 1) - level(i)),
        environment: changedBetween(own[at - 1], own[at]),
      })),
    }
  })
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const changedBetween = (before: StoredRun | undefined, after: StoredRun | undefined): string[] =>
  before === undefined || after === undefined
    ? []
    : environmentChanges(before.header, after.header)
        .filter(({ matters }) => matters)
        .map(({ what, before: was, after: is }) => `${what}: ${was} → ${is}`)
