import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import { hostOs } from '../environment/host.ts'
import type { Run, RunId, RunRecord } from '../model.ts'
import { RecordError } from './error.ts'
import { latestName, locateRecord, recordFile, runsIn } from './folder.ts'
import { readRun as readFrom } from './reader.ts'
import { appender, openRecord } from './writer.ts'

let root = ''
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'record-test-'))
})
afterEach(() => fs.rmSync(root, { recursive: true, force: true }))

const run = fixtureRun({ hostile: true })
const recordsOf = ({ cases, launches, end }: Run): RunRecord[] => [...cases, ...launches, ...(end ? [end] : [])]

/** As it was written: launches are read one by one. */
const readRun = (...where: Parameters<typeof readFrom>): Run => {
  const found = readFrom(...where)
  return { ...found, launches: [...found.launches] }
}

function write(what: Run = run): string {
  const writer = openRecord(what.header, root)
  for (const record of recordsOf(what)) writer.append(record)
  writer.close()
  return writer.file
}

/** The sentence of the RecordError that something throws. */
function complaint(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(RecordError)
    return (error as RecordError).message
  }
  throw new Error('nothing was thrown')
}

describe('a record that was written', () => {
  it('is read back as it was', () => {
    expect(readRun(write())).toEqual(run)
  })

  it('is found by its file, its folder, its id, the results folder and `latest`', () => {
    const file = write()
    for (const place of [file, path.dirname(file), run.header.run, root, 'latest', path.join(root, latestName)]) {
      expect(locateRecord(place, root)).toBe(file)
    }
    expect(runsIn(root)).toEqual([run.header.run])
  })

  it('is the latest one until the next one begins', () => {
    write()
    const next = { ...run, header: { ...run.header, run: 'ipcmark-next' } } as const
    write(next)
    expect(readRun('latest', root).header.run).toBe('ipcmark-next')
    expect(fs.readdirSync(root).sort()).toEqual([run.header.run, 'latest', 'ipcmark-next'].sort())
  })

  it('has one line for each record as soon as it was appended', () => {
    const writer = openRecord(run.header, root)
    const lines = () => fs.readFileSync(writer.file, 'utf8').split('\n').length - 1
    expect(lines()).toBe(1)
    for (const [index, record] of run.cases.slice(0, 5).entries()) {
      writer.append(record)
      expect(lines()).toBe(index + 2)
    }
    writer.close()
  })

  it('keeps whole numbers that JSON cannot hold as their digits', () => {
    const [first] = run.cases
    if (first === undefined) throw new Error('the fixture has no cases')
    const trace = [{ peer: 'p', call: 'lseek', args: [3, 2n ** 63n, 5n], at: 1 }]
    expect(readRun(write({ ...run, cases: [{ ...first, trace }] })).cases[0]?.trace[0]?.args).toEqual([
      3,
      '9223372036854775808',
      5,
    ])
  })
})

describe('the writer', () => {
  it('never overwrites a record', () => {
    const file = write()
    expect(complaint(() => openRecord(run.header, root))).toBe(
      `Cannot create ${file} (EEXIST): it exists already, and a record is never overwritten. Remove it or run again under another name.`,
    )
  })

  it('refuses a name that is no folder of its own', () => {
    for (const name of ['..', 'a/b', 'a\\b', 'latest', '', 'dot.', '-x', 'a'.repeat(200)]) {
      expect(complaint(() => openRecord({ ...run.header, run: name as RunId }, root))).toContain(
        `'${name}' cannot name a run`,
      )
    }
    expect(fs.readdirSync(root)).toEqual([])
  })

  it('says so when a part of the path is a file', () => {
    const file = path.join(root, 'file')
    fs.writeFileSync(file, '')
    expect(complaint(() => openRecord(run.header, file))).toMatch(
      /Cannot make the folder .* \((ENOTDIR|EEXIST)\): .*\./,
    )
  })

  it.skipIf(process.getuid?.() === 0 || hostOs === 'windows')('says so when the folder may not be written', () => {
    fs.chmodSync(root, 0o500)
    expect(complaint(() => openRecord(run.header, root))).toContain('permission is denied')
  })

  it.skipIf(!fs.existsSync('/dev/full'))('says what to do when the disk is full', () => {
    const full = fs.openSync('/dev/full', 'a')
    const writer = appender(full, 'results.jsonl')
    expect(complaint(() => writer.append(run.header))).toBe(
      'Cannot write results.jsonl (ENOSPC): the disk is full. Free some space or choose another results folder. What was recorded before is kept there.',
    )
    writer.close()
  })

  it.skipIf(hostOs === 'windows')('notices that its file was removed', () => {
    const writer = openRecord(run.header, root)
    fs.rmSync(writer.folder, { recursive: true })
    expect(complaint(() => writer.append(run.cases[0] as RunRecord))).toContain(
      'was removed while the run was going on',
    )
    writer.close()
  })
})

