/** What a verb does when its run is over: writes the reports, prints the summary, where the files are, and the command. */

import path from 'node:path'
import { summary } from '../../reports/terminal/summary.ts'
import { columns } from './columns.ts'
import type { Recorded } from './recording.ts'
import { writeReports } from './reports.ts'
import { paintFor, type Stream, terminalOf } from './screen.ts'
import type { Words } from './words.ts'

/** The summary is told even when the reports cannot be written; the reason then ends the verb. */
export function finish(recorded: Recorded, words: Words): void {
  let files: readonly string[] = []
  try {
    files = writeReports(recorded.run, recorded.folder)
  } finally {
    if (!words.flag('json')) process.stdout.write(farewell(recorded, files))
  }
}

export function farewell({ run, file }: Recorded, files: readonly string[], stream: Stream = process.stdout): string {
  const paint = paintFor(stream)
  const early = run.end?.interrupted ? `${paint('yellow', 'Interrupted: what had ended by then is here.')}\n\n` : ''
  const places = [file, ...files]
    .map((place) => path.relative('', place))
    .map((name, at) => [at === 0 ? 'files' : '', name])
  const rows = [...places, ['again', run.header.command]].map(([name = '', value = '']) => [paint('dim', name), value])
  return `\n${early}${summary(run, terminalOf(stream))}\n${columns(rows, 0)}\n`
}
