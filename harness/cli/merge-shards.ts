/**
 * The shards of one run, put together again: first whether they are that, then the lines of one record. Shards may have
 * been on machines of their own, and are otherwise alike: the same ipcmark, command, seed and plan. Each is there once, no
 * case or cell is in two of them, and whatever is missing is said.
 */

import { cellName } from '../measure/schedule.ts'
import type { CaseRecord, Cell, LaunchRecord, MergedShard, RunEnd, RunHeader, RunId, Shard } from '../model.ts'
import { RecordError } from '../record/error.ts'
import { commandOf, without } from './command.ts'
import type { Recorded } from './recording.ts'
import { isPart } from './shard.ts'

/** A record that may be a shard, and where it lies. */
export type Found = Pick<Recorded, 'run' | 'file'>

export interface Joined {
  readonly header: RunHeader
  /** In the order of shards: each line says of which it is. */
  lines(): Generator<CaseRecord | LaunchRecord>
  readonly end: RunEnd
  /** The shards that are not there. */
  readonly missing: readonly number[]
  /** Whether all shards are there, and all of each. */
  readonly whole: boolean
}

interface Part extends Found {
  readonly shard: Shard
}

export function joined(found: readonly Found[], run: RunId): Joined {
  const parts = found.map(asPart).sort((a, b) => a.shard.index - b.shard.index)
  const [first] = parts
  if (first === undefined) throw new Error('there is no shard to merge')
  refuseStrangers(first, parts)
  refuseTwice(parts)
  const lines = () => linesOf(parts)
  const count = { cases: 0, launches: 0 }
  for (const { type } of lines()) count[type === 'case' ? 'cases' : 'launches']++
  const missing = Array.from({ length: first.shard.of }, (_, at) => at + 1).filter(
    (index) => !parts.some(({ shard }) => shard.index === index),
  )
  const shards = parts.map(mergedShard)
  return {
    header: headerOf(first, parts, shards, run),
    lines,
    end: { type: 'end', finished: lastOf(parts), interrupted: parts.some(({ run: { end } }) => wasCut(end)), ...count },
    missing,
    whole: missing.length === 0 && shards.every(({ partial }) => partial === undefined),
  }
}

function asPart({ run, file }: Found): Part {
  const { shard } = run.header
  if (shard !== undefined) return { run, file, shard }
  const why = run.header.merged === undefined ? 'was made without --shard' : 'has been merged already'
  throw new RecordError(file, `${file} is no shard: it ${why}. Merge the records of runs with --shard.`)
}

/** The words of a command that are the same for all shards of a run: where each put its record is its own affair. */
const sharedWords = ({ words = [] }: RunHeader): string[] =>
  without(['--shard', '--output'], words).filter((word) => word !== '--json')

/** In what shards of one run do not differ. */
const sameIn: readonly (readonly [what: string, of: (part: Part) => string])[] = [
  ['version of ipcmark', ({ run: { header } }) => [header.tool.version, header.tool.commit ?? ''].join(' ').trim()],
  ['command', ({ run: { header } }) => commandOf(sharedWords(header))],
  ['number of shards', ({ shard }) => String(shard.of)],
  ['list of targets', ({ run: { header } }) => header.targets.map(({ id, os }) => `${id} (${os})`).join(', ')],
  ['plan', ({ shard }) => shard.plan],
]

function refuseStrangers(first: Part, parts: readonly Part[]): void {
  for (const part of parts) {
    const strange = sameIn.find(([, of]) => of(part) !== of(first))
    if (strange === undefined) continue
    const [what, of] = strange
    throw new RecordError(
      part.file,
      `${first.file} and ${part.file} are no shards of one run. Their ${what} differs: ‘${of(first)}’ and ‘${of(part)}’.`,
    )
  }
}

function refuseTwice(parts: readonly Part[]): void {
  for (const [at, { shard, file }] of parts.entries()) {
    const before = parts[at - 1]
    if (!isPart(shard)) {
      throw new RecordError(file, `${file} is damaged: it says that it is shard ${shard.index} of ${shard.of}.`)
    }
    if (before === undefined || shard.index !== before.shard.index) continue
    throw new RecordError(
      file,
      `Shard ${shard.index} of ${shard.of} is there twice: ${before.file} and ${file}. Name one of them.`,
    )
  }
}

function mergedShard({ run }: Part): MergedShard {
  const said = [...(run.partial === undefined ? [] : [run.partial]), ...(run.end?.interrupted ? ['Interrupted.'] : [])]
  return { header: run.header, ...(said.length === 0 ? {} : { partial: said.join(' ') }) }
}

/** A run that was killed has no end. */
const wasCut = (end: RunEnd | undefined): boolean => end?.interrupted !== false

const startOf = ({ run }: Part): string => run.header.started
const earlier = (a: string, b: string): string => (a < b ? a : b)
const lastOf = (parts: readonly Part[]): string =>
  parts.map((part) => part.run.end?.finished ?? startOf(part)).reduce((a, b) => (earlier(a, b) === a ? b : a))

function headerOf(first: Part, parts: readonly Part[], shards: readonly MergedShard[], run: RunId): RunHeader {
  const { shard, words: _, ...header } = first.run.header
  const words = without(['--shard', '--output'], first.run.header.words ?? [])
  return {
    ...header,
    run,
    command: commandOf(words),
    words,
    started: parts.map(startOf).reduce(earlier),
    merged: { of: first.shard.of, shards },
  }
}

/** What two shards both have is refused, but for baselines, which are measured wherever something is held against them. */
function* linesOf(parts: readonly Part[]): Generator<CaseRecord | LaunchRecord> {
  const owners = new Map<string, Part>()
  const claim = (what: string, part: Part) => {
    const owner = owners.get(what) ?? part
    owners.set(what, part)
    if (owner === part) return
    throw new RecordError(part.file, `${owner.file} and ${part.file} overlap: both have ${what}.`)
  }
  const rounds = new Map<string, number>()
  for (const part of parts) {
    const { index } = part.shard
    for (const one of part.run.cases) {
      claim(`${one.id} (${one.target})`, part)
      yield { ...one, shard: index }
    }
    const before = new Map(rounds)
    for (const one of part.run.launches) {
      const name = `${cellName(one.cell)} (${one.target})`
      if (!isBaseline(one.cell)) claim(name, part)
      // A launch of a baseline that an earlier shard has measured too comes after those.
      const round = one.round + (before.get(name) ?? 0)
      rounds.set(name, Math.max(rounds.get(name) ?? 0, round + 1))
      yield { ...one, round, shard: index }
    }
  }
}

const isBaseline = ({ workload }: Cell): boolean => workload === 'baseline'
