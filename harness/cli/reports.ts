/** Writes reports beside the record, or elsewhere. A report is replaced as a whole, or stays as it was. */

import fs from 'node:fs'
import path from 'node:path'
import { type Format, formats } from '../../reports/index.ts'
import type { Runs } from '../model.ts'
import { diskError, RecordError } from '../record/error.ts'
import { makeFolders } from '../record/folder.ts'

/** Those that every run is followed by. */
export const usualFormats = formats.filter(({ onRequest }) => onRequest === undefined)

/** Answers the files that were written. */
export function writeReports(runs: Runs, folder: string, wanted: readonly Format[] = usualFormats): string[] {
  return wanted.flatMap(({ report }) =>
    report(runs).map(({ name, contents }) => {
      const file = path.join(folder, name)
      makeFolders(path.dirname(file))
      replaceFile(file, typeof contents === 'string' ? [contents] : contents)
      return file
    }),
  )
}

type Pieces = Iterable<string | Uint8Array>

/** With the mode and the owner of what it was, where that is given. */
export function replaceFile(file: string, pieces: Pieces, like?: fs.Stats): void {
  const draft = `${file}.${process.pid}`
  try {
    write(draft, pieces, like)
    fs.renameSync(draft, file)
  } catch (cause) {
    fs.rmSync(draft, { force: true })
    // A report is made while it is written: what goes wrong there is nothing that the disk refused.
    if (cause instanceof RecordError || typeof (cause as NodeJS.ErrnoException).code !== 'string') throw cause
    throw diskError(file, `write ${file}`, cause)
  }
}

function write(file: string, pieces: Pieces, like: fs.Stats | undefined): void {
  // What is private is so from the first byte.
  const descriptor = fs.openSync(file, 'w', like === undefined ? 0o666 : 0o600)
  try {
    for (const piece of pieces) fs.writeFileSync(descriptor, piece)
    if (like === undefined) return
    const { uid, gid } = fs.fstatSync(descriptor)
    if (uid !== like.uid || gid !== like.gid) fs.fchownSync(descriptor, like.uid, like.gid)
    fs.fchmodSync(descriptor, like.mode & 0o7777)
  } finally {
    fs.closeSync(descriptor)
  }
}
