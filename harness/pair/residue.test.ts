import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { findBuilt, hostOs } from '../environment/host.ts'
import { type Leftover, native } from '../native.ts'
import { clean, findResidue, makeRunId, prefix, type RunId, runVariable, sweepRun } from './residue.ts'

const addon = findBuilt('ipcmark.node') ?? ''
const children: ChildProcess[] = []
const paths: string[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const path of paths.splice(0)) rmSync(path, { recursive: true, force: true })
})

/** A run whose owner has made its name and ended. */
const deadRun = (): RunId => {
  const script = `console.log(require(${JSON.stringify(addon)}).newRun())`
  return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim() as RunId
}

/** A process that carries a run's name and waits. */
async function bystander(run: string): Promise<ChildProcess> {
  const child = spawn('sleep', ['600'], { env: { ...process.env, [runVariable]: run }, stdio: 'ignore' })
  children.push(child)
  await once(child, 'spawn')
  return child
}

const file = (path: string): string => {
  writeFileSync(path, '')
  paths.push(path)
  return path
}
const of = (run: string, found: readonly Leftover[]): string[] =>
  found.filter((leftover) => leftover.run === run).map(({ kind, name }) => `${kind} ${name}`)

describe("a run's name", () => {
  test('is unique and tells its owner', () => {
    const runs = new Set(Array.from({ length: 50 }, makeRunId))
    expect(runs.size).toBe(50)
    const pid = process.pid.toString(36)
    const start = BigInt(native().processState(process.pid)?.startTime ?? '').toString(36)
    for (const run of runs) expect(run).toMatch(new RegExp(`^ipcmark-${hostOs}[0-9]*-${pid}-${start}-[0-9a-z]{6}$`))
  })

  test('begins the names of its parts', () => {
    const run = makeRunId()
    expect(prefix(run, 'case-7')).toBe(`${run}-case-7`)
    for (const wrong of ['', '-', 'a--b', 'A', 'a/b', '..', 'ä']) expect(() => prefix(run, wrong)).toThrow(TypeError)
  })

  test.each([
    '',
    'ipcmark',
    'ipcmark-',
    'ipcmark-linux-1-2-',
    'ipcmark-linux-1-2',
    '../x',
    'ipcmark-linux-!-2-3',
    '/tmp',
  ])('is not %j, which is refused', (wrong) => {
    expect(() => native().sweep(wrong)).toThrow("is no run's name")
    expect(() => native().residueOf(wrong)).toThrow("is no run's name")
  })
})

/** As an agent makes it. */
const folderOf = (run: string): string => mkdirSync(join(tmpdir(), run), { recursive: true }) ?? ''

