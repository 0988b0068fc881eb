/** What a verb does when its run is over: writes the reports, prints the summary, where the files are, and the command. */

import path from 'node:path'
import { summary } from '../../reports/terminal/summary.ts'
import { casesOf, isNews, sortedById } from '../../reports/view/tally.ts'
import { visibleLine } from '../../reports/view/visible.ts'
import type { CaseRecord, Runs } from '../model.ts'
import { machinesOf } from '../record/machines.ts'
import { columns } from './columns.ts'
import { commandOf } from './command.ts'
import type { Recorded } from './recording.ts'
import { writeReports } from './reports.ts'
import { paintFor, type Stream, terminalOf } from './screen.ts'
import type { Words } from './words.ts'

/** The summary is told even when the reports cannot be written; the reason then ends the verb. */
export function finish(recorded: Recorded, words: Words): void {
  const runs = machinesOf(recorded.run)
  let files: readonly string[] = []
  try {
    files = writeReports(runs, recorded.folder)
  } finally {
    if (!words.flag('json')) process.stdout.write(farewell(runs, [recorded], files, words))
  }
}

/** `runs` are those of the records, a run for each machine. */
export function farewell(
  runs: Runs,
  recorded: readonly Recorded[],
  files: readonly string[],
  words: Words,
  stream: Stream = process.stdout,
): string {
  const paint = paintFor(stream)
  const early = recorded.some(({ run }) => run.end?.interrupted)
  const told = early ? `${paint('yellow', 'Interrupted: what had ended by then is here.')}\n\n` : ''
  const places = [...recorded.map(({ file }) => file), ...files].map(nearby)
  const why = sortedById(casesOf(runs).filter(isNews)).slice(0, 1)
  const [only, ...others] = recorded
  const rows = [
    ...places.map((name, at) => [at === 0 ? 'files' : '', name]),
    ...why.map((one) => ['why', explanationOf(one, words.texts('fault'))]),
    ...(only !== undefined && others.length === 0 ? whatNext(only) : []),
  ].map(([name = '', value = '']) => [paint('dim', name), visibleLine(value)])
  return `\n${told}${summary(runs, terminalOf(stream))}\n${columns(rows, 0)}\n`
}

/** How to go on with a run that was cut short, and how to make it again. */
function whatNext({ run, file }: Recorded): string[][] {
  const { words, merged, command } = run.header
  const resumable = words?.[0] === 'bench' && merged === undefined && run.end?.interrupted !== false
  return [...(resumable ? [['resume', commandOf(['bench', '--resume', nearby(file)])]] : []), ['again', command]]
}

/** From here, where it is below here. */
export function nearby(place: string): string {
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
