/** A gate against stored runs, as a user plays it: one run is measured, and what else is stored is written after it. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexOf } from '../measure/histogram.ts'
import type { LaunchRecord, RunHeader, RunRecord } from '../model.ts'
import { readRun } from '../record/reader.ts'
import { buildProgram, newPlace, type Place } from './fixture/program.ts'

let place: Place
let records: readonly RunRecord[]
const cells = ['pipe', 'pingpong', 'size:64', 'same-core']

beforeAll(async () => {
  buildProgram()
  place = newPlace()
  await place.run(['bench', ...cells])
  const [run = ''] = place.runs()
  records = linesOf(join(place.folder, 'ipcmark-results', run, 'results.jsonl'))
})
afterAll(() => place.remove())

const linesOf = (file: string): RunRecord[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunRecord)

interface Told {
  /** How many times ten microseconds a launch takes: far more than what is measured now, or far less. */
  readonly cost?: number
  readonly header?: Partial<RunHeader>
  readonly syscalls?: number
  readonly more?: readonly RunRecord[]
}

/** Stores runs like the one that was measured, each with a name of its own. */
function store(name: string, runs: readonly Told[]): string {
  const folder = join(place.folder, name)
  mkdirSync(folder)
  runs.forEach(({ cost = 1, header = {}, syscalls, more = [] }, number) => {
    const lines = records.map((record) => {
      if (record.type === 'run') return { ...record, run: `${record.run}-${number}`, ...header }
      return record.type === 'launch' ? told(record, cost, syscalls) : record
    })
    const [first, ...rest] = lines
    writeFileSync(
      join(folder, `${number}.jsonl`),
      [first, ...more, ...rest].map((line) => `${JSON.stringify(line)}\n`).join(''),
    )
  })
  return folder
}

function told(launch: LaunchRecord, cost: number, syscalls: number | undefined): LaunchRecord {
  const { measures } = launch
  if (measures?.latency === undefined) return launch
  const { producer, consumer, latency, messages } = measures
  // All latencies are one, so that the median is what is wanted.
  const histogram = { ...latency.histogram, counts: [[indexOf(Math.round(10_000 * cost)), 1000]] as [number, number][] }
  const calls = syscalls === undefined ? {} : { syscalls: (syscalls * messages) / 2 }
  return {
    ...launch,
    measures: {
      ...measures,
      latency: { ...latency, histogram },
      producer: { ...producer, ...calls },
      consumer: { ...consumer, ...calls },
    },
  }
}

const scattered = [1, 1.02, 0.99, 1.01, 0.98].map((part) => part * 10)
const gate = async (folder: string, ...more: string[]) => {
  const cases = more.includes('--cases') ? [] : ['--cases', 'none']
  const { code, stdout, stderr } = await place.run(['gate', ...cells, '--baseline', folder, ...cases, ...more])
  return { code, stdout, stderr }
}
const latest = () => readRun('latest', join(place.folder, 'ipcmark-results')).gate

