/**
 * Writes a run as JSON Lines, each record the moment it ends. A line goes to the system in one append before `append`
 * returns, so that killing the harness at any moment loses nothing that was finished. It never overwrites a record, and
 * never carries on after a failed write: the caller is told what to do, and what was written before stays readable.
 */

import fs from 'node:fs'
import path from 'node:path'
import type { RunHeader, RunRecord } from '../model.ts'
import { diskError, RecordError } from './error.ts'
import { isRunId, makeFolders, pointLatest, recordFile, resultsFolder, runFolder } from './folder.ts'

export interface RecordWriter {
  /** The run's folder, for reports to be put into. */
  readonly folder: string
  readonly file: string
  append(record: RunRecord): void
  close(): void
}

/** Makes the run's folder, writes its header, and makes `latest` name it. */
export function openRecord(header: RunHeader, root = resultsFolder): RecordWriter {
  if (!isRunId(header.run)) {
    throw new RecordError(
      root,
      `'${header.run}' cannot name a run: use letters, digits, '.', '_' and '-', as in 2026-11-20-pipe.`,
    )
  }
  const folder = runFolder(root, header.run)
  const file = recordFile(root, header.run)
  makeFolders(folder)
  const writer = { folder, ...appender(openNew(file), file) }
  writer.append(header)
  pointLatest(root, header.run)
  return writer
}

/**
 * Opens the record of a run that was cut short, to go on with it: what is left of a line that was cut is taken away, and so
 * is the line that says that the run was interrupted.
 */
export function reopenRecord(file: string): RecordWriter {
  mend(file)
  const folder = path.dirname(file)
  try {
    return { folder, ...appender(fs.openSync(file, 'a'), file) }
  } catch (cause) {
    throw diskError(file, `write ${file}`, cause)
  }
}

/** No line that says how a run ended is longer. */
const longestEnd = 4096

function mend(file: string): void {
  let descriptor: number
  try {
    descriptor = fs.openSync(file, 'r+')
  } catch (cause) {
    throw diskError(file, `write ${file}`, cause)
  }
  try {
    const whole = lastNewline(descriptor, fs.fstatSync(descriptor).size)
    const from = Math.max(0, whole - longestEnd)
    const tail = Buffer.alloc(whole - from)
    fs.readSync(descriptor, tail, 0, tail.length, from)
    const lines = tail.toString('latin1').split('\n').slice(0, -1)
    const last = lines.at(-1) ?? ''
    const ends = lines.length > 1 && last.startsWith('{"type":"end"')
    fs.ftruncateSync(descriptor, ends ? whole - last.length - 1 : whole)
  } catch (cause) {
    throw diskError(file, `write ${file}`, cause)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** How many bytes there are up to the last newline, and with it. */
function lastNewline(descriptor: number, size: number): number {
  const chunk = Buffer.alloc(1 << 16)
  for (let end = size; end > 0; end -= chunk.length) {
    const from = Math.max(0, end - chunk.length)
    fs.readSync(descriptor, chunk, 0, end - from, from)
    const found = chunk.subarray(0, end - from).lastIndexOf(0x0a)
    if (found >= 0) return from + found + 1
  }
  return 0
}

function openNew(file: string): number {
  try {
    return fs.openSync(file, 'ax')
  } catch (cause) {
    throw diskError(file, `create ${file}`, cause)
  }
}

/** Appends records to an open descriptor. */
export function appender(descriptor: number, file: string): Omit<RecordWriter, 'folder'> {
  let written = fs.fstatSync(descriptor).size
  const append = (record: RunRecord): void => {
    const line = Buffer.from(lineOf(record))
    try {
      for (let at = 0; at < line.length; ) at += fs.writeSync(descriptor, line, at)
    } catch (cause) {
      cutBack(descriptor, written)
      const error = diskError(file, `write ${file}`, cause)
      throw new RecordError(file, `${error.message} What was recorded before is kept there.`, cause)
    }
    written += line.length
    if (fs.fstatSync(descriptor).nlink === 0) {
      throw new RecordError(file, `${file} was removed while the run was going on, and its records with it. Run again.`)
    }
  }
  return { file, append, close: () => fs.closeSync(descriptor) }
}

/** A record as a line. A value that is too long for a JSON number is kept as its digits. */
export const lineOf = (record: RunRecord): string =>
  `${JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? bigintAsJson(value) : value))}\n`

const bigintAsJson = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()

/** Takes half a line back, so that a record on a full disk still ends with a whole one. Readers forgive when it fails. */
function cutBack(descriptor: number, length: number): void {
  try {
    fs.ftruncateSync(descriptor, length)
  } catch {
    // The line stays cut: the reader leaves it out and says so.
  }
}
