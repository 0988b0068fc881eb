/** What is tested without an agent: the program ipcmark-native-tests, which the build makes beside it. */

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { findBuilt, hostOs } from '../harness/environment/host.ts'

const program = findBuilt(hostOs === 'windows' ? 'ipcmark-native-tests.exe' : 'ipcmark-native-tests', hostOs)

test.runIf(program !== undefined)('the native tests, the stress of the rings among them', () => {
  const { status, stdout, stderr } = spawnSync(program as string, ['--seconds', '0.5'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('all of it holds') })
})
