/** `ipcmark bench` as it is used: what it plans, what becomes of a run that is cut short, and what it refuses. */

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hostOs, packageRoot } from '../environment/host.ts'
import { cellName } from '../measure/schedule.ts'
import type { LaunchRecord } from '../model.ts'
import { native } from '../native.ts'
import { readRun } from '../record/reader.ts'
import { buildProgram, newPlace, type Place, until } from './fixture/program.ts'

let place: Place
beforeAll(buildProgram)
beforeEach(() => {
  place = newPlace()
})
afterEach(() => place.remove())

const results = () => join(place.folder, 'ipcmark-results')
const latest = () => readRun('latest', results())
const record = () => join(results(), place.runs()[0] ?? '', 'results.jsonl')
const keyOf = ({ cell, round }: LaunchRecord) => `${round} ${cellName(cell)}`

/** One mechanism on one core: what other processes do meanwhile only makes it slower. */
const onPipe = ['bench', 'pipe', 'pingpong', 'same-core', 'size:64', '!baseline', '--quick']

describe('a plan', () => {
  test('has the cells, how many launches and how long they take, and runs nothing', async () => {
    const { code, stdout } = await place.run([...onPipe, '--rounds', '4', '--plan'])
    expect(stdout).toMatch(/pipe {2}pingpong, same-core, cores awake {2}64\sB/)
    expect(stdout).toContain('1 cell × 4 launches = 4 launches, each 10 ms of warm-up and 50 ms measured')
    expect(stdout).toMatch(/about \d+ s \(budget quick\)/)
    expect(code).toBe(0)
    expect(() => place.runs()).toThrow()
  })

  test('is made to fit, and says what that costs', async () => {
    const { stdout, stderr } = await place.run(['bench', 'pipe', '!baseline', '--plan', '--time-budget', '5s'])
    expect(stderr).toMatch(/to fit into 5 s: \d launch(es)? of each cell instead of/)
    const [, seconds = ''] = /about (\d+) s/.exec(stdout) ?? []
    expect(Number(seconds)).toBeLessThanOrEqual(6)
  })

  test('measures the baseline of what was asked for, unless that is taken away', async () => {
    const words = onPipe.filter((word) => word !== '!baseline')
    expect((await place.run([...words, '--plan'])).stdout).toMatch(/yield-switch {2,}baseline/)
    expect((await place.run([...onPipe, '--plan'])).stdout).not.toContain('yield-switch')
  })
})

test('sizes are chosen by how people write them, and by an option as by a selector', async () => {
  const planned = async (...words: string[]) =>
    /(\d+) cells? ×/.exec((await place.run(['bench', 'pipe', 'stream', '!baseline', '--plan', ...words])).stdout)?.[1]
  const four = await planned('size:4KiB')
  expect(four).toBeDefined()
  expect(await planned('--size', '4096')).toBe(four)
  expect(await planned('size:4k')).toBe(four)
})

describe('a run that was cut short is gone on with', () => {
  test.skipIf(hostOs === 'windows').each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('after %s, and has every launch once', async (signal, exitCode) => {
    const started = place.start([...onPipe, '--rounds', '30'])
    await until(() => started.written.stderr.includes('launches'), 'launches have ended')
    started.child.kill(signal)
    const ended = await started.ended
    expect(ended.code).toBe(exitCode)
    expect(ended.stdout).toContain('--resume')
    const before = latest()
    expect(before.end).toMatchObject({ interrupted: true, launches: before.launches.length })
    expect(before.launches.length).toBeLessThan(30)
    const { code, stderr } = await place.run(['bench', '--resume', 'latest'])
    expect(stderr).toContain('launches')
    expect(code).toBe(0)
    const { launches, end, partial, header } = latest()
    expect(partial).toBeUndefined()
    expect(end).toMatchObject({ interrupted: false, launches: 30 })
    expect(new Set(Array.from(launches, keyOf)).size).toBe(30)
    expect(header).toEqual(before.header)
    expect(native().residueOf(header.run)).toEqual([])
  })

  test('after a crash inside a line, which is mended', async () => {
    await place.run([...onPipe, '--rounds', '3'])
    const text = readFileSync(record(), 'utf8')
    const lines = text.split('\n')
    writeFileSync(record(), `${lines.slice(0, 2).join('\n')}\n${lines[2]?.slice(0, 100)}`)
    expect((await place.run(['bench', '--resume', record()])).code).toBe(0)
    const { launches, end, partial } = latest()
    expect(partial).toBeUndefined()
    expect(end).toMatchObject({ interrupted: false, launches: 3 })
    expect(launches.length).toBe(3)
  })

  test('but not when it is whole, of another kind, changed by words, or from elsewhere', async () => {
    await place.run([...onPipe, '--rounds', '1'])
    const whole = await place.run(['bench', '--resume', 'latest'])
    expect(whole.stderr).toContain('nothing to resume')
    expect(whole.code).toBe(4)
    const words = await place.run(['bench', 'fifo', '--resume', 'latest'])
    expect(words.stderr).toContain('--resume measures what the record lacks, and a selector would change that')
    expect(words.code).toBe(2)
    const [header = '', ...others] = readFileSync(record(), 'utf8').split('\n')
    const elsewhere = JSON.parse(header)
    elsewhere.environment.kernel = '1.0'
    writeFileSync(record(), [JSON.stringify(elsewhere), ...others.slice(0, -2), ''].join('\n'))
    const moved = await place.run(['bench', '--resume', 'latest'])
    expect(moved.stderr).toMatch(/was begun elsewhere: kernel was 1\.0 and is .*--force does it all the same/)
    expect(moved.code).toBe(2)
    await place.run(['check', 'pipe.pipe-buf-value'])
    const check = await place.run(['bench', '--resume', 'latest'])
    expect(check.stderr).toContain('only a run of `ipcmark bench` can be resumed')
    expect(check.code).toBe(2)
  })
})

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0

