/**
 * A run while it is being recorded: each record is on disk before anything else is told of it, and the last line says
 * whether the run went to its end. When the disk refuses, the run is ended, what was recorded stays, and the reason is
 * what the verb ends with. What is reported afterwards is read back from the disk, so that it is the same at any time.
 */

import type { CaseRecord, GateRecord, LaunchRecord, Run, RunHeader, RunRecord } from '../model.ts'
import { resultsFolder } from '../record/folder.ts'
import { readRun } from '../record/reader.ts'
import { lineOf, openRecord, reopenRecord } from '../record/writer.ts'
import type { Words } from './words.ts'

export interface Recording {
  readonly header: RunHeader
  readonly file: string
  /** Aborted when the run has to end early, for whatever reason. */
  readonly signal: AbortSignal
  keep(record: CaseRecord | LaunchRecord | GateRecord): void
  /** Says that the run did not go to its end, though nobody interrupted it. */
  leaveOff(): void
}

/** What was recorded, and where. */
export interface Recorded {
  readonly run: Run
  readonly folder: string
  readonly file: string
}

/** A record that is gone on with: how much is in it already. */
export interface Earlier {
  readonly file: string
  readonly cases: number
  readonly launches: number
}

/**
 * Records what the body keeps, below `--output`, and on standard output too with `--json`; at the end of an earlier record,
 * where there is one.
 */
export async function recordWhile(
  header: RunHeader,
  words: Words,
  interrupted: AbortSignal,
  body: (recording: Recording) => Promise<void>,
  earlier?: Earlier,
): Promise<Recorded> {
  const { folder, file, append, close } =
    earlier === undefined ? openRecord(header, words.text('output') ?? resultsFolder) : reopenRecord(earlier.file)
  const tell = words.flag('json') ? (record: RunRecord) => process.stdout.write(lineOf(record)) : () => {}
  tell(header)
  const kept = { cases: earlier?.cases ?? 0, launches: earlier?.launches ?? 0 }
  let leftOff = false
  const refused = new AbortController()
  let failure: { readonly reason: unknown } | undefined
  const write = (record: RunRecord) => {
    append(record)
    tell(record)
  }
  const keep = (record: CaseRecord | LaunchRecord | GateRecord) => {
    if (failure !== undefined) return
    try {
      write(record)
      if (record.type !== 'gate') kept[record.type === 'case' ? 'cases' : 'launches']++
    } catch (reason) {
      failure = { reason }
      refused.abort()
    }
  }
  const end = (whole: boolean) =>
    write({ type: 'end', finished: new Date().toISOString(), interrupted: !whole, ...kept })
  try {
    const leaveOff = () => {
      leftOff = true
    }
    await body({ header, file, signal: AbortSignal.any([interrupted, refused.signal]), keep, leaveOff })
    if (failure !== undefined) throw failure.reason
    end(!interrupted.aborted && !leftOff)
  } catch (reason) {
    if (failure === undefined) end(false)
    throw reason
  } finally {
    close()
  }
  return { run: readRun(file), folder, file }
}
