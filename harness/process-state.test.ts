import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { hostOs } from './environment/host.ts'
import { native } from './native.ts'

const children: ChildProcess[] = []
const paths: string[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const path of paths.splice(0)) rmSync(path, { force: true })
})

describe.runIf(hostOs === 'linux')('the state of a process', () => {
  const stateOf = (child: ChildProcess) => native().processState(child.pid ?? 0)
  /** Waits until the system shows a state; the time limit is the test's. */
  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve))
  }

  test('tells running from waiting, stopped, and gone', async () => {
    const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] })
    children.push(child)
    await once(child, 'spawn')
    expect(native().processState(process.pid)).toMatchObject({ parent: process.ppid, state: 'running', waiting: false })
    await until(() => stateOf(child)?.waiting === true)
    expect(stateOf(child)).toMatchObject({ pid: child.pid, parent: process.pid, state: 'sleeping' })
    expect(native().children(process.pid)).toContain(child.pid)

    const before = stateOf(child)?.voluntarySwitches ?? 0
    child.stdin.write('x')
    await until(() => (stateOf(child)?.voluntarySwitches ?? 0) > before && stateOf(child)?.waiting === true)

    child.kill('SIGSTOP')
    await until(() => stateOf(child)?.state === 'stopped')
    expect(stateOf(child)?.waiting).toBe(false)

    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(stateOf(child)).toBeUndefined()
    expect(native().children(process.pid)).not.toContain(child.pid)
  })

  test('knows a zombie', async () => {
    // The shell becomes a program that never asks after its child.
    const child = spawn('sh', ['-c', 'sleep 0 & exec sleep 600'], { stdio: 'ignore' })
    children.push(child)
    await once(child, 'spawn')
    const states = () =>
      native()
        .children(child.pid ?? 0)
        .map((pid) => native().processState(pid)?.state)
    await until(() => states().includes('zombie'))
    expect(states()).toEqual(['zombie'])
  })

  test('is read right when the program has an odd name', async () => {
    const odd = join(tmpdir(), ') S 1 (')
    paths.push(odd)
    symlinkSync(execFileSync('sh', ['-c', 'command -v sleep'], { encoding: 'utf8' }).trim(), odd)
    const child = spawn(odd, ['600'], { stdio: 'ignore' })
    children.push(child)
    await once(child, 'spawn')
    await until(() => stateOf(child)?.waiting === true)
    expect(stateOf(child)).toMatchObject({ parent: process.pid, state: 'sleeping' })
  })

  test('waits only when every thread does', async () => {
    const script = `
      const { Worker } = require('node:worker_threads')
      new Worker('for (;;) {}', { eval: true }).on('online', () => console.log('spinning'))`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    await once(child.stdout, 'data')
    await until(() => stateOf(child)?.state === 'sleeping')
    expect(stateOf(child)?.waiting).toBe(false)
  })

  test('refuses what is no number', () => {
    expect(() => native().processState('1' as unknown as number)).toThrow(TypeError)
    expect(native().processState(0)).toBeUndefined()
    expect(native().processState(-1)).toBeUndefined()
  })
})
