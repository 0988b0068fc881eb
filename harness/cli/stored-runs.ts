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
export function storedRecords(places: readonly string[]): Recorded[] {
  const known = new Set<string>()
  return places.flatMap((place) =>
    (isFolder(place) ? recordsIn(place) : [namedRecord(place)]).filter(({ file }) => {
      const real = realFile(file)
      const first = !known.has(real)
      known.add(real)
      return first
    }),
  )
}

/** In the order in which they were made. */
export const storedRuns = (places: readonly string[]): StoredRun[] =>
  byTime(storedRecords(places).flatMap(({ run }) => machinesOf(run).map(storedRun)))

/** The run that is named, or, of a folder that is neither a run's nor that of results, all runs below it. */
export function runsNamed(place: string): Recorded[] {
  const own = isFolder(place) && ![recordName, latestName].some((name) => kindOf(path.join(place, name)) === 'file')
  const files = own ? orUsage(() => recordsBelow(place)) : []
  return files.length > 0 ? files.flatMap(readIfPossible) : [namedRecord(place)]
}

export function namedRecord(place: string): Recorded {
  return orUsage(() => {
    const file = locateRecord(place, resultsFolder)
    return { run: readRun(file), folder: path.dirname(file), file }
  })
}

const isFolder = (place: string): boolean => orUsage(() => kindOf(place)) === 'folder'

function recordsIn(folder: string): Recorded[] {
  const files = orUsage(() => recordsBelow(folder))
  if (files.length === 0) throw usage(`there is no record in ${folder}: runs keep theirs as ${recordName}.`)
  return files.flatMap(readIfPossible)
}

/** A record that was cut in its first line is no reason to say nothing of the others. */
function readIfPossible(file: string): Recorded[] {
  try {
    return [{ run: readRun(file), folder: path.dirname(file), file }]
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
