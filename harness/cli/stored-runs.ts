/** The stored runs that a command line names: records, and folders with records in and below them. */

import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { byTime, type StoredRun, storedRun } from '../gate/stored.ts'
import { RecordError } from '../record/error.ts'
import { locateRecord, recordName, resultsFolder } from '../record/folder.ts'
import { readRun } from '../record/reader.ts'
import { usage } from './failures.ts'

/** How deep records lie below a folder: a store of days of machines of runs. */
const deepest = 4

export function storedRuns(places: readonly string[]): StoredRun[] {
  const files = [...new Set(places.flatMap(recordsIn))]
  const runs = files.flatMap((file): StoredRun[] => {
    try {
      return [storedRun(readRun(file))]
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      // A record that was cut in its first line is no reason to say nothing of the others.
      process.stderr.write(`ipcmark: left out: ${error.message}\n`)
      return []
    }
  })
  return byTime(runs)
}

function recordsIn(place: string): string[] {
  const found = isFolder(place) ? below(place, deepest) : [located(place)]
  if (found.length > 0) return found
  throw usage(`there is no record in ${place}: runs keep theirs as ${recordName}.`)
}

const isFolder = (place: string): boolean => statSync(place, { throwIfNoEntry: false })?.isDirectory() === true

function below(folder: string, depth: number): string[] {
  if (depth === 0) return []
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return below(place, depth - 1)
    return entry.isFile() && entry.name.endsWith('.jsonl') ? [place] : []
  })
}

function located(place: string): string {
  try {
    return locateRecord(place, resultsFolder)
  } catch (error) {
    if (error instanceof RecordError) throw usage(error.message)
    throw error
  }
}
