/** What is in a file that several processes write, with no lock or in spite of one. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Bytes, Outcome } from '../../../../harness/model.ts'
import { crcOf, materialise, pattern } from '../../../../harness/pair/bytes.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { createFile } from '../../../mechanisms/files.ts'
import { type TallyRow, tallyOf } from '../../generic/tally.ts'
import { gateFor, lock, openedBy } from './locked.ts'

const record = 100
const each = 1000
const block = 8192
const contentsOf = [pattern(block, 1), pattern(block, 2)] as const

export const contents: readonly SpecificCase[] = [
  {
    id: 'lock.advisory-only',
    mechanism: 'fcntl-lock',
    theme: 'perm',
    says: 'A lock keeps out who asks for it and nobody else: read and write of a process that does not ask succeed.',
    cites: ['XSH fcntl', 'fcntl(2)'],
    async run(stage) {
      const { holder, stranger } = (await openedBy(stage, 'holder', 'stranger')).by
      await holder.peer.must('write', holder.file, 'locked')
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK'), 'F_SETLK').toReturn(0)
      expectOutcome(await holder.peer.call('flock', holder.file, 'LOCK_EX'), 'flock').toReturn(0)

      expectOutcome(await stranger.peer.call('read', stranger.file, 64), 'read').toBring('locked')
      expectOutcome(await stranger.peer.call('pwrite', stranger.file, 'LOCKED', 0), 'pwrite').toReturn(6)
      expectOutcome(await holder.peer.call('pread', holder.file, 64, 0), 'pread of the holder').toBring('LOCKED')
      expectOutcome(await stranger.peer.call('ftruncate', stranger.file, 0), 'ftruncate').toReturn(0)
    },
  },
  {
    id: 'lock.append-atomic',
    mechanism: 'lock-file',
    theme: 'atomic',
    says: 'Of four processes that each append a thousand records with O_APPEND no record is lost or torn; without it some are.',
    cites: ['XSH write', 'XSH open', 'open(2)'],
    async run({ start, names, note }) {
      const starter = await start('starter')
      const appended = await recordsOfFour(starter, names.path('appended'), 'O_WRONLY|O_APPEND', 'appender')
      expectOutcome(appended, 'the reads of the file that was appended to').toGive('tally', wholeRecords)
      const written = await recordsOfFour(starter, names.path('written'), 'O_WRONLY', 'writer')
      const kept = tallyOf(written).reduce((sum, { count }) => sum + count, 0)
      expectValue(kept, 'the records in the file that was not appended to').toBeBetween(each, 4 * each - 1)
      note('lost without O_APPEND', 4 * each - kept)
    },
  },
  {
    id: 'lock.read-write-atomicity',
    mechanism: 'lock-file',
    theme: 'atomic',
    says: 'POSIX has a read see a write whole or not at all; how many reads on this file system are torn is recorded.',
    cites: ['XSH 2.9.7'],
    observes: true,
    async run(stage) {
      const { writer, reader } = (await openedBy(stage, 'writer', 'reader')).by
      const write = (data: Bytes) => ['pwrite', writer.file, data, 0]
      await writer.peer.must('pwrite', writer.file, contentsOf[1], 0)
      const writing = writer.peer.call('in-turn', 1500, ...contentsOf.map(write))
      const reading = await reader.peer.call('repeat', 2000, 0, 'pread', reader.file, block, 0)
      expectOutcome(await writing, 'the writes').toReturn(block)
      const { torn, ...read } = censusOf(reading)
      expectValue(torn + read.first + read.second, 'how many reads brought a block').toEqual(2000)
      stage.note('torn', torn)
      stage.note('whole', read)
    },
  },
  {
    id: 'lock.rename-atomic-replace',
    mechanism: 'lock-file',
    theme: 'atomic',
    says: 'While rename replaces a file again and again, who opens it finds it there and reads one content, whole.',
    cites: ['XSH rename', 'rename(2)'],
    async run({ start, names, note }) {
      const [path, beside] = [names.path('content'), names.path('beside')]
      const [writer, reader] = [await start('writer'), await start('reader')]
      const sources: string[] = []
      for (const content of contentsOf) {
        const source = names.path('source')
        await writer.must('write', (await createFile(writer, source)).ret, content)
        sources.push(source)
      }
      const replace = (source: string) => [
        ['link', source, beside],
        ['rename', beside, path],
      ]
      await writer.must('in-turn', 1, ...sources.flatMap(replace))
      const file = await reader.must('open', path, 'O_RDONLY')
      await reader.must('close', file)

      const writing = writer.call('in-turn', 500, ...sources.flatMap(replace))
      const read = [
        ['open', path, 'O_RDONLY'],
        ['read', file, 2 * block],
        ['close', file],
      ]
      const reading = await reader.call('in-turn', 1000, ...read)
      expectOutcome(reading, 'the opens and reads').toReturn(0)
      expectOutcome(await writing, 'the replacements').toReturn(0)
      const { torn, ...whole } = censusOf(reading)
      expectValue(torn, 'how many reads brought anything else').toEqual(0)
      expectValue(whole.first + whole.second, 'how many brought one content, whole,').toEqual(1000)
      note('whole', whole)
    },
  },
]

/** How many reads brought the one content, the other, or neither. */
function censusOf(reading: Outcome): { first: number; second: number; torn: number } {
  const rows = tallyOf(reading).filter(({ crc }) => crc !== undefined)
  const count = (these: readonly TallyRow[]) => these.reduce((sum, row) => sum + row.count, 0)
  const [first, second] = contentsOf.map((content) =>
    count(rows.filter(({ ret, crc }) => ret === block && crc === crcOf(materialise(content)))),
  ) as [number, number]
  return { first, second, torn: count(rows) - first - second }
}

const recordOf = (writer: number) => pattern(record, writer + 1)

/** The records of four writers, each a thousand times, as a tally tells of them. */
const wholeRecords = [0, 1, 2, 3]
  .map((writer) => crcOf(materialise(recordOf(writer))))
  .sort((a, b) => a - b)
  .map((crc) => ({ ret: record, crc, count: each }))

/** Four processes write to a new file at once, through a description each; answers what is read from it afterwards. */
async function recordsOfFour(starter: Peer, path: string, flags: string, role: string): Promise<Outcome> {
  const file = await starter.must('open', path, 'O_RDWR|O_CREAT', 0o600)
  const roles = ['first', 'second', 'third', 'fourth'].map((which) => `${which}-${role}`)
  const gate = await gateFor(starter, roles, (writer) => writer.must('open', path, flags))
  const writing = gate.racers.map(({ peer, has }, writer) =>
    peer.call('repeat', each, 0, 'write', has, recordOf(writer)),
  )
  await gate.open()
  for (const outcome of await Promise.all(writing)) expectOutcome(outcome, 'write').toReturn(record)
  return starter.call('repeat', 4 * each, record, 'read', file, 4096)
}