describe.runIf(hostOs === 'linux')('what a run leaves', () => {
  test('is found of every kind once its owner is dead, and removed', async () => {
    const run = deadRun()
    const folder = folderOf(run)
    paths.push(folder)
    expect(native().call('mkfifo', join(folder, 'fifo'), 0o600).ret).toBe(0)
    const server = createServer().listen(join(folder, 'socket'))
    await once(server, 'listening')
    const memory = file(`/dev/shm/${run}-ring`)
    const semaphore = file(`/dev/shm/sem.${run}-lock`)
    const loose = file(join(tmpdir(), `${run}.lock`))
    const left = await bystander(run)

    const expected = [
      `process ${left.pid}`,
      ...[`file ${folder}`, `file ${loose}`].sort(),
      ...[`shared-memory ${memory}`, `shared-memory ${semaphore}`].sort(),
    ]
    expect(of(run, findResidue()).sort()).toEqual([...expected].sort())

    const ended = once(left, 'exit')
    const { removed } = clean()
    expect(of(run, removed).sort()).toEqual([...expected].sort())
    expect(await ended).toEqual([null, 'SIGKILL'])
    for (const path of [folder, memory, semaphore, loose]) expect(existsSync(path)).toBe(false)
    expect(of(run, findResidue())).toEqual([])
    server.close()
  })

  test.runIf(existsSync('/dev/mqueue'))('may be a message queue', () => {
    const run = deadRun()
    file(`/dev/mqueue/${run}-queue`)
    expect(of(run, findResidue())).toEqual([`message-queue /${run}-queue`])
    expect(of(run, sweepRun(run))).toEqual([`message-queue /${run}-queue`])
  })

  test('may be message queues where nothing shows them, and is known by the notes of their maker', () => {
    const run = deadRun()
    const folder = folderOf(run)
    paths.push(folder)
    const { call } = native()
    const creating = (name: string) => call('mq_open', name, 'O_RDWR|O_CREAT|O_EXCL', 0o600, 1, 1)
    const others = `/${makeRunId()}-queue`
    const made = [creating(others)]
    // A note that leads to somebody else's.
    symlinkSync(others, join(folder, 'queue-0'))

    process.env[runVariable] = run
    made.push(creating(`/${run}-queue`), creating(`/${run}-gone`))
    expect(call('mq_unlink', `/${run}-gone`).ret).toBe(0)
    delete process.env[runVariable]

    const expected = [`file ${folder}`, `message-queue /${run}-queue`]
    expect(of(run, findResidue()).sort()).toEqual(expected)
    expect(of(run, clean().removed).sort()).toEqual(expected)
    expect(call('mq_open', `/${run}-queue`, 'O_RDWR').error).toBe('ENOENT')
    expect(call('mq_unlink', others).ret).toBe(0)
    for (const { ret } of made) expect(call('mq_close', ret).ret).toBe(0)
  })

  test('may be of System V, and is known by the notes of its maker', () => {
    const run = deadRun()
    const folder = folderOf(run)
    paths.push(folder)
    const { call } = native()
    const key = Math.ceil(Math.random() * 0x7fffffff)
    // Somebody had it before, and goes on having it.
    const others = call('semget', key, 1, 'IPC_CREAT|IPC_EXCL|0o600').ret

    process.env[runVariable] = run
    const made = [
      `msg ${call('msgget', key, 'IPC_CREAT|0o600').ret}`,
      `msg ${call('msgget', 'IPC_PRIVATE', 0o600).ret}`,
      `shm ${call('shmget', key, 4096, 'IPC_CREAT|IPC_EXCL|0o600').ret}`,
    ].sort()
    expect(call('semget', key, 1, 'IPC_CREAT|0o600').ret).toBe(others)
    delete process.env[runVariable]

    // A note of another place or time, and what is no note.
    for (const name of [`msg-id-${others}-1-0`, 'msg-0xg', 'shm-', 'none']) file(join(folder, `system-v-${name}`))
    const expected = [...made.map((name) => `system-v ${name}`), `file ${folder}`].sort()
    expect(of(run, findResidue()).sort()).toEqual(expected)
    expect(of(run, clean().removed).sort()).toEqual(expected)
    expect(call('msgget', key, 0).error).toBe('ENOENT')
    expect(call('shmget', key, 0, 0).error).toBe('ENOENT')
    expect(call('semctl-IPC_RMID', others).ret).toBe(0)
  })

  test('is not of System V for all that somebody else’s note says', () => {
    const run = deadRun()
    const folder = folderOf(run)
    paths.push(folder)
    const { call } = native()
    const key = Math.ceil(Math.random() * 0x7fffffff)
    const own = call('msgget', key, 'IPC_CREAT|IPC_EXCL|0o600').ret
    const note = file(join(folder, `system-v-msg-0x${key.toString(16)}`))
    if (process.getuid?.() === 0) {
      chownSync(note, 65534, 65534)
      expect(of(run, clean().removed)).toEqual([`file ${folder}`])
      expect(call('msgctl-IPC_STAT', own).ret).toBe(0)
    }
    call('msgctl-IPC_RMID', own)
  })

  test('is not touched while its owner lives, but goes when the owner says so', async () => {
    const run = makeRunId()
    const folder = folderOf(run)
    paths.push(folder)
    const left = await bystander(run)
    expect(of(run, findResidue())).toEqual([])
    expect(of(run, clean().removed)).toEqual([])
    expect(existsSync(folder)).toBe(true)
    expect(native().processState(left.pid ?? 0)?.state).not.toBe('zombie')

    expect(of(run, native().residueOf(run)).sort()).toEqual([`file ${folder}`, `process ${left.pid}`])
    expect(of(run, sweepRun(run)).sort()).toEqual([`file ${folder}`, `process ${left.pid}`])
    expect(existsSync(folder)).toBe(false)
  })

  test('is judged by when the owner started too, as numbers are used again', () => {
    const [, place, pid, , random] = makeRunId().split('-')
    const reused = `ipcmark-${place}-${pid}-1-${random}`
    const path = file(join(tmpdir(), reused))
    expect(of(reused, findResidue())).toEqual([`file ${path}`])
  })

  test('is not judged where process numbers mean something else', () => {
    for (const place of ['linux4026599999', 'windows', 'linuxunknown']) {
      const elsewhere = `ipcmark-${place}-1-1-abcdef`
      file(join(tmpdir(), elsewhere))
      expect(of(elsewhere, findResidue())).toEqual([])
    }
  })

  test('is never somebody else’s, however similar the name', async () => {
    const run = deadRun()
    const similar = [
      join(tmpdir(), `${run}x`),
      join(tmpdir(), `x${run}`),
      join(tmpdir(), 'ipcmark-notes.txt'),
      join(tmpdir(), run.replace('ipcmark', 'IPCMARK')),
      `/dev/shm/${run}0`,
    ].map(file)
    const target = join(tmpdir(), `residue-test-${process.pid}`)
    mkdirSync(target)
    paths.push(target)
    file(join(target, 'kept'))
    const link = join(tmpdir(), `${run}-link`)
    symlinkSync(target, link)
    const stranger = await bystander(`x${run}`)

    expect(of(run, sweepRun(run))).toEqual([`file ${link}`])
    for (const path of [...similar, join(target, 'kept')]) expect(existsSync(path)).toBe(true)
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  })

  test('can be swept part by part', async () => {
    const run = makeRunId()
    const kept = file(join(tmpdir(), prefix(run, 'second')))
    const swept = file(join(tmpdir(), prefix(run, 'first')))
    const longer = file(join(tmpdir(), prefix(run, 'first2')))
    const other = await bystander(prefix(run, 'second'))
    expect(of(run, native().sweep(prefix(run, 'first')))).toEqual([`file ${swept}`])
    expect([kept, longer].map((path) => existsSync(path))).toEqual([true, true])
    expect(other.exitCode ?? other.signalCode).toBeNull()
  })

  test('never includes the process that sweeps, or its ancestors', async () => {
    const run = deadRun()
    // A shell that carries the name waits for a Node that carries it too and sweeps.
    const script = `console.log(JSON.stringify(require(${JSON.stringify(addon)}).sweep(${JSON.stringify(run)})))`
    const shell = spawn('sh', ['-c', '"$NODE" -e "$SCRIPT"; echo "ended with $?"'], {
      env: { ...process.env, [runVariable]: run, NODE: process.execPath, SCRIPT: script },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    shell.stdout.on('data', (text) => (said += text))
    await once(shell, 'close')
    expect(said).toBe('[]\nended with 0\n')
  })

  test('is found after SIGKILL of a harness', async () => {
    const script = `
      const { newRun } = require(${JSON.stringify(addon)})
      const run = newRun()
      require('node:fs').mkdirSync(require('node:os').tmpdir() + '/' + run)
      require('node:child_process').spawn('sleep', ['600'], { env: { IPCMARK_RUN: run, PATH: process.env.PATH }, detached: true })
      console.log(run)
      setInterval(() => {}, 1000)`
    const harness = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(harness)
    const run = String((await once(harness.stdout, 'data'))[0]).trim()
    expect(of(run, findResidue())).toEqual([])
    harness.kill('SIGKILL')
    await once(harness, 'exit')
    const found = of(run, findResidue())
    expect(found).toEqual([expect.stringMatching(/^process \d+$/), `file ${join(tmpdir(), run)}`])
    expect(of(run, sweepRun(run as RunId))).toEqual(found)
    expect(of(run, native().residueOf(run))).toEqual([])
  })
})
