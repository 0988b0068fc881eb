import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { hostOs, packageRoot } from '../environment/host.ts'
import { native } from '../native.ts'
import { readRun } from '../record/reader.ts'
import { badAgent, startedMark } from './fixture/bad-agents.ts'
import { buildProgram, follow, newPlace, type Place, type Started, until } from './fixture/program.ts'

// Windows has no signals to send.
const onLinux = test.skipIf(hostOs === 'windows')

let place: Place
beforeAll(buildProgram)
beforeEach(() => {
  place = newPlace()
})
afterEach(() => place.remove())

const endless = ['check', 'pipe', 'fifo', '--repeat', '1000']

/** Starts a check that would go on for long, and waits until it is well under way. */
async function underWay(words: readonly string[] = endless): Promise<Started> {
  const started = place.start(words)
  await until(() => started.written.stderr.includes('cases'), 'cases have run')
  return started
}

const readLatest = () => readRun('latest', join(place.folder, 'ipcmark-results'))

onLinux.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends a run with %i, keeps what is finished, and leaves nothing', async (signal, exitCode) => {
  const started = await underWay()
  started.child.kill(signal)
  const { code, stderr } = await started.ended
  expect(stderr).toContain(`interrupted by ${signal}`)
  expect({ code, stderr }).toMatchObject({ code: exitCode })
  expect(code).toBe(exitCode)
  const { header, cases, end, partial } = readLatest()
  expect(partial).toBeUndefined()
  expect(end?.cases).toBe(cases.length)
  expect(cases.filter(({ verdict }) => verdict === 'broken')).toEqual([])
  expect(native().residueOf(header.run)).toEqual([])
})

onLinux('Ctrl-C reaches the agent too, and the record is the same as if it did not', async () => {
  const main = join(packageRoot, 'dist', 'harness', 'cli', 'main.js')
  // A group of its own, as a shell makes one: Ctrl-C is sent to all of it.
  const started = follow(spawn(process.execPath, [main, ...endless], { cwd: place.folder, detached: true }))
  await until(() => started.written.stderr.includes('cases'), 'cases have run')
  process.kill(-(started.child.pid ?? 0), 'SIGINT')
  const { code } = await started.ended
  expect(code).toBe(130)
  expect(readLatest().cases.filter(({ verdict }) => verdict === 'broken')).toEqual([])
})

onLinux('the second signal ends the program at once, and clean finds what is left', async () => {
  // An agent that answers nothing keeps the tidying busy for seconds.
  const agent = badAgent(place.folder, 'silent-later')
  const started = place.start(['check', 'pipe.pipe-buf-value', '--agent', agent])
  await until(() => existsSync(join(place.folder, 'ipcmark-results', 'latest')), 'the record was begun')
  started.child.kill('SIGINT')
  await until(() => started.written.stderr.includes('once more ends at once'), 'the first signal was heard')
  const before = performance.now()
  started.child.kill('SIGINT')
  expect((await started.ended).code).toBe(130)
  expect(performance.now() - before).toBeLessThan(9_000)
  const { header } = readLatest()
  await until(
    () =>
      native()
        .residueOf(header.run)
        .every(({ kind }) => kind !== 'process'),
    'the agent has ended',
  )
  expect((await place.run(['clean'])).code).toBe(0)
  expect(native().residueOf(header.run)).toEqual([])
})

onLinux('an agent that never answers is given up at the first signal', async () => {
  const agent = badAgent(place.folder, 'silent')
  const started = place.start(['check', '--agent', agent])
  await until(() => existsSync(startedMark(agent)), 'the agent has started')
  started.child.kill('SIGTERM')
  const { code, stderr } = await started.ended
  expect(code).toBe(143)
  expect(stderr).not.toContain('silent')
})

onLinux('what SIGKILL left behind, clean removes and names', async () => {
  const started = await underWay()
  started.child.kill('SIGKILL')
  await started.ended
  const { header, cases, partial } = readLatest()
  expect(partial).toContain('The record has no end')
  for (const one of cases) expect(one.trace).toBeDefined()
  const { code, stdout } = await place.run(['clean', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ stuck: [] })
  expect(native().residueOf(header.run)).toEqual([])
})
