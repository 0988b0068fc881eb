/** The verbs that compare: played as a user plays them, with short gates of one or two cells. */

import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findBuilt } from '../environment/host.ts'
import { readRun } from '../record/reader.ts'
import { badAgent } from './fixture/bad-agents.ts'
import { buildProgram, follow, main, newPlace, type Place } from './fixture/program.ts'

let place: Place
beforeAll(buildProgram)
beforeEach(() => {
  place = newPlace()
})
afterEach(() => place.remove())

const results = () => join(place.folder, 'ipcmark-results')
const latest = () => readRun('latest', results())
/** An arm whose loops carry a message of which a bit is wrong. */
const damaged = (arm: 'a' | 'b') => [`--${arm}-fault`, 'damage-message:pingpong:5']
const onePipe = ['pipe', 'pingpong', 'size:64', 'same-core']

/** The agent itself, but the first of them is killed as soon as it has the two peers of a launch. */
function endedOnce(): string {
  const file = join(place.folder, 'ended-once')
  const peers = 'set -- $(cat /proc/$pid/task/$pid/children)'
  const wait = `while [ -d /proc/$pid ] && ${peers} && [ $# -lt 2 ]; do sleep 0.005; done`
  const kill = `(${wait}; kill -9 $pid) < /dev/null > /dev/null 2>&1 &`
  const first = `if [ ! -e "$0.mark" ]; then : > "$0.mark"; pid=$$; ${kill} fi`
  writeFileSync(file, `#!/bin/sh\n${first}\nexec "${findBuilt('ipcmark-agent')}" "$@"\n`)
  chmodSync(file, 0o755)
  return file
}

