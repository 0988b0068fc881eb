/**
 * Where records live: `ipcmark-results/<run-id>/results.jsonl`, reports beside it, and `ipcmark-results/latest`, a
 * small text file that names the newest run (no symbolic link, so that Windows has it too).
 */

import fs from 'node:fs'
import path from 'node:path'
import { shorten } from '../../reports/view/visible.ts'
import { diskError, folderError, RecordError, readError } from './error.ts'

export const resultsFolder = 'ipcmark-results'
export const recordName = 'results.jsonl'
export const latestName = 'latest'

export const runFolder = (root: string, run: string): string => path.join(root, run)
export const recordFile = (root: string, run: string): string => path.join(root, run, recordName)

/**
 * Makes a folder and those above it. Node's own `recursive` says ENOENT for a parent on a read-only disk, and never comes
 * back where the system answers ENOENT for a folder whose parent exists, as /proc does.
 */
export function makeFolders(folder: string): void {
  try {
    make(folder)
  } catch (cause) {
    throw folderError(folder, cause)
  }
}

function make(folder: string): void {
  try {
    fs.mkdirSync(folder)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST' && kindOf(folder) === 'folder') return
    const above = path.dirname(folder)
    if (code !== 'ENOENT' || above === folder) throw cause
    make(above)
    fs.mkdirSync(folder)
  }
}

/** A run's id is a folder's name on every system, and never the pointer's. */
export const isRunId = (id: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/.test(id) && id !== latestName && !id.endsWith('.')

/** Makes `latest` name this run. Readers see the old name or the new one, never half of one. */
export function pointLatest(root: string, run: string): void {
  const pointer = path.join(root, latestName)
  const draft = `${pointer}.${process.pid}`
  try {
    fs.writeFileSync(draft, `${run}\n`)
    fs.renameSync(draft, pointer)
  } catch (cause) {
    fs.rmSync(draft, { force: true })
    throw diskError(pointer, `write ${pointer}`, cause)
  }
}

/**
 * The record that a person means by `latest`, a run's id, a run's folder, the results folder, or a file. Answers its
 * path; the file itself has not been looked at yet.
 */
export function locateRecord(location: string, root = resultsFolder): string {
  if (location === latestName) return latestRecord(root)
  const kind = kindOf(location)
  if (kind === 'file') return path.basename(location) === latestName ? latestRecord(path.dirname(location)) : location
  if (kind === 'folder') return recordInFolder(location)
  if (isRunId(location) && kindOf(runFolder(root, location)) === 'folder') return recordFile(root, location)
  throw new RecordError(
    location,
    `There is no run '${shorten(location, 300)}': it is no file, no folder, and no run in ${root}. ${whatThereIs(root)}`,
  )
}

function latestRecord(root: string): string {
  const pointer = path.join(root, latestName)
  let run: string
  try {
    run = fs.readFileSync(pointer, 'utf8').trim()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw readError(pointer, 'read', cause)
    throw new RecordError(pointer, `There is no latest run in ${root}. ${whatThereIs(root)}`, cause)
  }
  if (!isRunId(run)) {
    throw new RecordError(pointer, `${pointer} does not name a run. Name the run itself, or remove that file.`)
  }
  return recordFile(root, run)
}

function recordInFolder(folder: string): string {
  const file = path.join(folder, recordName)
  if (kindOf(file) === 'file') return file
  if (kindOf(path.join(folder, latestName)) === 'file') return latestRecord(folder)
  throw new RecordError(
    folder,
    `The folder ${folder} holds no ${recordName}: it is not the folder of a run. ${whatThereIs(folder)}`,
  )
}

/** Whether it may be read more than once. */
export const isRegularFile = (file: string): boolean => {
  try {
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

export function kindOf(place: string): 'file' | 'folder' | 'nothing' {
  try {
    return fs.statSync(place).isDirectory() ? 'folder' : 'file'
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'nothing'
    throw readError(place, 'look at', cause)
  }
}

function whatThereIs(root: string): string {
  const runs = runsIn(root)
  if (runs.length === 0) return 'Make a run first with `ipcmark run`, or name the folder of one.'
  return `Runs in ${root}: ${runs.slice(-5).join(', ')}${runs.length > 5 ? ` and ${runs.length - 5} more` : ''}.`
}

/** How deep records lie below a folder: a store of days of machines of runs. */
const deepest = 4

/** The records in and below a folder, by name: whatever is called like one. */
export function recordsBelow(folder: string, depth = deepest): string[] {
  if (depth === 0) return []
  return entriesOf(folder).flatMap((entry) => {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return recordsBelow(place, depth - 1)
    return entry.isFile() && entry.name.endsWith('.jsonl') ? [place] : []
  })
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    throw readError(folder, 'look into', cause)
  }
}

/** The runs of a results folder, by name; what may not be looked at is none. */
export function runsIn(root: string): string[] {
  try {
    return fs
      .readdirSync(root)
      .filter((run) => isRunId(run) && holdsRecord(root, run))
      .sort()
  } catch {
    return []
  }
}

function holdsRecord(root: string, run: string): boolean {
  try {
    return kindOf(recordFile(root, run)) === 'file'
  } catch {
    return false
  }
}
