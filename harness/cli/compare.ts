/** `ipcmark compare`: what differs between records. It informs; `gate` decides. */

import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { comparisonHtml } from '../../reports/compare/html.ts'
import { comparisonMarkdown } from '../../reports/compare/markdown.ts'
import { comparisonText } from '../../reports/compare/terminal.ts'
import { type Comparison, compareRuns } from '../gate/compare.ts'
import { exitCodes, type Run } from '../model.ts'
import { suggestion } from '../nearest.ts'
import { diskError } from '../record/error.ts'
import { machinesOf } from '../record/machines.ts'
import { nothingRan, usage } from './failures.ts'
import { terminalOf } from './screen.ts'
import { namedRecord } from './stored-runs.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

const renderings = {
  markdown: { file: 'comparison.md', of: comparisonMarkdown },
  html: { file: 'comparison.html', of: comparisonHtml },
  json: { file: 'comparison.json', of: (comparison: Comparison) => `${JSON.stringify(comparison, undefined, 2)}\n` },
} as const
type Rendering = keyof typeof renderings
const formats = Object.keys(renderings) as Rendering[]

export const compare: Verb = {
  options: {
    format: { says: `print it as ${formats.join(', ')} instead`, value: 'NAME' },
    output: { says: `write ${formats.join(', ')} into this folder`, value: 'FOLDER' },
    force: { says: 'judge figures across environments' },
  },
  examples: [
    ['ipcmark compare main.jsonl pull.jsonl', 'what a change did, as two records have it'],
    ['ipcmark compare ipcmark-results/RUN latest --format markdown', 'for a comment'],
    ['ipcmark compare kernel-5.jsonl kernel-6.jsonl kernel-7.jsonl --force', 'two kernels against the first'],
  ],
  about: [
    'A RUN is its id, its folder, a record file, or latest. The others are each compared with the first.',
    'A cell is slower or faster where the whole 95 % interval of its ratio lies beyond 5 %; the same where it lies within; else this cannot tell.',
  ],
  exits: [
    ['0', 'no case got worse; figures are told and not judged'],
    ['1', 'a case that passed, or was not there, goes wrong in another'],
    ['2', 'there is no such run, or the environments differ and --force was not given'],
    ['4', 'they have nothing in common'],
  ],
  async run(words) {
    const named = words.texts('runs')
    if (named.length < 2) throw usage("compare needs two runs at least, as in 'ipcmark compare A B'.")
    const [first, ...others] = named.map(read) as [Run, ...Run[]]
    const comparisons = others.map((other) => compareRuns(first, other))
    refuseForeign(comparisons, words)
    const format = formatOf(words)
    const output = words.text('output')
    for (const [at, comparison] of comparisons.entries()) {
      if (output !== undefined) write(comparison, comparisons.length > 1 ? path.join(output, String(at + 1)) : output)
    }
    const texts = comparisons.map((comparison) =>
      format === undefined ? comparisonText(comparison, terminalOf(process.stdout)) : renderings[format].of(comparison),
    )
    // One value, for a program.
    process.stdout.write(format === 'json' && texts.length > 1 ? `[${texts.join(',')}]\n` : texts.join(''))
    if (comparisons.every(({ common }) => common.cells + common.cases === 0)) {
      throw nothingRan('the records have neither a cell nor a case in common.')
    }
    const broke = comparisons.some(({ cases }) => cases.some(({ news }) => news === 'broke'))
    return broke ? exitCodes.failure : exitCodes.pass
  },
}

/** Figures of different machines are not held against each other unless somebody insists. */
function refuseForeign(comparisons: readonly Comparison[], words: Words): void {
  if (words.flag('force')) return
  const foreign = comparisons.find(
    ({ common, environment }) => common.cells > 0 && environment.some(({ matters }) => matters),
  )
  if (foreign === undefined) return
  const differing = foreign.environment
    .filter(({ matters }) => matters)
    .map(({ what, before, after }) => `  ${what}: ${before} → ${after}`)
  throw usage(
    `${foreign.before} and ${foreign.after} were measured in different environments:\n${differing.join('\n')}\n--force compares their figures all the same.`,
  )
}

function formatOf(words: Words): Rendering | undefined {
  const given = words.text('format')
  if (given === undefined) return undefined
  const found = formats.find((format) => format === given)
  if (found !== undefined) return found
  throw usage(`there is no format '${given}'${suggestion(given, formats) || `; there are ${formats.join(', ')}.`}`)
}

function write(comparison: Comparison, folder: string): void {
  for (const { file, of } of Object.values(renderings)) {
    const place = path.join(folder, file)
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(place, of(comparison))
    } catch (cause) {
      throw diskError(place, `write ${place}`, cause)
    }
  }
}

/** Figures of several machines are not those of one, however they came into one record. */
function read(location: string): Run {
  const { run, file } = namedRecord(location)
  const [first, ...others] = machinesOf(run)
  if (others.length === 0) return first
  if (run.launches.length === 0) return run
  throw usage(
    `${file} was merged from shards of ${others.length + 1} machines, and has figures of each: compare its shards instead.`,
  )
}
