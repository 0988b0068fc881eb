/** `ipcmark report`: makes the reports of a recorded run again, or of several side by side. It runs nothing. */

import { createHash } from 'node:crypto'
import path from 'node:path'
import { formats } from '../../reports/index.ts'
import { exitCodes, type Runs } from '../model.ts'
import { suggestion } from '../nearest.ts'
import { latestName, resultsFolder } from '../record/folder.ts'
import { machinesOf } from '../record/machines.ts'
import { usage } from './failures.ts'
import { farewell } from './finish.ts'
import type { Recorded } from './recording.ts'
import { usualFormats, writeReports } from './reports.ts'
import { spliceReport } from './splice.ts'
import { runsNamed } from './stored-runs.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

export const report: Verb = {
  options: {
    format: { says: `only these: ${formats.map(({ id }) => id).join(', ')}`, value: 'NAME', many: true },
    output: {
      says: 'where the reports go (beside the record; of several runs a folder of their own)',
      value: 'FOLDER',
    },
    splice: { says: 'the file that Markdown is put into, between two lines of it', value: 'FILE' },
  },
  examples: [
    ['ipcmark report', 'the latest run'],
    ['ipcmark report ipcmark-results/RUN --format csv', 'one format of another run'],
    ['ipcmark report results.jsonl --output public', 'a record from elsewhere'],
    ['ipcmark report --format markdown --splice README.md', 'the latest figures, between the marks of a README'],
    ['ipcmark report old.jsonl new.jsonl latest', 'three runs side by side: machines, kernels, or days'],
  ],
  about: [
    `A RUN is its id, its folder, a record file, or latest, which is what is meant when none is named; or a folder with any number of records below it.`,
    `Several runs stand side by side, as A, B and so on in the order in which they were named, and no figure is of two of them.`,
    `--splice puts what would be report.md between the lines '<!-- ipcmark:begin -->' and '<!-- ipcmark:end -->' of a file, and touches nothing else of it. Words in the first line say what of it: machine, gate, conformance, figures, notes; or workloads, placements, mechanisms and families, as in '<!-- ipcmark:begin pingpong same-core family:pipe -->'.`,
    `Formats: ${formats.map(({ says }) => says).join('; ')}.`,
  ],
  exits: [
    ['0', 'the reports are written'],
    [
      '2',
      'there is no such run, it is no record of ipcmark, it was named twice, or the file of --splice has no place for it',
    ],
    ['4', 'they are, and are empty: the run ended before anything in it did; or --splice found no figure that fits'],
    ['5', 'the reports could not be written'],
  ],
  async run(words) {
    const wanted = formatsOf(words)
    const named = words.texts('runs')
    const recorded = (named.length > 0 ? named : [latestName]).flatMap(runsNamed)
    refuseTwice(recorded)
    const [first, ...others] = recorded.flatMap(({ run }) => machinesOf(run))
    if (first === undefined) throw usage('none of the records there can be read.')
    const runs: Runs = [first, ...others]
    refuseMany(runs)
    const into = words.text('splice')
    const folder = words.text('output') ?? folderOf(recorded)
    let files: readonly string[] = []
    try {
      files = writeReports(runs, folder, into === undefined ? wanted : wanted.filter(({ id }) => id !== 'markdown'))
      if (into !== undefined) spliceReport(into, runs)
    } finally {
      process.stdout.write(farewell(runs, recorded, into === undefined ? files : [...files, into], words))
    }
    const empty = runs.every(({ cases, launches }) => cases.length + launches.length === 0)
    return empty ? exitCodes.nothingRan : exitCodes.pass
  },
}

function formatsOf(words: Words) {
  const names = words.texts('format')
  if (words.text('splice') !== undefined && !names.includes('markdown')) {
    throw usage('--splice puts Markdown into a file: it goes with --format markdown.')
  }
  const known = formats.map(({ id }) => id)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return names.length === 0 ? usualFormats : formats.filter(({ id }) => names.includes(id))
  throw usage(`there is no format '${unknown}'${suggestion(unknown, known) || `; there are ${known.join(', ')}.`}`)
}

function refuseTwice(recorded: readonly Recorded[]): void {
  for (const [at, { run, file }] of recorded.entries()) {
    const same = recorded.slice(0, at).find((other) => other.run.header.run === run.header.run)
    if (same === undefined) continue
    const where = same.file === file ? file : `${same.file} and ${file}`
    throw usage(`the run ${run.header.run} was named twice (${where}); name it once.`)
  }
}

/** There are as many letters to tell runs apart by, and nobody reads so many beside each other. */
const mostRuns = 26

function refuseMany(runs: Runs): void {
  if (runs.length <= mostRuns) return
  throw usage(`${runs.length} runs do not stand side by side: name ${mostRuns} at most, or use 'ipcmark history'.`)
}

/** Of several runs it is a folder that has the same name for the same runs. */
function folderOf(recorded: readonly Recorded[]): string {
  const [only, ...others] = recorded
  if (only !== undefined && others.length === 0) return only.folder
  const names = createHash('sha256').update(recorded.map(({ run }) => run.header.run).join(' '))
  return path.join(resultsFolder, `side-by-side-${names.digest('hex').slice(0, 8)}`)
}
