/** The verbs over two targets at once: cases that have peers on both are played, and with one target they say what is missing. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBuilt, hostOs, packageRoot } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import { agentName } from '../pair/target.ts'
import { readRun } from '../record/reader.ts'
import { buildProgram, newPlace, type Place } from './fixture/program.ts'

const onLinux = hostOs === 'linux'
const withWine =
  onLinux &&
  findProgram(['wine', 'wine64']) !== undefined &&
  findBuilt(agentName('windows', false), 'windows') !== undefined

let place: Place
beforeAll(() => {
  buildProgram()
  place = newPlace()
  if (withWine) execFileSync(process.execPath, [join(packageRoot, 'scripts', 'wine.mjs'), 'setup'])
}, 300_000)
afterAll(() => place.remove())

const casesOf = (output: string) => readRun('latest', join(place.folder, output)).cases
const both = ['--target', 'native', '--target', 'wine']

describe.runIf(withWine)('with both targets', { timeout: 120_000 }, () => {
  test('check plays every case once, and its record and report say which process ran where', async () => {
    const { code, stderr } = await place.run(['check', ...both, 'interop.*', '--output', 'both'])
    expect(`${code} ${stderr}`).toMatch(/^0 /)
    const cases = casesOf('both')
    expect(cases).toHaveLength(7)
    for (const one of cases) {
      expect(one).toMatchObject({
        verdict: 'pass',
        target: 'native',
        os: 'linux',
        with: { target: 'wine', os: 'windows' },
      })
      expect(one.with?.peers).toContain('winsock')
      expect([...new Set(one.trace.map(({ peer }) => peer))]).toEqual(expect.arrayContaining(['bsd', 'winsock']))
    }
    const { run } = readRun('latest', join(place.folder, 'both')).header
    const report = readFileSync(join(place.folder, 'both', run, 'report.html'), 'utf8')
    expect(report).toContain('<b>bsd (linux)</b><b>winsock (windows)</b>')
  })

  test('explain takes both by itself', async () => {
    const { code, stdout } = await place.run(['explain', 'interop.half-close-both-ways'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/with +target wine/)
    expect(stdout).toMatch(/bsd \(linux\) .*winsock \(windows\)/)
  })

  test('a fault on either side is noticed', async () => {
    const { code, stdout } = await place.run(['explain', 'interop.echo-both-roles', '--fault', 'sends-corrupted'])
    expect(code).toBe(1)
    expect(stdout).toContain('✗ fail')
  })

  test('a fault that only one of the systems can have breaks that one', async () => {
    const { code, stdout } = await place.run(['explain', 'interop.reset-mapping', '--fault', 'resets-hidden'])
    expect(code).toBe(1)
    expect(stdout).toContain('recv on windows to fail with WSAECONNRESET')
    const alone = await place.run(['check', 'interop.*', '--fault', 'resets-hidden'])
    expect(alone.code).toBe(2)
    expect(alone.stderr).toContain("there is no fault 'resets-hidden' for linux")
  })
})

test.runIf(onLinux).each([['native', 'Windows'], ...(withWine ? [['wine', 'Linux']] : [])])(
  'with %s alone such a case is unsupported, and the summary says what has both',
  async (target, missing) => {
    const { code, stdout } = await place.run(['check', '--target', `${target}`, 'interop.*', '--output', `${target}`])
    expect(code).toBe(4)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `7 cases not here: needs a target that is ${missing} too: on Linux, run it with --target native --target wine`,
    )
    for (const one of casesOf(`${target}`)) expect(one).toMatchObject({ verdict: 'unsupported', target, trace: [] })
  },
  60_000,
)
