/**
 * The harness itself on Windows: node.exe under Wine conducts the same agent, and comes to the same verdicts as when it
 * conducts from Linux.
 */

import { execFileSync, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBuilt, hostOs, packageRoot } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import { agentName } from '../pair/target.ts'
import { readRun } from '../record/reader.ts'
import { buildProgram, type Ended, follow, newPlace, type Place } from './fixture/program.ts'

const wine = join(packageRoot, 'scripts', 'wine.mjs')
const here =
  hostOs === 'linux' &&
  findProgram(['wine', 'wine64']) !== undefined &&
  findBuilt(agentName('windows', false), 'windows') !== undefined

let place: Place
beforeAll(() => {
  buildProgram()
  place = newPlace()
  if (here) execFileSync(process.execPath, [wine, 'setup'])
}, 300_000)
afterAll(() => place.remove())

const verdicts = (output: string) =>
  Object.fromEntries(
    readRun('latest', join(place.folder, output))
      .cases.map(({ id, verdict, standing }) => [id, `${verdict}, ${standing}`])
      .sort(),
  )

/** What was said when it did not go well. */
const complaint = ({ code, stdout, stderr }: Ended) => (code === 0 ? '' : `exit code ${code}: ${stderr}${stdout}`)

const onNodeExe = (words: readonly string[]): Promise<Ended> => {
  const main = join(packageRoot, 'dist', 'harness', 'cli', 'main.js')
  return follow(spawn(process.execPath, [wine, 'node', main, ...words], { cwd: place.folder, stdio: 'pipe' })).ended
}

/** A mechanism of each kind. All cases take a minute on either side; to compare them, leave the selection out. */
const sample =
  'core win-anonymous-pipe win-named-pipe-message winsock-udp win-mailslot win-event win-mutex win-file-mapping'

test.skipIf(!here)('check says the same of every case on node.exe and from Linux', { timeout: 300_000 }, async () => {
  const words = ['check', ...sample.split(' ')]
  const fromLinux = await place.run([...words, '--target', 'wine', '--output', 'from linux'])
  expect(complaint(fromLinux)).toBe('')
  const fromWindows = await onNodeExe([...words, '--output', 'from windows – übung'])
  expect(complaint(fromWindows)).toBe('')
  const expected = verdicts('from linux')
  expect(Object.keys(expected).length).toBeGreaterThan(100)
  expect(verdicts('from windows – übung')).toEqual(expected)
})

test.skipIf(!here)('bench measures there, and report reads what it has written', { timeout: 300_000 }, async () => {
  const cells = ['win-named-pipe-byte', 'pingpong', 'size:64', 'same-core', '--budget', 'quick', '--rounds', '1']
  const measured = await onNodeExe(['bench', ...cells, '--output', 'meß ergebnisse'])
  expect(complaint(measured)).toBe('')
  const launches = readRun('latest', join(place.folder, 'meß ergebnisse')).launches
  expect(Array.from(launches, ({ verdict }) => verdict)).toContain('ok')
  const reported = await onNodeExe(['report', 'meß ergebnisse\\latest', '--output', 'ünder here'])
  expect(complaint(reported)).toBe('')
  expect(readdirSync(join(place.folder, 'ünder here')).sort()).toEqual([
    'conformance.csv',
    'report.html',
    'results.csv',
    'summary.csv',
  ])
})

test.skipIf(!here)('list, doctor and clean speak there of Windows', { timeout: 300_000 }, async () => {
  const listed = await onNodeExe(['list', 'win-mutex'])
  expect(complaint(listed)).toBe('')
  expect(listed.stdout).toMatch(/win-mutex +lock +\d+ +Windows mutex/)
  const examined = await onNodeExe(['doctor'])
  expect(complaint(examined)).toBe('')
  expect(examined.stdout).toContain('ipcmark-agent.exe')
  expect(examined.stdout).toContain('This is Wine, which imitates Windows')
  expect(examined.stdout).not.toMatch(/apt-get|sysctl|\/dev\//)
  expect(complaint(await onNodeExe(['clean']))).toBe('')
})

test.skipIf(!here)('bad words end there as they do here', async () => {
  const refused = await onNodeExe(['check', 'win-anonymous-pip'])
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain("did you mean 'win-anonymous-pipe'?")
})
