import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import type { RunHeader } from '../model.ts'
import { lineOf } from '../record/writer.ts'
import { buildProgram, newPlace, type Place } from './fixture/program.ts'

let place: Place
beforeAll(() => {
  buildProgram()
  place = newPlace()
}, 60_000)
afterAll(() => place.remove())

const run = fixtureRun()
const at = (name: string) => join(place.folder, name)

/** The fixture as another run, in a record of its own. */
function keep(name: string, header: Partial<RunHeader>): void {
  mkdirSync(join(at(name), '..'), { recursive: true })
  const end = { type: 'end' as const, finished: run.header.started, interrupted: false, cases: 40, launches: 0 }
  const lines = [{ ...run.header, ...header }, ...run.cases.slice(0, 40), end]
  writeFileSync(at(name), lines.map(lineOf).join(''))
}

describe('several runs side by side', () => {
  beforeAll(() => {
    keep('store/old.jsonl', { run: 'ipcmark-old', environment: { ...run.header.environment, kernel: 'Linux 5.10' } })
    keep('store/deep/results.jsonl', { run: 'ipcmark-deep' })
    keep('ipcmark-results/ipcmark-id/results.jsonl', { run: 'ipcmark-id' })
    writeFileSync(at('ipcmark-results/latest'), 'ipcmark-id\n')
  })

  test('are named by file, folder, id or latest, and go into a folder of their own', { timeout: 30_000 }, async () => {
    const { code, stdout } = await place.run(['report', 'latest', 'store/old.jsonl', 'store/deep', '--format', 'html'])
    expect(code).toBe(0)
    const letters = [...stdout.matchAll(/^ {2}([A-Z]) +(ipcmark-\w+)/gm)].map(([, letter, id]) => `${letter} ${id}`)
    expect(letters).toEqual(['A ipcmark-id', 'B ipcmark-old', 'C ipcmark-deep'])
    expect(stdout).toMatch(/kernel {2}A, C Linux 6\.18\S* x86_64 · B Linux 5\.10/)
    const [page = ''] = /ipcmark-results.side-by-side-[0-9a-f]{8}.report\.html/.exec(stdout) ?? []
    expect(readFileSync(at(page), 'utf8')).toContain('ipcmark-deep')
  })

  test('are all that a folder has', { timeout: 30_000 }, async () => {
    writeFileSync(at('store/not.jsonl'), 'rubbish\n')
    const { code, stdout, stderr } = await place.run(['report', 'store', '--format', 'csv', '--output', 'public'])
    expect(stderr).toMatch(/^ipcmark: left out: store.not\.jsonl is no ipcmark record/)
    expect(stdout).toContain('ipcmark-old')
    expect(existsSync(at('public/results.csv'))).toBe(true)
    expect(code).toBe(0)
  })

  test('are different runs', { timeout: 30_000 }, async () => {
    const { code, stderr } = await place.run(['report', 'latest', 'ipcmark-id'])
    expect(stderr).toContain('the run ipcmark-id was named twice')
    expect(code).toBe(2)
  })
})

describe('what is no record is one sentence and exit code 2', () => {
  const bad: Readonly<Record<string, readonly [contents: () => string, sentence: RegExp]>> = {
    empty: [() => '', /is empty: its run ended before anything was recorded/],
    cut: [() => lineOf(run.header).slice(0, 300), /was cut inside its first line/],
    foreign: [() => '{"version":1}\n', /is no ipcmark record/],
    newer: [() => lineOf(run.header).replace('"schema":1', '"schema":2'), /was written by a newer ipcmark/],
    mixed: [
      () => lineOf(run.header) + lineOf({ ...run.header, run: 'ipcmark-two' }),
      /holds more than one run: 'ipcmark-fixture-1-2-quick' from line 1 and 'ipcmark-two' from line 2/,
    ],
  }
  const verbs = {
    report: (file: string) => ['report', file],
    merge: (file: string) => ['merge', file],
    compare: (file: string) => ['compare', file, file],
    history: (file: string) => ['history', file],
    'gate --baseline': (file: string) => ['gate', '--baseline', file],
  }

  test('for every verb that reads one', { timeout: 60_000 }, async () => {
    const kinds = Object.entries(bad)
    for (const [name, [contents]] of kinds) writeFileSync(at(`${name}.jsonl`), contents())
    // Each verb with another of them: they read by the same reader.
    await Promise.all(
      Object.values(verbs).map(async (wordsFor, index) => {
        const [name, [, sentence]] = kinds[index % kinds.length] as (typeof kinds)[number]
        const { code, stderr, stdout } = await place.run(wordsFor(`${name}.jsonl`))
        expect(stderr).toMatch(sentence)
        expect(stderr).not.toMatch(/^\s+at |mistake/m)
        expect(stderr.trimEnd().split('\n')).toHaveLength(1)
        expect(stdout).toBe('')
        expect(code).toBe(2)
      }),
    )
  })

  test('and what it is called cannot steer the terminal', { timeout: 30_000 }, async () => {
    const { code, stderr } = await place.run(['report', '\x1b[31mred'])
    expect(stderr).toMatch(/There is no run '\\x1b\[31mred'/)
    expect(code).toBe(2)
  })
})
