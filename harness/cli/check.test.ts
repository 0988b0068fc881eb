import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findBuilt, hostOs } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import type { CaseRecord, Expectations, RunRecord } from '../model.ts'
import { agentName } from '../pair/target.ts'
import { readRun } from '../record/reader.ts'
import { buildProgram, newPlace, type Place } from './fixture/program.ts'

let place: Place
beforeAll(buildProgram)
beforeEach(() => {
  place = newPlace()
})
afterEach(() => place.remove())

const results = () => join(place.folder, 'ipcmark-results')
const latest = () => readRun('latest', results())

describe('check', () => {
  test('records every case that was selected, and tells where and how to do it again', async () => {
    const { code, stdout } = await place.run(['check', 'pipe', 'core', '--seed', '7'])
    const { header, cases, end } = latest()
    expect(code).toBe(0)
    expect(cases.length).toBeGreaterThan(1)
    expect(cases.every(({ mechanism, core }) => mechanism === 'pipe' && core)).toBe(true)
    expect(end).toMatchObject({ interrupted: false, cases: cases.length, launches: 0 })
    expect(header).toMatchObject({ seed: 7, command: 'ipcmark check pipe core --seed 7' })
    for (const part of ['claims hold', join(header.run, 'results.jsonl'), header.command])
      expect(stdout).toContain(part)
  })

  test('the command that it tells plays the cases in the same order', async () => {
    await place.run(['check', 'pipe', '--jobs', '1'])
    const first = latest()
    const again = first.header.command.replace(/^ipcmark /, '').split(' ')
    await place.run(again)
    const second = latest()
    expect(second.header.run).not.toBe(first.header.run)
    expect(second.cases.map(({ id }) => id)).toEqual(first.cases.map(({ id }) => id))
  })

  test('--json prints whole numbers that are too long for JSON', async () => {
    const { code, stdout } = await place.run(['check', 'eventfd.overflow', '--json'])
    expect(code).toBe(0)
    expect(stdout).toContain('18446744073709551615')
  })

  test('--json prints the record and nothing else', async () => {
    const { stdout } = await place.run(['check', 'pipe', 'core', '--json'])
    const [run = ''] = place.runs()
    expect(stdout).toBe(readFileSync(join(results(), run, 'results.jsonl'), 'utf8'))
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as RunRecord).type)
    expect(new Set(types)).toEqual(new Set(['run', 'case', 'end']))
  })

  test('--repeat makes a run of each round, in another order each', async () => {
    const { code, stdout } = await place.run(['check', 'pipe', 'core', '--repeat', '3', '--seed', '5'])
    expect(code).toBe(0)
    expect(stdout.match(/^round +\d\/3 .* as expected$/gm)).toHaveLength(3)
    const seeds = place.runs().map((run) => readRun(run, results()).header.seed)
    expect(seeds.sort()).toEqual([5, 6, 7])
  })

  test('progress is counted in plain lines where no terminal is', async () => {
    const { stderr } = await place.run(['check', 'pipe', 'core'])
    const { cases } = latest()
    expect(stderr).toContain(`${cases.length}/${cases.length} cases\n`)
    expect(stderr).not.toContain('\r')
  })
})

const faulty = findBuilt(agentName(hostOs, true)) !== undefined

