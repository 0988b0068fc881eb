/** What a verb does when its run is over: writes the reports, prints the summary, where the files are, and the command. */

import path from 'node:path'
import { summary } from '../../reports/terminal/summary.ts'
import { isNews, sortedById } from '../../reports/view/tally.ts'
import type { CaseRecord } from '../model.ts'
import { columns } from './columns.ts'
import { commandOf } from './command.ts'
import type { Recorded } from './recording.ts'
import { writeReports } from './reports.ts'
import { paintFor, type Stream, terminalOf } from './screen.ts'
import type { Words } from './words.ts'

/** The summary is told even when the reports cannot be written; the reason then ends the verb. */
export function finish(recorded: Recorded, words: Words): void {
  let files: readonly string[] = []
  try {
    files = writeReports([recorded.run], recorded.folder)
  } finally {
    if (!words.flag('json')) process.stdout.write(farewell(recorded, files, words))
  }
}

export function farewell(
  { run, file }: Recorded,
  files: readonly string[],
  words: Words,
  stream: Stream = process.stdout,
): string {
  const paint = paintFor(stream)
  const early = run.end?.interrupted ? `${paint('yellow', 'Interrupted: what had ended by then is here.')}\n\n` : ''
  const resumable = run.header.words?.[0] === 'bench' && run.end?.interrupted !== false
  const places = [file, ...files].map(nearby).map((name, at) => [at === 0 ? 'files' : '', name])
  const why = sortedById(run.cases.filter(isNews)).slice(0, 1)
  const rows = [
    ...places,
    ...why.map((one) => ['why', explanationOf(one, words.texts('fault'))]),
    ...(resumable ? [['resume', commandOf(['bench', '--resume', nearby(file)])]] : []),
    ['again', run.header.command],
  ].map(([name = '', value = '']) => [paint('dim', name), value])
  return `\n${early}${summary(run, terminalOf(stream))}\n${columns(rows, 0)}\n`
}

/** From here, where it is below here. */
function nearby(place: string): string {
  const relative = path.relative('', place)
  return relative.startsWith('..') ? place : relative
}

/** The command that shows what happened in a case. */
const explanationOf = ({ id, target, with: other }: CaseRecord, faults: readonly string[]): string =>
  commandOf([
    ...['explain', id],
    ...[target, ...(other === undefined ? [] : [other.target])].flatMap((one, _, { length }) =>
      one === 'native' && length === 1 ? [] : ['--target', one],
    ),
    ...faults.flatMap((fault) => ['--fault', fault]),
  ])
