/** Writes reports beside the record, or elsewhere. A report is replaced as a whole, or stays as it was. */

import fs from 'node:fs'
import path from 'node:path'
import { type Format, formats } from '../../reports/index.ts'
import type { ReportFile, Runs } from '../model.ts'
import { diskError } from '../record/error.ts'
import { makeFolders } from '../record/folder.ts'

/** Those that every run is followed by. */
export const usualFormats = formats.filter(({ onRequest }) => onRequest === undefined)

/** Answers the files that were written. */
export function writeReports(runs: Runs, folder: string, wanted: readonly Format[] = usualFormats): string[] {
  return wanted.flatMap(({ report }) =>
    report(runs).map(({ name, contents }) => {
      const file = path.join(folder, name)
      replace(file, contents)
      return file
    }),
  )
}

function replace(file: string, contents: ReportFile['contents']): void {
  const draft = `${file}.${process.pid}`
  makeFolders(path.dirname(file))
  try {
    write(draft, typeof contents === 'string' ? [contents] : contents)
    fs.renameSync(draft, file)
  } catch (cause) {
    fs.rmSync(draft, { force: true })
    throw diskError(file, `write ${file}`, cause)
  }
}

function write(file: string, pieces: Iterable<string>): void {
  const descriptor = fs.openSync(file, 'w')
  try {
    for (const piece of pieces) fs.writeFileSync(descriptor, piece)
  } finally {
    fs.closeSync(descriptor)
  }
}
