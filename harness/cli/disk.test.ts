import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hostOs, packageRoot } from '../environment/host.ts'
import { readRun } from '../record/reader.ts'
import { buildProgram, follow, newPlace, type Place } from './fixture/program.ts'

let place: Place
beforeAll(buildProgram)
beforeEach(() => {
  place = newPlace()
})
afterEach(() => place.remove())

const quick = ['check', 'pipe.pipe-buf-value']

describe('a results folder that cannot be written is a sentence and exit code 5', () => {
  test('because a file is in its place', async () => {
    writeFileSync(join(place.folder, 'taken'), '')
    const { code, stderr } = await place.run([...quick, '--output', 'taken'])
    expect(stderr).toMatch(/^ipcmark: Cannot make the folder .*taken/m)
    expect(code).toBe(5)
  })

  test.skipIf(hostOs === 'windows')('because the system lets nobody write there', async () => {
    const { code, stderr } = await place.run([...quick, '--output', '/proc/ipcmark'])
    expect(stderr).toMatch(/^ipcmark: Cannot make the folder \/proc\/ipcmark.*nobody make a folder there/m)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(code).toBe(5)
  })
})

/** Runs a shell command with a small file system of its own mounted at `small`, which no other process sees. */
const mounted = (options: string, command: string) =>
  spawn('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o ${options} none small && exec ${command}`], {
    cwd: place.folder,
    stdio: 'pipe',
  })
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0
const program = `"${process.execPath}" "${join(packageRoot, 'dist', 'harness', 'cli', 'main.js')}"`

describe.skipIf(!canMount)('on a small disk', () => {
  beforeEach(() => mkdirSync(join(place.folder, 'small')))

  test('that is read-only nothing runs', async () => {
    const { code, stderr } = await follow(mounted('ro', `${program} ${quick.join(' ')} --output small/out`)).ended
    expect(stderr).toContain('the file system is read-only. Choose a results folder that may be written')
    expect(code).toBe(5)
  })

  test('that fills up the run ends, and what it had recorded stays readable', async () => {
    const check = `${program} check pipe fifo --output small; code=$?; cat small/*/results.jsonl > kept.jsonl; exit $code`
    const { code, stderr } = await follow(mounted('size=256k', `sh -c '${check}'`)).ended
    expect(stderr).toContain('the disk is full. Free some space or choose another results folder')
    expect(stderr).toContain('What was recorded before is kept there')
    expect(code).toBe(5)
    const { cases, partial } = readRun(join(place.folder, 'kept.jsonl'))
    expect(cases.length).toBeGreaterThan(0)
    expect(partial).toBe('The record has no end: its run was killed, or is still going on.')
  })

  test('that has no room for the reports the summary and the record are there all the same', async () => {
    const report = `${program} report "${join(place.folder, 'ipcmark-results')}" --output small`
    await place.run(quick)
    const { code, stderr } = await follow(mounted('size=4k', report)).ended
    expect(stderr).toContain('the disk is full')
    expect(code).toBe(5)
  })
})