describe.skipIf(!faulty)('under a fault', () => {
  const broken = ['check', 'pipe.read-eof-after-last-writer-closes', '--fault', 'sends-dropped', '--deadline', '3']
  const excuse = (verdict: string): string[] => {
    const id = 'pipe.read-eof-after-last-writer-closes'
    const deviation = {
      case: id,
      verdict,
      observed: 'nothing came',
      reason: 'A test breaks it.',
      link: 'https://example.org',
    }
    const file: Expectations = { platform: 'linux', deviations: [deviation as Expectations['deviations'][number]] }
    writeFileSync(join(place.folder, 'excuses.json'), JSON.stringify(file))
    return ['--expectations', 'excuses.json']
  }

  test('check fails with exit code 1, and says which claim does not hold', async () => {
    const { code, stdout, stderr } = await place.run(broken)
    const [one] = latest().cases as [CaseRecord]
    expect(one.standing).toBe('regression')
    expect(stderr).toContain(`${one.verdict} ${one.id}: `)
    expect(stdout).toContain('1 unexpected result')
    expect(code).toBe(1)
  })

  test('an excuse for what is seen makes it known, and the run passes', async () => {
    await place.run(broken)
    const [seen] = latest().cases as [CaseRecord]
    const { code } = await place.run([...broken, ...excuse(seen.verdict)])
    expect(latest().cases[0]).toMatchObject({ standing: 'known', deviation: { reason: 'A test breaks it.' } })
    expect(code).toBe(0)
  })

  test('an excuse for what is not seen is stale, and that is a failure under --strict', async () => {
    const whole = ['check', 'pipe.read-eof-after-last-writer-closes', ...excuse('fail')]
    expect((await place.run(whole)).code).toBe(0)
    expect(latest().cases[0]?.standing).toBe('fixed')
    const { code, stderr } = await place.run([...whole, '--strict'])
    expect(stderr).toContain('take its excuse away')
    expect(code).toBe(1)
  })

  test('--repeat names what went wrong in each round', async () => {
    const { code, stdout } = await place.run([...broken, '--repeat', '2'])
    expect(stdout.match(/1 of 1 not as expected: pipe\.read-eof/g)).toHaveLength(2)
    expect(code).toBe(1)
  })

  test('explain shows the ladder of what went wrong, and records nothing', async () => {
    const { code, stdout } = await place.run(['explain', ...broken.slice(1)])
    expect(stdout).toMatch(/producer +consumer/)
    expect(stdout).toContain('expected')
    expect(code).toBe(1)
    expect(() => place.runs()).toThrow('ENOENT')
  })
})

test('explain shows both processes, every call and its outcome', async () => {
  const { code, stdout } = await place.run(['explain', 'pipe.read-eof-after-last-writer-closes'])
  expect(code).toBe(0)
  expect(stdout).toContain('✓ pass')
  for (const part of [/producer +consumer/, /● pipe\(\) = 0/, /● fork\(consumer\)/, /= 0 ""/])
    expect(stdout).toMatch(part)
})

test('run checks, measures and writes every report', async () => {
  const { code, stdout } = await place.run(['run', 'pipe.pipe-buf-value', '--target', 'native'])
  const { cases, launches, end } = latest()
  expect(cases).toHaveLength(1)
  expect(launches.length).toBeGreaterThan(0)
  expect(end).toMatchObject({ interrupted: false })
  for (const name of ['results.jsonl', 'results.csv', 'report.html']) expect(stdout).toContain(name)
  expect(code).toBe(0)
})

test('bench measures the cells that were selected, and no others', async () => {
  const words = ['bench', 'pipe', 'size:64', 'same-core', 'pingpong', '!baseline', '--quick', '--rounds', '2']
  const { code, stdout, stderr } = await place.run(words)
  const { launches } = latest()
  const cell = { mechanism: 'pipe', workload: 'pingpong', size: 64, placement: 'same-core' }
  expect(Array.from(launches, (one) => one.cell)).toEqual([
    expect.objectContaining(cell),
    expect.objectContaining(cell),
  ])
  expect(Array.from(launches, ({ round }) => round)).toEqual([0, 1])
  expect(stdout).toContain('round trip')
  expect(stderr).toContain('2/2 launches')
  expect(code).toBe(0)
})

const wine =
  hostOs === 'linux' && findBuilt('ipcmark-agent.exe', 'windows') !== undefined && findProgram(['wine', 'wine64'])

describe.skipIf(!wine)('under Wine', () => {
  test('two targets are one run, with what is known of Wine excused', async () => {
    const { code, stdout } = await place.run(['check', '/hello|eof/', '--target', 'native', '--target', 'wine'])
    const { header, cases } = latest()
    expect(header.targets.map(({ id, os }) => [id, os])).toEqual([
      ['native', 'linux'],
      ['wine', 'windows'],
    ])
    expect(new Set(cases.map(({ target }) => target))).toEqual(new Set(['native', 'wine']))
    expect(stdout).toMatch(/Windows \(Wine .*claims hold/)
    expect(code).toBe(0)
  })

  test('explain takes a case of Windows there by itself', async () => {
    const { code, stdout } = await place.run(['explain', 'w32pipe.eof-broken-pipe'])
    expect(stdout).toContain('ERROR_BROKEN_PIPE')
    expect(code).toBe(0)
  })
})
