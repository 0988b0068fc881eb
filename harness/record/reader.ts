/**
 * Reads a record back into a run. What can be read is never refused for what cannot: a last line that was cut short, a
 * line in the middle that is damaged, and a missing end are left out and named in `partial`. What is no ipcmark record at
 * all, is empty, holds several runs, or was written by a newer version is refused with a sentence that says what to do.
 */

import {
  type CaseRecord,
  type GateRecord,
  type Launches,
  type LaunchRecord,
  type Run,
  type RunEnd,
  type RunHeader,
  type RunRecord,
  recordSchema,
} from '../model.ts'
import { isObject, problemWith } from './check.ts'
import { parseRecord } from './counts.ts'
import { RecordError } from './error.ts'
import { isRegularFile, locateRecord, recordName } from './folder.ts'
import { lackingOf } from './lacking.ts'
import { type Line, linesOf } from './lines.ts'
import { header as headerShape, lineShapes } from './shape.ts'

/**
 * Reads a run from `latest`, a run's id, a folder or a file. Cases are kept in memory. Launches, of which there may be
 * many more, are counted, and read again whenever someone goes through them; but not from a pipe, which is read once.
 */
export function readRun(location: string, root?: string): Run {
  const file = locateRecord(location, root)
  const lines = linesOf(file)
  const header = readHeader(file, lines.next().value as Line | undefined)
  const cases: CaseRecord[] = []
  const again = isRegularFile(file)
  const launches = again ? launchesOnDisk(file) : launchesInMemory()
  const damage: string[] = []
  let end: RunEnd | undefined
  let gate: GateRecord | undefined
  for (const line of lines) {
    const record = readLine(line, again ? 'looked-at' : 'kept')
    if (typeof record === 'string') damage.push(record)
    else if (record.type === 'case') cases.push(record)
    else if (record.type === 'launch') launches.found(record, line.number)
    else if (record.type === 'gate') gate = record
    else if (record.type === 'end') end = record
    else throw severalRuns(file, line, header, record)
  }
  const partial = describeDamage(damage, cases.length, launches.all.length, end, lackingOf(header))
  return {
    header,
    cases,
    launches: launches.all,
    ...(gate && { gate }),
    ...(end && { end }),
    ...(partial !== undefined && { partial }),
  }
}

interface FoundLaunches {
  found(launch: LaunchRecord, line: number): void
  readonly all: Launches
}

function launchesInMemory(): FoundLaunches {
  const all: LaunchRecord[] = []
  return { all, found: (launch) => all.push(launch) }
}

/** The lines were looked at when they were found: they are only parsed again. */
function launchesOnDisk(file: string): FoundLaunches {
  const numbers: number[] = []
  return {
    found: (_, line) => numbers.push(line),
    all: {
      get length() {
        return numbers.length
      },
      *[Symbol.iterator]() {
        let next = 0
        for (const { number, text } of linesOf(file)) {
          if (number !== numbers[next]) continue
          next++
          yield parseRecord(text) as LaunchRecord
          if (next === numbers.length) return
        }
      },
    },
  }
}

function readHeader(file: string, line: Line | undefined): RunHeader {
  if (line === undefined) {
    throw new RecordError(file, `${file} is empty: its run ended before anything was recorded. Run again.`)
  }
  const value = parse(line.text.replace(/^\uFEFF/, ''), 'kept')
  if (!isObject(value) || value.type !== 'run') {
    const cut = !line.whole && line.text.startsWith('{"type":"run"')
    throw new RecordError(
      file,
      cut
        ? `${file} was cut inside its first line: its run ended before anything was recorded. Run again.`
        : `${file} is no ipcmark record: its first line does not begin a run. Name a ${recordName} or the folder of a run.`,
    )
  }
  const schema = value.schema
  if (typeof schema === 'number' && schema > recordSchema) {
    throw new RecordError(
      file,
      `${file} was written by a newer ipcmark: its schema is ${schema}, and this version reads ${recordSchema}. Update ipcmark.`,
    )
  }
  const problem =
    schema === recordSchema
      ? problemWith(value, headerShape)
      : `schema must be ${recordSchema}, but it is ${JSON.stringify(schema)}`
  if (problem !== undefined) {
    throw new RecordError(
      file,
      `${file} is damaged in line 1: ${problem}. Nothing can be read without that line; run again.`,
    )
  }
  return value as unknown as RunHeader
}

/** The record of a line, or what is wrong with it. */
function readLine(line: Line, counts: 'kept' | 'looked-at'): RunRecord | string {
  const value = parse(line.text, counts)
  if (value === undefined) {
    return line.whole ? `line ${line.number} is not JSON` : `line ${line.number}, the last, was cut short`
  }
  const type = isObject(value) ? value.type : undefined
  const shape = lineShapes.get(type)
  const problem =
    shape === undefined ? `its type is ${JSON.stringify(type)}, which nobody knows` : problemWith(value, shape)
  return problem === undefined ? (value as RunRecord) : `line ${line.number}: ${problem}`
}

function parse(text: string, counts: 'kept' | 'looked-at'): unknown {
  try {
    return parseRecord(text, counts)
  } catch {
    return undefined
  }
}

function severalRuns(file: string, line: Line, first: RunHeader, second: RunHeader): RecordError {
  return new RecordError(
    file,
    `${file} holds more than one run: '${first.run}' from line 1 and '${second.run}' from line ${line.number}. Give each its own file.`,
  )
}

function describeDamage(
  damage: readonly string[],
  cases: number,
  launches: number,
  end: RunEnd | undefined,
  lacking: readonly string[],
): string | undefined {
  const sentences: string[] = [...lacking]
  if (damage.length > 0) {
    const shown = damage.slice(0, 3).join('; ')
    const more = damage.length > 3 ? `; and ${damage.length - 3} more` : ''
    sentences.push(`${damage.length === 1 ? 'One line was' : `${damage.length} lines were`} left out: ${shown}${more}.`)
  }
  if (end === undefined) {
    sentences.push('The record has no end: its run was killed, or is still going on.')
  } else if (damage.length === 0 && (end.cases !== cases || end.launches !== launches)) {
    sentences.push(
      `Lines are missing: the run ended with ${end.cases} cases and ${end.launches} launches, and ${cases} and ${launches} are here.`,
    )
  }
  return sentences.length === 0 ? undefined : sentences.join(' ')
}
