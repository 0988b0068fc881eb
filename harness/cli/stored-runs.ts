/**
 * The stored runs that a command line names: records, and folders with records in and below them. What lies in a folder and
 * cannot be read is left out, and told; what was named has to be readable.
 */

import { realpathSync } from 'node:fs'
import path from 'node:path'
import { visibleLine } from '../../reports/view/visible.ts'
import { byTime, type StoredRun, storedRun } from '../gate/stored.ts'
import { RecordError } from '../record/error.ts'
import { kindOf, latestName, locateRecord, recordName, recordsBelow, resultsFolder } from '../record/folder.ts'
import { machinesOf } from '../record/machines.ts'
import { readRun } from '../record/reader.ts'
import { orUsage, usage } from './failures.ts'
import type { Recorded } from './recording.ts'

/** All that are in or below what is named, each once, in the order of names. */
export const storedRecords = (places: readonly string[]): Recorded[] => [...eachRecord(places)]

/** Read one after the other: a store may have more of them than fit in memory. */
function* eachRecord(places: readonly string[]): Generator<Recorded> {
  const known = new Set<string>()
  for (const place of places) {
    const inFolder = isFolder(place)
    for (const file of inFolder ? filesIn(place) : [fileNamed(place)]) {
      const real = realFile(file)
      if (known.has(real)) continue
      known.add(real)
      yield* inFolder ? readIfPossible(file) : [recordedIn(file)]
    }
  }
}

/** In the order in which they were made; of each record only what a series has of it is kept. */
export function storedRuns(places: readonly string[]): StoredRun[] {
  const found: StoredRun[] = []
  for (const { run } of eachRecord(places)) for (const own of machinesOf(run)) found.push(storedRun(own))
  return byTime(found)
}

/** The run that is named, or, of a folder that is neither a run's nor that of results, all runs below it. */
export function runsNamed(place: string): Recorded[] {
  const own = isFolder(place) && ![recordName, latestName].some((name) => kindOf(path.join(place, name)) === 'file')
  const files = own ? orUsage(() => recordsBelow(place)) : []
  return files.length > 0 ? files.flatMap(readIfPossible) : [namedRecord(place)]
}

export const namedRecord = (place: string): Recorded => recordedIn(fileNamed(place))

const fileNamed = (place: string): string => orUsage(() => locateRecord(place, resultsFolder))

const recordedIn = (file: string): Recorded => orUsage(() => recordOf(file))

const recordOf = (file: string): Recorded => ({ run: readRun(file), folder: path.dirname(file), file })

const isFolder = (place: string): boolean => orUsage(() => kindOf(place)) === 'folder'

function filesIn(folder: string): readonly string[] {
  const files = orUsage(() => recordsBelow(folder))
  if (files.length === 0) throw usage(`there is no record in ${folder}: runs keep theirs as ${recordName}.`)
  return files
}

/** A record that was cut in its first line is no reason to say nothing of the others. */
function readIfPossible(file: string): Recorded[] {
  try {
    return [recordOf(file)]
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    process.stderr.write(`ipcmark: left out: ${visibleLine(error.message)}\n`)
    return []
  }
}

function realFile(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