describe('a record that is damaged', () => {
  const edited = (edit: (lines: string[]) => string): string => {
    const file = write()
    fs.writeFileSync(file, edit(fs.readFileSync(file, 'utf8').trimEnd().split('\n')))
    return file
  }

  it('is readable wherever it was cut', () => {
    const file = write()
    const whole = fs.readFileSync(file)
    const firstLine = whole.indexOf('\n') + 1
    for (let cut = firstLine; cut < whole.length; cut += 60_013) {
      fs.writeFileSync(file, whole.subarray(0, cut))
      const read = readRun(file)
      expect(read.partial).toContain('The record has no end')
      expect(read.cases).toEqual(run.cases.slice(0, read.cases.length))
    }
  })

  it('says which line was cut short', () => {
    const file = edited((lines) => `${lines.slice(0, 3).join('\n')}\n${lines[3]?.slice(0, 50)}`)
    const read = readRun(file)
    expect(read.cases).toHaveLength(2)
    expect(read.partial).toBe(
      'One line was left out: line 4, the last, was cut short. The record has no end: its run was killed, or is still going on.',
    )
  })

  it('reads a last line that only lacks its newline', () => {
    expect(readRun(edited((lines) => lines.join('\n')))).toEqual(run)
  })

  it('leaves out a line that is not what it should be, and says why', () => {
    const file = edited(
      (lines) =>
        `${lines
          .with(1, 'rubbish')
          .with(2, lines[2]?.replace('"verdict":"pass"', '"verdict":"perfect"') ?? '')
          .join('\n')}\n`,
    )
    const read = readRun(file)
    expect(read.cases).toHaveLength(run.cases.length - 2)
    expect(read.partial).toBe(
      '2 lines were left out: line 2 is not JSON; line 3: verdict must be one of pass, fail, unsupported, broken, crash, hang, observed, but it is "perfect".',
    )
  })

  it('names the member that is wrong, however deep', () => {
    const file = edited((lines) => lines.map((line) => line.replace('"userNs":', '"userNs":null,"x":')).join('\n'))
    expect(readRun(file).partial).toMatch(
      /line \d+: measures\.producer\.usage\.userNs must be a number, but it is null/,
    )
  })

  it('notices lines that are missing altogether', () => {
    expect(readRun(edited((lines) => lines.toSpliced(5, 2).join('\n'))).partial).toMatch(
      /^Lines are missing: the run ended with/,
    )
  })

  it('does not choke on line ends of Windows or a byte order mark', () => {
    expect(readRun(edited((lines) => `\uFEFF${lines.join('\r\n')}\r\n`))).toEqual(run)
  })
})

describe('what is refused', () => {
  const file = (contents: string | Uint8Array): string => {
    const name = path.join(root, 'some.jsonl')
    fs.writeFileSync(name, contents)
    return name
  }
  const headerLine = JSON.stringify(run.header)
  const refusals: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['an empty file', '', /is empty: its run ended before anything was recorded\. Run again\./],
    ['half a header', headerLine.slice(0, 200), /was cut inside its first line/],
    ['a foreign text', 'name,value\na,1\n', /is no ipcmark record: its first line does not begin a run\./],
    ['foreign JSON', '{"type":"case"}\n', /is no ipcmark record/],
    ['bytes that are no text', new Uint8Array(3 << 20).map((_, i) => i * 7), /is no ipcmark record/],
    [
      'a newer schema',
      headerLine.replace('"schema":1', '"schema":2'),
      /was written by a newer ipcmark: its schema is 2, and this version reads 1\. Update ipcmark\./,
    ],
    [
      'no schema',
      headerLine.replace('"schema":1', '"schema":"one"'),
      /is damaged in line 1: schema must be 1, but it is "one"/,
    ],
    [
      'a damaged header',
      headerLine.replace('"seed":20261120', '"seed":null'),
      /is damaged in line 1: seed must be a number, but it is null/,
    ],
    [
      'two runs in one file',
      `${headerLine}\n${headerLine.replace(run.header.run, 'other')}\n`,
      /holds more than one run: '.*' from line 1 and 'other' from line 2/,
    ],
  ]
  it.each(refusals)('%s', (_, contents, sentence) => {
    const name = file(contents)
    expect(complaint(() => readRun(name))).toMatch(sentence)
    expect(complaint(() => readRun(name))).toContain(name)
  })

  it('a place where no run is', () => {
    expect(complaint(() => readRun('latest', root))).toBe(
      `There is no latest run in ${root}. Make a run first with \`ipcmark run\`, or name the folder of one.`,
    )
    expect(complaint(() => readRun('yesterday', root))).toContain(`There is no run 'yesterday'`)
    expect(complaint(() => readRun(root))).toContain('it is not the folder of a run')
    write()
    expect(complaint(() => readRun('yesterday', root))).toContain(`Runs in ${root}: ${run.header.run}.`)
    fs.writeFileSync(path.join(root, latestName), '../../etc\n')
    expect(complaint(() => readRun('latest', root))).toContain('does not name a run')
    fs.writeFileSync(path.join(root, latestName), 'gone\n')
    expect(complaint(() => readRun('latest', root))).toContain(`Cannot read ${recordFile(root, 'gone')} (ENOENT)`)
  })
})
