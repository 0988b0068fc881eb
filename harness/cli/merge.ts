/** `ipcmark merge`: makes one run of the shards that several machines have played. It runs nothing. */

import { isStrict } from '../../reports/view/judged.ts'
import { exitCodes, type Run } from '../model.ts'
import { makeRunId } from '../pair/residue.ts'
import { recordName, resultsFolder } from '../record/folder.ts'
import { readRun } from '../record/reader.ts'
import { openRecord } from '../record/writer.ts'
import { exitCodeOf, orUsage, usage } from './failures.ts'
import { finish } from './finish.ts'
import { type Joined, joined } from './merge-shards.ts'
import type { Recorded } from './recording.ts'
import { storedRecords } from './stored-runs.ts'
import type { Verb } from './verb.ts'

export const merge: Verb = {
  options: { output: { says: `where the run goes (${resultsFolder})`, value: 'FOLDER' } },
  examples: [
    ['ipcmark merge shards', 'what was collected in a folder, from all machines'],
    ['ipcmark merge 1.jsonl 2.jsonl 3.jsonl', 'three records, in any order'],
    ['ipcmark check --shard 1/3 --output shards', 'how one of them is made'],
  ],
  about: [
    `A SHARD is a record of a run with --shard, its id, its folder, or a folder with any number of ${recordName} below it.`,
    `Shards of one run have the same command, but for --shard, the same seed, and the same version of ipcmark. They may be of different machines: then reports show figures for each machine, side by side, and claims together wherever the system is the same.`,
  ],
  exits: [
    ['0', 'all shards are there, and all is as expected'],
    ['1', 'a claim does not hold that should, or a launch went wrong, in any shard'],
    ['2', 'there is no such record, or they are no shards of one run'],
    ['3', 'nothing is wrong with what is there, but shards are missing or were cut short'],
    ['4', 'nothing ran in any of them'],
    ['5', 'the run could not be written, or ipcmark itself broke in a shard'],
  ],
  async run(words) {
    const found = storedRecords(words.texts('shards'))
    if (found.length === 0) throw usage('none of the records there can be read.')
    const whole = orUsage(() => joined(found, makeRunId()))
    const recorded = write(whole, words.text('output') ?? resultsFolder)
    finish(recorded, words)
    return exitCode(recorded.run, whole)
  },
}

function write({ header, lines, end }: Joined, root: string): Recorded {
  const { folder, file, append, close } = openRecord(header, root)
  try {
    for (const line of lines()) append(line)
    append(end)
  } finally {
    close()
  }
  return { run: readRun(file), folder, file }
}

/** Of what is not there nobody knows whether it is well. */
function exitCode(run: Run, { whole }: Joined): number {
  const code = exitCodeOf(run, isStrict(run))
  return code === exitCodes.pass && !whole ? exitCodes.inconclusive : code
}
