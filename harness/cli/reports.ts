/** Writes reports beside the record, or elsewhere. A report is replaced as a whole, or stays as it was. */

import fs from 'node:fs'
import path from 'node:path'
import { type Format, formats } from '../../reports/index.ts'
import type { Run } from '../model.ts'
import { diskError } from '../record/error.ts'
import { makeFolders } from '../record/folder.ts'

/** Answers the files that were written. */
export function writeReports(run: Run, folder: string, wanted: readonly Format[] = formats): string[] {
  return wanted.flatMap(({ report }) =>
    report(run).map(({ name, contents }) => {
      const file = path.join(folder, name)
      replace(file, contents)
      return file
    }),
  )
}

function replace(file: string, contents: string): void {
  const draft = `${file}.${process.pid}`
  makeFolders(path.dirname(file))
  try {
    fs.writeFileSync(draft, contents)
    fs.renameSync(draft, file)
  } catch (cause) {
    fs.rmSync(draft, { force: true })
    throw diskError(file, `write ${file}`, cause)
  }
}
