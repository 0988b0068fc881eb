/**
 * The name of a run, and what carries it. Every object that ipcmark makes, files, queues, segments and processes, carries
 * the name of its run, and the name tells which process owns the run: so what a dead run left can be found and removed,
 * even after SIGKILL of the harness, and what a living one uses is never touched. Removal is native/core/residue.h's.
 */

import type { RunId } from '../model.ts'
import { type Leftover, native } from '../native.ts'

export type { RunId }

/** What peers carry the run's name in, for the sweep to find them. */
export const runVariable = 'IPCMARK_RUN'

/** A name for a new run that this process owns. */
export const makeRunId = (): RunId => native().newRun() as RunId

/** A unique beginning for the names of one part of a run: a case, a launch. */
export const prefix = (run: RunId, part: string): string => `${run}-${partName(part)}`

const partName = (part: string): string => {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) return part
  throw new TypeError(`'${part}' is no part of a name: it has to be small letters, digits and single dashes.`)
}

/** Removes everything that carries the run's name, its folder included; answers what there was. */
export const sweepRun = (run: RunId): readonly Leftover[] => native().sweep(run)

/** What dead runs left on this machine. */
export const findResidue = (): readonly Leftover[] => native().residue()

/** What `clean` did: what is gone, and what would not go. */
export interface Cleaned {
  readonly removed: readonly Leftover[]
  readonly stuck: readonly Leftover[]
}

/** Removes what dead runs left. */
export function clean(): Cleaned {
  const runs = new Set(findResidue().map((leftover) => leftover.run))
  const removed = [...runs].flatMap((run) => native().sweep(run))
  // Another run may have died by now: what it left is for the next time.
  return { removed, stuck: findResidue().filter(({ run }) => runs.has(run)) }
}