describe('gate', () => {
  // On a machine that other tests keep busy it may be that nothing can be told; but never that all is well.
  test('is red for a slowdown, and says in three lines what, how much and how surely', async () => {
    const { code, stdout } = await place.run(['gate', ...onePipe, '--cases', 'none', '--inject-ns', '8000'])
    const { gate, launches, header } = latest()
    expect(gate?.b).toBe('native, 8000 ns more for each message')
    expect(gate?.injected).toEqual([{ cell: 'pipe pingpong 64 same-core awake', ns: 8000 }])
    expect(gate?.cells[0]?.ratio).toBeGreaterThan(1.3)
    expect([1, 3]).toContain(code)
    expect(gate?.verdict).toBe(code === 1 ? 'fail' : 'inconclusive')
    if (code === 1) {
      expect(stdout).toMatch(/pipe pingpong 64 same-core awake\n\s+\d+ % slower \(at least \d+ %\)\n\s+p [<=] 0\.\d+/)
    } else expect(gate?.reasons.length).toBeGreaterThan(0)
    expect(stdout).toMatch(/again\s+ipcmark gate pipe .* --seed \d+/)
    expect(new Set([...launches].map(({ arm }) => arm))).toEqual(new Set(['a', 'b', 'control']))
    expect(readFileSync(join(results(), header.run, 'gate.md'), 'utf8')).toContain('ipcmark gate')
    expect(readFileSync(join(results(), header.run, 'report.html'), 'utf8').includes('<section id="gate">')).toBe(true)
    expect(readFileSync(join(results(), header.run, 'results.csv'), 'utf8')).toContain('pingpong')
  })

  test('passes, or cannot tell, where both arms are the same; and is never red', async () => {
    const { code } = await place.run(['gate', ...onePipe, '--cases', 'none'])
    expect([0, 3]).toContain(code)
    expect(latest().gate?.verdict).not.toBe('fail')
  })

  test('only warns when that is asked for', async () => {
    const { code } = await place.run(['gate', ...onePipe, '--cases', 'none', ...damaged('b'), '--warn-only'])
    expect([code, latest().gate?.verdict]).toEqual([0, 'fail'])
  })

  test('slows one cell down by a share, which it measures first, and no other', async () => {
    const words = ['gate', ...onePipe, 'fifo', '--cases', 'none', '--inject', '40%', '--inject-into', 'fifo']
    const { code, stderr } = await place.run(words)
    expect([1, 3]).toContain(code)
    const { gate, launches } = latest()
    if (gate === undefined) return expect(stderr).toMatch(/not calm enough/)
    expect(gate.b).toBe('native, slowed down by 40 % in fifo')
    const [{ cell = '', ns = 0, alone = 0, held = 0 } = {}] = gate.injected ?? []
    expect(cell).toBe('fifo pingpong 64 same-core awake')
    expect([ns, held - alone].every((time) => time > 0)).toBe(true)
    const delays = (arm: string, mechanism: string) =>
      new Set(
        [...launches].filter((one) => one.arm === arm && one.cell.mechanism === mechanism).map((one) => one.injectNs),
      )
    expect(delays('b', 'fifo')).toEqual(new Set([ns]))
    expect([delays('a', 'fifo'), delays('b', 'pipe')]).toEqual([new Set([undefined]), new Set([undefined])])
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

  test('says of a claim that A breaks too that it is the expectations which want it', async () => {
    writeFileSync(join(place.folder, 'none.json'), '{ "platform": "linux", "deviations": [] }')
    const both = ['a', 'b'].flatMap((arm) => [`--${arm}-fault`, 'broken-pipe-renamed'])
    const { code, stdout } = await place.run(['gate', ...onePipe, ...both, '--expectations', 'none.json'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/broke that nothing excuses/)
    expect(stdout).not.toMatch(/A gets right|not in A/)
    expect(new Set(latest().gate?.broken.map(({ origin }) => origin))).toEqual(new Set(['expectations']))
  })

  test('runs a command before the cases and each launch of an arm, and by what it prints again', async () => {
    const mark = join(place.folder, "it's a mark")
    const setup = ['--b-setup', `echo x >> "${mark}"`, '--b-env', `WORD=it's "one" & $2`]
    const { code } = await place.run(['gate', ...onePipe, ...setup])
    const times = () => readFileSync(mark, 'utf8').trim().split('\n').length
    const ofB = () => [...latest().launches].filter(({ arm }) => arm === 'b').length
    const first = ofB() + 1
    expect(times()).toBe(first)
    const again = latest().gate?.again ?? ''
    const program = `ipcmark() { "${process.execPath}" "${main}" "$@"; }`
    const repeated = await follow(spawn('sh', ['-c', `${program}\n${again}`], { cwd: place.folder })).ended
    expect(code).not.toBe(2)
    expect([0, 1, 3]).toContain(repeated.code)
    expect(times()).toBe(first + ofB() + 1)
  })

  test.each([
    ['a', 'core'],
    ['b', 'core'],
    ['a', 'none'],
  ])('is no pass where the command that sets %s up fails, with cases %s', async (arm, cases) => {
    const words = ['gate', ...onePipe, '--cases', cases, `--${arm}-setup`, 'echo no such disk >&2; exit 3']
    const { code, stderr } = await place.run(words)
    const why = `sets arm ${arm.toUpperCase()} up, 'echo no such disk >&2; exit 3', failed: exit code 3, no such disk`
    expect([code, stderr]).toEqual([5, expect.stringContaining(why)])
    expect(latest().gate).toBeUndefined()
  })

  test('is red where B damages what it sends, and cannot tell where A does', async () => {
    const { code, stdout } = await place.run(['gate', ...onePipe, '--cases', 'none', ...damaged('b')])
    expect([code, stdout]).toEqual([1, expect.stringMatching(/void in B, and not in A; confirmed once/)])
    const inA = await place.run(['gate', ...onePipe, '--cases', 'none', ...damaged('a')])
    expect([inA.code, inA.stderr]).toEqual([4, expect.stringMatching(/no cell could be measured in A/)])
  })

  test('cannot tell where an agent is ended once, and launches go well afterwards', async () => {
    const agent = endedOnce()
    const { code } = await place.run(['gate', ...onePipe, '--cases', 'none', '--b-agent', agent])
    expect(code).toBe(3)
    expect(latest().gate?.reasons).toContainEqual(expect.stringMatching(/one launch of B: .*; repeated, it went well/))
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
    [['--self-test', '--b-agent', 'other'], /A against A, so that --b-agent says nothing/],
    [['--self-test', '--b-setup', 'true'], /A against A, so that --b-setup says nothing/],
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
