/**
 * A run as readers of test reports know it: suites of things that passed, failed, broke or were skipped. What is red here
 * is what `ipcmark` ends with a failure for: an excused deviation passes, and so does an excuse that has gone
 * stale, but for a run that was asked with `--strict`.
 */

import type { Run } from '../../harness/model.ts'

export const statuses = ['passed', 'failed', 'error', 'skipped'] as const
export type Status = (typeof statuses)[number]

export interface Outcome {
  /** A case's id, or a cell in words. */
  readonly name: string
  /** The mechanism, and the theme or the workload; of a gate, what it looked at. */
  readonly group: readonly [string, string]
  readonly status: Status
  /** The record's own word: `crash`, `void`, `inconclusive`. */
  readonly verdict: string
  /** A known deviation, or an excuse for one that is no longer there. */
  readonly excuse?: 'known' | 'fixed'
  readonly ms: number
  /** Why it did not pass, or what is to be said although it did: one sentence. */
  readonly message?: string
  /** All that is known, in text of several lines. It is made when it is asked for: there may be many. */
  readonly details?: () => string
}

export const suiteKinds = ['run', 'gate', 'conformance', 'benchmarks'] as const
export type SuiteKind = (typeof suiteKinds)[number]

/** Outcomes of one kind, of one place of one run: those of several are never put together. */
export interface Suite {
  readonly name: string
  readonly kind: SuiteKind
  readonly run: Run
  /** The run's letter where there are several, and the target where it is not native: what tells equal names apart. */
  readonly scope: readonly string[]
  readonly outcomes: readonly Outcome[]
}

export type Counts = Readonly<Record<Status, number>>

export function countsOf(outcomes: readonly Outcome[]): Counts {
  const counts = { passed: 0, failed: 0, error: 0, skipped: 0 }
  for (const { status } of outcomes) counts[status]++
  return counts
}

/** How long all of them took, whatever a record says of a single one. */
export const millisecondsOf = (outcomes: readonly Outcome[]): number =>
  outcomes.reduce((sum, { ms }) => sum + duration(ms), 0)

/** A duration that every reader can hold: a record may have been written by anyone. */
export const duration = (ms: number): number => (Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longest) : 0)
const longest = 1e12