test.skipIf(!canMount)(
  'a disk that fills ends the run with the reason, and what was finished can be gone on with',
  () => {
    mkdirSync(join(place.folder, 'small'))
    const program = `"${process.execPath}" "${join(packageRoot, 'dist', 'harness', 'cli', 'main.js')}"`
    const words = [...onPipe.slice(1), '--rounds', '60'].map((word) => `'${word}'`).join(' ')
    const inside = `${program} bench ${words} --output small; code=$?; cat small/*/results.jsonl > kept.jsonl; exit $code`
    const mounted = `mount -t tmpfs -o size=64k none small && ${inside}`
    const { status, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', mounted], {
      cwd: place.folder,
      encoding: 'utf8',
    })
    expect(stderr).toContain('the disk is full')
    expect(stderr).toMatch(/what is missing can be measured later: ipcmark bench --resume small/)
    expect(status).toBe(5)
    const kept = readRun(join(place.folder, 'kept.jsonl')).launches.length
    expect(kept).toBeGreaterThan(0)
    execFileSync(
      process.execPath,
      [join(packageRoot, 'dist', 'harness', 'cli', 'main.js'), 'bench', '--resume', 'kept.jsonl'],
      {
        cwd: place.folder,
        stdio: 'ignore',
      },
    )
    expect(readRun(join(place.folder, 'kept.jsonl'))).toMatchObject({ end: { interrupted: false, launches: 60 } })
  },
)

const onOneCpu = spawnSync('taskset', ['-c', '0', 'true']).status === 0

test.skipIf(!onOneCpu)('on one processor what needs two is unsupported with the reason, and the others go on', () => {
  const words = ['bench', 'pipe', 'pingpong', 'size:64', '!baseline', '!idle', '--quick', '--rounds', '1', '--json']
  const main = join(packageRoot, 'dist', 'harness', 'cli', 'main.js')
  const { stdout, status } = spawnSync('taskset', ['-c', '0', process.execPath, main, ...words], {
    cwd: place.folder,
    encoding: 'utf8',
  })
  const launches = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"type":"launch"'))
    .map((line) => JSON.parse(line) as LaunchRecord)
  const of = (placement: string) => launches.find(({ cell }) => cell.placement === placement)
  expect(of('cross-core')).toMatchObject({
    verdict: 'unsupported',
    message: expect.stringContaining('two cores are needed'),
  })
  expect(of('same-core')?.verdict).toBe('ok')
  expect(status).toBe(0)
})

describe('what makes no sense is refused in one sentence', () => {
  test.each([
    ['two budgets', ['--quick', '--thorough'], 'are different budgets; ask for one'],
    ['rounds and time', ['--rounds', '2', '--time-budget', '1m'], '--rounds and --time-budget both say how often'],
    ['time without a unit', ['--time-budget', '10'], '--time-budget is a length of time'],
    ['too little time', ['--time-budget', '1s', '--thorough'], 'too short for'],
    ['no rounds', ['--rounds', '0'], '--rounds has to be a whole number'],
    ['a way to wait that there is not', ['--wait', 'spinn'], "no wait is named 'spinn'; did you mean 'spin'?"],
    ['a size that is none', ['--size', '4KB'], "no size is named '4KB'"],
    ['a selector that nothing has', ['same-cor'], "nothing is named 'same-cor'; did you mean 'same-core'?"],
    ['a run that there is not', ['--resume', 'yesterday'], "There is no run 'yesterday'"],
    ['a placement nearby', ['--placement', 'cross-cores'], "did you mean 'cross-core'?"],
  ])('%s', async (_, words, sentence) => {
    const { code, stderr, stdout } = await place.run(['bench', ...words])
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('and a filter that leaves nothing says where there is something', async () => {
    const { code, stderr } = await place.run(['bench', 'pipe', 'stream', 'size:16MiB', '--quick'])
    expect(stderr).toMatch(
      /nothing to measure: no cell of the budget quick fits.*the budget (default|thorough) has some/,
    )
    expect(code).toBe(4)
  })
})
