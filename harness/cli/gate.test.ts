/** The verbs that compare: played as a user plays them, with short gates of one or two cells. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunRecord } from '../model.ts'
import { readRun } from '../record/reader.ts'
import { badAgent } from './fixture/bad-agents.ts'
import { buildProgram, newPlace, type Place } from './fixture/program.ts'

let place: Place
beforeAll(buildProgram)
beforeEach(() => {
  place = newPlace()
})
afterEach(() => place.remove())

const results = () => join(place.folder, 'ipcmark-results')
const latest = () => readRun('latest', results())
const onePipe = ['pipe', 'pingpong', 'size:64', 'same-core']

describe('gate', () => {
  // On a machine that other tests keep busy it may be that nothing can be told; but never that all is well.
  test('is red for a slowdown, and says in three lines what, how much and how surely', async () => {
    const { code, stdout } = await place.run(['gate', ...onePipe, '--cases', 'none', '--inject-ns', '8000'])
    const { gate, launches, header } = latest()
    expect(gate?.b).toBe('native, 8000 ns more for each message')
    expect(gate?.cells[0]?.ratio).toBeGreaterThan(1.3)
    expect([1, 3]).toContain(code)
    expect(gate?.verdict).toBe(code === 1 ? 'fail' : 'inconclusive')
    if (code === 1) {
      expect(stdout).toMatch(/pipe pingpong 64 same-core awake\n\s+\d+ % slower \(at least \d+ %\)\n\s+p [<=] 0\.\d+/)
    } else expect(gate?.reasons.length).toBeGreaterThan(0)
    expect(stdout).toMatch(/again\s+ipcmark gate pipe .* --seed \d+/)
    expect(new Set([...launches].map(({ arm }) => arm))).toEqual(new Set(['a', 'b', 'control']))
    expect(readFileSync(join(results(), header.run, 'gate.md'), 'utf8')).toContain('ipcmark gate')
  })

  test('passes, or cannot tell, where both arms are the same; and is never red', async () => {
    const { code } = await place.run(['gate', ...onePipe, '--cases', 'none'])
    expect([0, 3]).toContain(code)
    expect(latest().gate?.verdict).not.toBe('fail')
  })

  test('only warns when that is asked for', async () => {
    const { code } = await place.run(['gate', ...onePipe, '--cases', 'none', '--inject-ns', '8000', '--warn-only'])
    expect(code).toBe(0)
    expect(['fail', 'inconclusive']).toContain(latest().gate?.verdict)
  })

  test('is red for a claim that holds in A and not in B, confirmed', async () => {
    const { code, stdout } = await place.run(['gate', ...onePipe, '--b-fault', 'broken-pipe-renamed'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/broke that A gets right/)
    const { gate, cases } = latest()
    expect(gate?.broken.length).toBeGreaterThan(0)
    const [broken] = gate?.broken ?? []
    const played = cases.filter(({ id, arm }) => id === broken?.what && arm === 'b')
    expect(played.map(({ verdict }) => verdict === 'pass')).toEqual([false, false])
  })

  test('runs a command before each launch of an arm, and is no pass where it fails', async () => {
    const mark = join(place.folder, 'mark')
    const setup = ['--b-setup', `echo x >> "${mark}"`]
    await place.run(['gate', ...onePipe, '--cases', 'none', ...setup])
    const ofB = [...latest().launches].filter(({ arm }) => arm === 'b')
    expect(readFileSync(mark, 'utf8').trim().split('\n')).toHaveLength(ofB.length)
    const { code, stderr } = await place.run(['gate', ...onePipe, '--cases', 'none', '--a-setup', 'exit 3'])
    expect([code, stderr]).toEqual([
      5,
      expect.stringMatching(/command before each launch of arm A, 'exit 3', failed: exit code 3/),
    ])
  })

  test.each(['dying', 'dying-later', 'babbling'] as const)('with an agent that is %s is no pass', async (kind) => {
    const agent = badAgent(place.folder, kind)
    const { code, stderr } = await place.run(['gate', ...onePipe, '--cases', 'none', '--b-agent', agent])
    expect([1, 5]).toContain(code)
    if (code === 5) expect(stderr).not.toBe('')
  })

  test.each([
    [['--min-effect', 'much'], /--min-effect has to be a share/],
    [['--blocks', '3'], /no p below/],
    [['--cases', 'most'], /--cases takes core, all, none/],
    [['--b-env', 'nothing'], /NAME=VALUE/],
    [['--config', 'nowhere.json'], /nowhere\.json cannot be read/],
    [['unpinned'], /no pinned cell/],
  ])('refuses %j', async (words, why) => {
    const cells = words.includes('unpinned') ? ['pipe'] : onePipe
    const { code, stderr } = await place.run(['gate', ...cells, ...words])
    expect(stderr).toMatch(why)
    expect([2, 4]).toContain(code)
  })

  test('holds what a policy says, and refuses one with a typing error', async () => {
    const config = join(place.folder, 'ipcmark.config.json')
    const cell = 'pipe pingpong 64 same-core awake'
    const policy = { cells: [{ select: onePipe, syscallsPerMessage: 0.5 }], cases: 'none' }
    writeFileSync(config, JSON.stringify(policy))
    const { code, stdout } = await place.run(['gate'])
    expect(stdout).toMatch(/system calls for a message/)
    expect(latest().gate?.exceeded).toMatchObject([{ what: cell }])
    expect(code).toBe(1)
    writeFileSync(config, JSON.stringify({ ...policy, csaes: 'none' }))
    const refused = await place.run(['gate'])
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/did you mean 'cases'/)])
  })

  test('against stored runs says nothing of too few, and refuses another environment', async () => {
    await place.run(['bench', ...onePipe, '--rounds', '1'])
    const record = join(results(), latest().header.run, 'results.jsonl')
    const few = await place.run(['gate', ...onePipe, '--baseline', record])
    expect([few.code, few.stdout]).toEqual([3, expect.stringMatching(/1 stored run has it, and 5 are needed/)])
    const [first = '', ...rest] = readFileSync(record, 'utf8').split('\n')
    const header = JSON.parse(first) as Extract<RunRecord, { type: 'run' }>
    const elsewhere = { ...header, environment: { ...header.environment, kernel: 'Linux 2.4.0' } }
    const foreign = join(place.folder, 'foreign.jsonl')
    writeFileSync(foreign, [JSON.stringify(elsewhere), ...rest].join('\n'))
    const refused = await place.run(['gate', ...onePipe, '--baseline', foreign])
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/another environment.*kernel/)])
  })
})

describe('compare and history', () => {
  test('say the same of a record and its copy, and find what is not there', async () => {
    await place.run(['bench', ...onePipe, '--quick'])
    const [run = ''] = place.runs()
    const store = join(place.folder, 'store')
    mkdirSync(store)
    copyFileSync(join(results(), run, 'results.jsonl'), join(store, 'a.jsonl'))
    const same = await place.run(['compare', run, join(store, 'a.jsonl'), '--format', 'json'])
    expect(same.code).toBe(0)
    const comparison = JSON.parse(same.stdout) as { environment: unknown[]; cells: { ratio: number }[] }
    expect(comparison.environment).toEqual([])
    expect(comparison.cells.every(({ ratio }) => ratio === 1)).toBe(true)
    const told = await place.run(['history', store])
    expect([told.code, told.stdout]).toEqual([0, expect.stringMatching(/cells over 1 runs/)])
    for (const words of [
      ['compare', run],
      ['compare', run, 'nowhere'],
      ['history', 'nowhere'],
    ]) {
      expect((await place.run(words)).code).toBe(2)
    }
  })
})
