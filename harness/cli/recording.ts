/**
 * A run while it is being recorded: each record is on disk before anything else is told of it, and the last line says
 * whether the run went to its end. When the disk refuses, the run is ended, what was recorded stays, and the reason is
 * what the verb ends with. What is reported afterwards is read back from the disk, so that it is the same at any time.
 */

import type { CaseRecord, LaunchRecord, Run, RunHeader, RunRecord } from '../model.ts'
import { resultsFolder } from '../record/folder.ts'
import { readRun } from '../record/reader.ts'
import { lineOf, openRecord } from '../record/writer.ts'
import type { Words } from './words.ts'

export interface Recording {
  readonly header: RunHeader
  /** Aborted when the run has to end early, for whatever reason. */
  readonly signal: AbortSignal
  keep(record: CaseRecord | LaunchRecord): void
}

/** What was recorded, and where. */
export interface Recorded {
  readonly run: Run
  readonly folder: string
  readonly file: string
}

/** Records what the body keeps, below `--output`, and on standard output too with `--json`. */
export async function recordWhile(
  header: RunHeader,
  words: Words,
  interrupted: AbortSignal,
  body: (recording: Recording) => Promise<void>,
): Promise<Recorded> {
  const { folder, file, append, close } = openRecord(header, words.text('output') ?? resultsFolder)
  const tell = words.flag('json') ? (record: RunRecord) => process.stdout.write(lineOf(record)) : () => {}
  tell(header)
  const kept = { cases: 0, launches: 0 }
  const refused = new AbortController()
  let failure: { readonly reason: unknown } | undefined
  const write = (record: RunRecord) => {
    append(record)
    tell(record)
  }
  const keep = (record: CaseRecord | LaunchRecord) => {
    if (failure !== undefined) return
    try {
      write(record)
      kept[record.type === 'case' ? 'cases' : 'launches']++
    } catch (reason) {
      failure = { reason }
      refused.abort()
    }
  }
  const end = (whole: boolean) =>
    write({ type: 'end', finished: new Date().toISOString(), interrupted: !whole, ...kept })
  try {
    await body({ header, signal: AbortSignal.any([interrupted, refused.signal]), keep })
    if (failure !== undefined) throw failure.reason
    end(!interrupted.aborted)
  } catch (reason) {
    if (failure === undefined) end(false)
    throw reason
  } finally {
    close()
  }
  return { run: readRun(file), folder, file }
}
