/** The command that sets an arm up: when it has ended, when it failed, and what is said of it. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setUp } from './arms.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcmark-arms-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (setup: string, timeoutMs?: number, signal = new AbortController().signal) =>
  setUp('b', { setup }, signal, timeoutMs)
/** Writes down which process it is that is left running, or that waits. */
const noting = () => `echo $! > '${join(folder, 'pid')}'`
const noted = () => Number(readFileSync(join(folder, 'pid'), 'utf8'))

/** Whether a process runs: one that was ended and that nobody has asked for yet does not. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('a set-up command', () => {
  test.each([
    ['in its group', 'sleep 20 &'],
    ['in a session of its own', 'setsid sleep 20 &'],
  ])('has ended when it has, and what it left running %s lives on', async (_, setup) => {
    const began = Date.now()
    await run(`${setup} ${noting()}`, 15_000)
    expect(Date.now() - began).toBeLessThan(10_000)
    expect(runs(noted())).toBe(true)
    process.kill(noted(), 'SIGKILL')
  })

  test('that is late failed, and is ended with its group', async () => {
    await expect(run(`sleep 20 & ${noting()}; wait`, 200)).rejects.toThrow(/it did not end within 0\.2 s/)
    await expect.poll(() => runs(noted())).toBe(false)
  })

  test('that fails is told by what it said last, however much it said and whatever holds its output open', async () => {
    const loud = 'head -c 3000000 /dev/zero | tr "\\0" x >&2; echo >&2; sleep 2 & echo no such disk >&2; exit 3'
    await expect(run(loud)).rejects.toThrow(/failed: exit code 3, no such disk\.$/)
  })

  test('is ended with the gate', async () => {
    const gate = new AbortController()
    setTimeout(() => gate.abort(), 200)
    await run(`sleep 20 & ${noting()}; wait`, 15_000, gate.signal)
    await expect.poll(() => runs(noted())).toBe(false)
  })
})
