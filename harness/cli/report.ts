/** `ipcmark report`: makes the reports of a recorded run again, and prints its summary. It runs nothing. */

import path from 'node:path'
import { formats } from '../../reports/index.ts'
import { exitCodes } from '../model.ts'
import { suggestion } from '../nearest.ts'
import { RecordError } from '../record/error.ts'
import { latestName, locateRecord, resultsFolder } from '../record/folder.ts'
import { readRun } from '../record/reader.ts'
import { usage } from './failures.ts'
import { farewell } from './finish.ts'
import type { Recorded } from './recording.ts'
import { usualFormats, writeReports } from './reports.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

export const report: Verb = {
  options: {
    format: { says: `only these: ${formats.map(({ id }) => id).join(', ')}`, value: 'NAME', many: true },
    output: { says: 'where the reports go (beside the record)', value: 'FOLDER' },
  },
  examples: [
    ['ipcmark report', 'the latest run'],
    ['ipcmark report ipcmark-results/RUN --format csv', 'one format of another run'],
    ['ipcmark report results.jsonl --output public', 'a record from elsewhere'],
  ],
  about: [
    `A RUN is its id, its folder, a record file, or latest, which is what is meant when none is named.`,
    `Formats: ${formats.map(({ says }) => says).join('; ')}.`,
  ],
  exits: [
    ['0', 'the reports are written'],
    ['2', 'there is no such run, or it is no record of ipcmark'],
    ['4', 'they are, and are empty: the run ended before anything in it did'],
    ['5', 'the reports could not be written'],
  ],
  async run(words) {
    const wanted = formatsOf(words)
    const recorded = read(words.text('run') ?? latestName)
    const files = writeReports([recorded.run], words.text('output') ?? recorded.folder, wanted)
    process.stdout.write(farewell(recorded, files, words))
    const { cases, launches } = recorded.run
    return cases.length + launches.length === 0 ? exitCodes.nothingRan : exitCodes.pass
  },
}

function formatsOf(words: Words) {
  const names = words.texts('format')
  const known = formats.map(({ id }) => id)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return names.length === 0 ? usualFormats : formats.filter(({ id }) => names.includes(id))
  throw usage(`there is no format '${unknown}'${suggestion(unknown, known) || `; there are ${known.join(', ')}.`}`)
}

/** A record that cannot be read is the wrong one, or a damaged one: either way another has to be named. */
function read(location: string): Recorded {
  try {
    const file = locateRecord(location, resultsFolder)
    return { run: readRun(file), folder: path.dirname(file), file }
  } catch (error) {
    if (error instanceof RecordError) throw usage(error.message)
    throw error
  }
}