describe('report', () => {
  test('makes the same files again', async () => {
    await place.run(quick)
    const [run = ''] = place.runs()
    const file = (name: string) => readFileSync(join(place.folder, 'ipcmark-results', run, name), 'utf8')
    const [csv, html] = [file('results.csv'), file('report.html')]
    const { code, stdout } = await place.run(['report', run])
    expect(code).toBe(0)
    expect(stdout).toContain('report.html')
    expect(file('results.csv')).toBe(csv)
    expect(file('report.html')).toBe(html)
  })

  test('of a record that was cut says so, and keeps what is whole', async () => {
    await place.run(['check', 'pipe', 'core'])
    const [run = ''] = place.runs()
    const file = join(place.folder, 'ipcmark-results', run, 'results.jsonl')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.slice(0, text.length / 2))
    const { code, stdout } = await place.run(['report'])
    expect(stdout).toContain('Not whole')
    expect(stdout).toContain('The record has no end')
    expect(code).toBe(0)
  })

  test('into a place where a file is says what check would say', async () => {
    await place.run(quick)
    writeFileSync(join(place.folder, 'taken'), '')
    const sentence = 'a part of the path is a file, not a folder. Check the path.'
    for (const words of [['report'], quick]) {
      const { code, stderr } = await place.run([...words, '--output', 'taken'])
      expect(stderr).toMatch(/^ipcmark: Cannot make the folder taken/m)
      expect(stderr).toContain(sentence)
      expect(code).toBe(5)
    }
  })

  test('of a folder without a run is refused, whatever else is in it', async () => {
    mkdirSync(join(place.folder, 'some', 'ru-a'), { recursive: true })
    writeFileSync(join(place.folder, 'some', 'x'), '')
    const { code, stderr } = await place.run(['report', 'some'])
    expect(stderr).toContain('The folder some holds no results.jsonl: it is not the folder of a run')
    expect(code).toBe(2)
  })

  test('of a run that was cut before anything in it had ended is exit code 4', async () => {
    await place.run(quick)
    const [run = ''] = place.runs()
    const file = join(place.folder, 'ipcmark-results', run, 'results.jsonl')
    writeFileSync(file, `${readFileSync(file, 'utf8').split('\n', 1)[0]}\n{"type":"case","id":"pi`)
    const { code, stdout } = await place.run(['report'])
    expect(stdout).toContain('Not whole')
    expect(code).toBe(4)
  })

  test.each([
    ['empty', '', 'is empty'],
    ['foreign', '{"name": "left-pad"}\n', 'is no ipcmark record'],
    ['no text at all', Buffer.from([0xff, 0xd8, 0xff, 0x00]), 'is no ipcmark record'],
    ['of a newer version', '{"type":"run","schema":99}\n', 'was written by a newer ipcmark'],
    ['cut in its first line', '{"type":"run","schema":1,"run"', 'was cut inside its first line'],
  ])('of a file that is %s is refused with exit code 2', async (_, contents, sentence) => {
    writeFileSync(join(place.folder, 'some.jsonl'), contents)
    const { code, stderr, stdout } = await place.run(['report', 'some.jsonl'])
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('of two runs in one file is refused', async () => {
    await place.run(quick)
    const [run = ''] = place.runs()
    const file = join(place.folder, 'ipcmark-results', run, 'results.jsonl')
    appendFileSync(file, readFileSync(file))
    const { code, stderr } = await place.run(['report', file])
    expect(stderr).toContain('holds more than one run')
    expect(code).toBe(2)
  })
})

const devFull = existsSync('/dev/full')

test.skipIf(!devFull).each([
  ['check', quick, 5],
  ['check --json', [...quick, '--json'], 5],
  ['explain --json', ['explain', 'pipe.pipe-buf-value', '--json'], 5],
  ['list', ['list', '--cases'], 5],
  ['help', ['--help'], 5],
])('standard output that is lost spoils the success of %s, in one sentence', (_, words, code) => {
  const lost = spawnSync('sh', ['-c', `exec ${program} ${words.join(' ')} >/dev/full`], {
    cwd: place.folder,
    encoding: 'utf8',
  })
  expect(lost.stderr.match(/^ipcmark: standard output cannot be written \(ENOSPC\)/gm)).toHaveLength(1)
  expect(lost.status).toBe(code)
})

test.skipIf(hostOs === 'windows')('a closed pipe is no loss', () => {
  const command = `{ ${program} list --cases; echo $? >code; } | head -c 1 >first`
  const { stderr } = spawnSync('sh', ['-c', command], { cwd: place.folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(readFileSync(join(place.folder, 'code'), 'utf8')).toBe('0\n')
})

test('a reader that stops reading does not stop the run', () => {
  const command = `${program} ${quick.join(' ')} --json | head -c 1 > first`
  execFileSync('sh', ['-c', command], { cwd: place.folder, stdio: 'ignore' })
  expect(readRun('latest', join(place.folder, 'ipcmark-results')).end).toMatchObject({ interrupted: false, cases: 1 })
})
