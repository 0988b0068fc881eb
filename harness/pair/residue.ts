/**
 * The name of a run, and what carries it. Every object that ipcmark makes, files, queues, segments and processes, carries
 * the name of its run, and the name tells which process owns the run: so what a dead run left can be found and removed,
 * even after SIGKILL of the harness, and what a living one uses is never touched. Removal is native/core/residue.h's.
 */

import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunId } from '../model.ts'
import { type Leftover, native } from '../native.ts'

export type { RunId }

/** What peers carry the run's name in, for the sweep to find them. */
export const runVariable = 'IPCMARK_RUN'

/** A name for a new run that this process owns. */
export const makeRunId = (): RunId => native().newRun() as RunId

/** A unique beginning for the names of one part of a run: a case, a launch. */
export const prefix = (run: RunId, part?: string): string => (part === undefined ? run : `${run}-${partName(part)}`)

const partName = (part: string): string => {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) return part
  throw new TypeError(`'${part}' is no part of a name: it has to be small letters, digits and single dashes.`)
}

/** Where the run's files, FIFOs and sockets are. The path is short: a socket's has to fit 108 bytes. */
export const runFolder = (run: RunId): string => join(tmpdir(), run)

/**
 * Makes the run's folder, which must not be there yet. Others may pass through it and not look round: a peer that gave up
 * its rights meets the permissions of the object itself.
 */
export function makeRunFolder(run: RunId): string {
  const folder = runFolder(run)
  mkdirSync(folder, { mode: 0o711 })
  return folder
}

/** Removes the folder and all in it. It need not be there. */
export function removeRunFolder(run: RunId): void {
  rmSync(runFolder(run), { recursive: true, force: true })
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
