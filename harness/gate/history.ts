/**
 * How figures went over stored runs, and where their level changed: a series for each cell in each environment and each
 * budget, since figures of two of them lie on levels of their own.
 */

import type { Cell, TargetId } from '../model.ts'
import { changePoints } from './change-points.ts'
import type { Figure } from './costs.ts'
import { environmentChanges, environmentDifferences, environmentKey } from './environments.ts'
import { budgetOf, type StoredRun } from './stored.ts'

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
  /** What else changed there, without being what figures depend on: ipcmark itself, Node. */
  readonly environment: readonly string[]
}

export interface Trend {
  readonly name: string
  readonly cell: Cell
  readonly target: TargetId
  readonly figure: Figure
  /** Where a cell has several series: what this one has and others have not, such as its kernel. */
  readonly under?: string
  readonly points: readonly Point[]
  readonly changes: readonly Change[]
}

export function trendsOf(runs: readonly StoredRun[]): Trend[] {
  const names = [...new Set(runs.flatMap(({ cells }) => [...cells.keys()]))]
  const keyOf = keysOf()
  return names.flatMap((name) => {
    const series = new Map<string, [StoredRun, ...StoredRun[]]>()
    for (const run of runs) {
      const target = run.cells.get(name)?.target
      if (target === undefined) continue
      const key = keyOf(run, target)
      const known = series.get(key)
      if (known === undefined) series.set(key, [run])
      else known.push(run)
    }
    const all = [...series.values()]
    return all.map((own) =>
      trendOf(
        name,
        own,
        underOf(
          own[0],
          name,
          all.map(([first]) => first),
        ),
      ),
    )
  })
}

/** Of each run and target once: a topology is long. */
function keysOf(): (run: StoredRun, target: TargetId) => string {
  const known = new Map<StoredRun, Map<TargetId, string>>()
  return (run, target) => {
    const own = known.get(run) ?? new Map<TargetId, string>()
    known.set(run, own)
    const key = own.get(target) ?? JSON.stringify([budgetOf(run.header), environmentKey(run.header, target)])
    own.set(target, key)
    return key
  }
}

/** In what a series differs from others of its cell. */
function underOf(own: StoredRun, name: string, all: readonly StoredRun[]): string {
  const at = all.indexOf(own)
  const target = own.cells.get(name)?.target
  const budgets = all.map(({ header }) => budgetOf(header))
  const differing = environmentDifferences(all.map(({ header }) => header)).filter(
    ({ what, matters }) => matters && (!what.startsWith('target ') || what === `target ${target}`),
  )
  return [
    ...(new Set(budgets).size > 1 ? [budgets[at] || 'unknown command'] : []),
    ...differing.map(({ what, values }) => `${what}: ${values[at] ?? 'unknown'}`),
  ].join('; ')
}

function trendOf(name: string, own: readonly StoredRun[], under: string): Trend {
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
    ...(under === '' ? {} : { under }),
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
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const changedBetween = (before: StoredRun | undefined, after: StoredRun | undefined): string[] =>
  before === undefined || after === undefined
    ? []
    : environmentChanges(before.header, after.header)
        .filter(({ matters }) => !matters)
        .map(({ what, before: was, after: is }) => `${what}: ${was} → ${is}`)