describe('a gate against stored runs', () => {
  test('passes where it is quicker, says what its history justifies, and that no claim was compared', async () => {
    const folder = store(
      'slow',
      scattered.map((cost) => ({ cost })),
    )
    const { code, stdout } = await gate(folder, '--cases', 'core')
    expect(latest()?.reasons).toEqual([])
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/5 stored runs scatter by 1\.\d %, so that it is red from/),
    ])
    expect(stdout).toMatch(/no claim was compared/)
    expect(latest()).toMatchObject({ claims: 0, cells: [{ history: { runs: 5 } }] })
  })

  test('is red where it is slower, or calls more often; and holds the ceilings of the policy', async () => {
    const folder = store(
      'quick',
      scattered.map((cost) => ({ cost: cost / 200, syscalls: 1 })),
    )
    const config = join(place.folder, 'ratios.json')
    const [cell, against] = ['tcp', 'pipe'].map((one) => `${one} pingpong 64 same-core awake`)
    writeFileSync(config, JSON.stringify({ ratios: [{ cell, against, atMost: 1.01 }] }))
    const named = ['gate', '--baseline', folder, '--cases', 'none', '--config', config]
    const { code } = await place.run(named)
    expect(code).toBe(1)
    expect(latest()?.cells).toMatchObject([{ cell: against, verdict: 'fail' }])
    expect(latest()?.exceeded.map(({ what, verdict }) => [what, verdict])).toEqual([
      [cell, expect.stringMatching(/times pipe/)],
      [against, '2.00 system calls for a message'],
    ])
    // The rest of the nine are in no stored run: of those nothing is said, and that is told.
    expect(latest()?.reasons).toContain('udp pingpong 64 same-core awake: no stored run has it')
  })

  test('is red for a claim that held in them and does not hold now', async () => {
    const ofClaim = join(place.folder, 'claims')
    await place.run(['check', 'pipe', 'core', '--output', ofClaim])
    const held = linesOf(readRunFile(ofClaim)).filter(({ type }) => type === 'case')
    const folder = store(
      'claims-store',
      scattered.map((cost) => ({ cost, more: held })),
    )
    const { code } = await gate(folder, '--cases', 'core', '--b-fault', 'broken-pipe-renamed')
    expect(code).toBe(1)
    expect(latest()?.broken.map(({ verdict }) => verdict)).toContain('fail')
    expect(new Set(latest()?.broken.map(({ origin }) => origin))).toEqual(new Set(['stored-claim']))
    expect(latest()?.claims).toBeGreaterThan(10)
  })

  test('says nothing of too few, nor of copies of one', async () => {
    const { code, stdout } = await gate(
      store(
        'copies',
        scattered.map(() => ({ cost: 10, header: { run: 'ipcmark-same' } })),
      ),
    )
    expect([code, stdout]).toEqual([3, expect.stringMatching(/1 stored run has it, and 5 are needed/)])
  })

  test('refuses another environment, and takes it where somebody insists, and says so', async () => {
    const { environment } = records[0] as RunHeader
    const foreign = { header: { environment: { ...environment, kernel: 'Linux 2.4.0' } } }
    const folder = store(
      'foreign',
      scattered.map((cost) => ({ cost, ...foreign })),
    )
    const refused = await gate(folder)
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/another environment.*kernel: Linux 2\.4\.0/),
    ])
    const { code, stdout } = await gate(folder, '--force')
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringMatching(/Linux 2\.4\.0.*--force took them/),
    ])
  })

  test.each([
    ['another number of launches', ['--rounds', '1'], 2],
    ['another agent', ['--agent=own'], 2],
    ['calls broken on purpose', ['--fault', 'broken-pipe-renamed'], 2],
    ['what it asks for itself', ['--seed', '7'], 3],
  ])('holds figures against no run that was asked for %s', async (name, words, expected) => {
    const asked = { header: { words: ['bench', ...cells, ...words] } }
    const { code, stderr } = await gate(store(name.replaceAll(' ', '-'), [{ cost: 10, ...asked }]))
    expect(code).toBe(expected)
    if (expected === 2) expect(stderr).toMatch(/none of the stored runs is of 'ipcmark bench' with its default budget/)
  })

  test.each([
    [
      'of another schema',
      (lines: string[]) => [lines[0]?.replace('"schema":1', '"schema":99'), ...lines.slice(1)],
      /99/,
    ],
    ['without its first line', (lines: string[]) => lines.slice(1), /header|first line/],
    ['empty', () => [], /empty|no record|nothing/i],
  ])('refuses a record %s', async (name, change, why) => {
    const file = join(place.folder, `${name.replaceAll(' ', '-')}.jsonl`)
    writeFileSync(file, change(records.map((record) => JSON.stringify(record))).join('\n'))
    const { code, stderr } = await gate(file)
    expect([code, stderr]).toEqual([2, expect.stringMatching(why)])
  })

  test('refuses what it has no cell in common with, and what is asked of an A that is not there', async () => {
    const folder = join(place.folder, 'slow')
    const other = await place.run(['gate', 'fifo', ...cells.slice(1), '--baseline', folder])
    expect([other.code, other.stderr]).toEqual([4, expect.stringMatching(/none of the cells/)])
    const ofA = await gate(folder, '--a-setup', 'true')
    expect([ofA.code, ofA.stderr]).toEqual([2, expect.stringMatching(/--a-setup says nothing/)])
  })
})

/** The only record in a folder of results. */
function readRunFile(folder: string): string {
  const run = readFileSync(join(folder, 'latest'), 'utf8').trim()
  return join(folder, run, 'results.jsonl')
}
