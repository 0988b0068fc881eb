import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, startAgent } from './agent.ts'
import { AgentFailure, PeerDied, Refused } from './failures.ts'
import { newTroupe } from './peer.ts'
import { makeRunId, type RunId } from './residue.ts'
import { newTrace } from './trace.ts'
import { numbersOut } from './wire.ts'

/** An agent made of one line of shell: what matters is what it says. */
const impostor = (script: string) => startAgent('native', makeRunId(), { agent: impostorPath(script) })

const folder = mkdtempSync(join(tmpdir(), 'impostor-'))
afterAll(() => rmSync(folder, { recursive: true }))
let made = 0
function impostorPath(script: string): string {
  const path = join(folder, `agent-${++made}`)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

/** Processes that carry the run's name. */
const alive = (run: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`IPCMARK_RUN=${run}`)
      } catch {
        return false
      }
    })

describe('an agent that does not do its part is told by what it does', () => {
  test('missing', async () => {
    await expect(startAgent('native', makeRunId(), { agent: '/nowhere/agent' })).rejects.toThrow(
      /there is no agent at .*npm run build/,
    )
  })
  test('of another version', async () => {
    await expect(
      impostor(`read line; echo '{"id":1,"refused":"this agent speaks version 7 of the protocol"}'; cat`),
    ).rejects.toThrow(/refuses the greeting: this agent speaks version 7/)
  })
  test('babbling', async () => {
    await expect(impostor('echo Welcome to this host; cat >/dev/null')).rejects.toThrow(/babbles.*Welcome to this host/)
  })
  test('dying, with its last words', async () => {
    await expect(impostor('echo out of memory >&2; exit 9')).rejects.toThrow(/ended with exit code 9.*out of memory/)
  })
  test('not executable', async () => {
    await expect(startAgent('exec:/nowhere/prefix', makeRunId(), {})).rejects.toThrow(/does not start/)
  })
  test('each of these is an AgentFailure', async () => {
    await expect(impostor('exit 0')).rejects.toBeInstanceOf(AgentFailure)
  })
})

// Only root may become a user who has used its processes up.
test.skipIf(process.getuid?.() !== 0)('an agent that cannot fork says so, and harms nobody', async () => {
  const agent = await startAgent(
    'exec:prlimit --nproc=1 setpriv --reuid 65533 --regid 65533 --clear-groups',
    makeRunId(),
  )
  const pair = newTroupe(agent, 'crowded', newTrace())
  await expect(pair.start('producer')).rejects.toThrow(/fork: /)
  await pair.end()
  expect((await agent.request('agent', 'calls')).ret).toBeGreaterThan(0)
  await agent.close()
})

describe('an agent', () => {
  let agent: Agent
  let run: RunId
  beforeAll(async () => {
    run = makeRunId()
    agent = await startAgent('native', run)
  })
  afterAll(() => agent.close())
  const troupe = (scope: string) => newTroupe(agent, scope, newTrace())

  test('makes peers that share nothing, with the descriptors 0, 1 and 2 and no other', async () => {
    const pair = troupe('fresh')
    const peer = await pair.start('producer')
    const first = await peer.must('open', '/dev/null', 'O_RDONLY')
    expect(first).toBe(3)
    const actions = await Promise.all(
      ['SIGPIPE', 'SIGINT', 'SIGCHLD'].map((name) => peer.call('sigprocmask', 'SIG_BLOCK', [name])),
    )
    expect(actions.every((outcome) => outcome.error === undefined)).toBe(true)
    await pair.end()
  })

  test('forks a peer that has the descriptors of its parent, and tells how it ended though it is no child of the agent', async () => {
    const pair = troupe('forked')
    const parent = await pair.start('producer')
    const [r, w] = numbersOut(await parent.call('pipe'), 'fds') as [number, number]
    const child = await parent.fork('consumer')
    expect((await child.call('getppid')).ret).toBe(parent.pid)
    const reading = child.call('read', r, 10)
    await child.blocked()
    await parent.call('write', w, 'hello')
    expect((await reading).hex).toBe(Buffer.from('hello').toString('hex'))
    void child.call('exit', 7)
    expect((await child.exit()).code).toBe(7)
    const waited = await parent.call('waitpid', child.pid)
    expect(waited.out).toEqual({ code: 7 })
    await pair.end()
  })

  test('tells the death of a peer to the calls that were under way', async () => {
    const pair = troupe('dying')
    const peer = await pair.start('producer')
    const waiting = peer.call('pause')
    await peer.blocked()
    await peer.kill()
    await expect(waiting).rejects.toBeInstanceOf(PeerDied)
    expect(await pair.unexpectedDeath()).toBeUndefined()
    await pair.end()
  })

  test('refuses what means nothing, and does nothing', async () => {
    const pair = troupe('nonsense')
    const peer = await pair.start('producer')
    await expect(peer.call('wirte', 1, 'x')).rejects.toThrow(Refused)
    await expect(peer.call('wirte', 1, 'x')).rejects.toThrow(/did you mean 'write'/)
    await expect(peer.call('open', '/tmp', 'O_RDONLYY')).rejects.toThrow(/no constant is named/)
    await expect(peer.call('write', 1)).rejects.toThrow(/takes \(descriptor bytes\)/)
    await expect(peer.call('close', 'O_RDONLY|')).rejects.toThrow(/constant/)
    await pair.end()
  })

  test('answers a start that does not come to be', async () => {
    const pair = troupe('stillborn')
    const starting = pair.start('producer')
    const ending = agent.request('agent', 'end', 'stillborn')
    // Which of the two comes first is a race; an answer comes either way, and nobody lives on.
    const answer = await starting.then(
      () => 'ready',
      (error: Error) => error.message,
    )
    expect(answer).toMatch(/^ready$|before it was ready|exited|killed/)
    await ending
    const late = await starting.then((peer) => peer.call('getpid')).catch((error: Error) => error.message)
    expect(late).toMatch(/killed|exited|ended/)
    await pair.end()
  })

  test('refuses numbers that do not fit, and does nothing', async () => {
    const pair = troupe('numbers')
    const peer = await pair.start('producer')
    await expect(peer.call('close', 2n ** 64n - 1n)).rejects.toThrow(/does not fit/)
    await expect(peer.call('close', -(2n ** 63n) - 1n)).rejects.toThrow(Refused)
    await expect(peer.call('close', 2 ** 31 * 4)).rejects.toThrow(/does not fit/)
    expect((await peer.call('fcntl', 2, 'F_GETFD')).error).toBeUndefined()
    await pair.end()
  })

  test('ends what peers have started, orphans included', async () => {
    const before = alive(run)
    const pair = troupe('orphans')
    const peer = await pair.start('producer')
    const [r, w] = numbersOut(await peer.call('pipe'), 'fds') as [number, number]
    await peer.must('spawn', 'self', ['program', 'hold'], [[r, 0]])
    await peer.fork('child')
    expect(w).toBeGreaterThan(r)
    expect(alive(run).length).toBe(before.length + 3)
    await pair.end()
    expect(alive(run)).toEqual(before)
  })

  test('takes the names with it that the peers of a scope have made, and those of no other scope', async () => {
    const [ended, other] = [troupe('names1'), troupe('names12')]
    for (const pair of [ended, other]) {
      const peer = await pair.start('maker')
      const name = nameIn(pair === ended ? 'names1' : 'names12')
      await peer.must('mq_open', name, 'O_RDWR|O_CREAT|O_EXCL', 0o600, 1, 1)
      await peer.must('sem_open', name, 'O_CREAT|O_EXCL', 0o600, 0)
      await peer.must('shm_open', name, 'O_RDWR|O_CREAT|O_EXCL', 0o600)
    }
    await ended.end()
    const looker = await other.start('looker')
    for (const [scope, error] of [
      ['names1', 'ENOENT'],
      ['names12', undefined],
    ] as const) {
      const name = nameIn(scope)
      expect((await looker.call('mq_open', name, 'O_RDWR')).error).toBe(error)
      expect((await looker.call('sem_open', name, 0)).error).toBe(error)
      expect((await looker.call('shm_open', name, 'O_RDWR', 0)).error).toBe(error)
    }
    await other.end()
  })
  const nameIn = (scope: string) => `/${agent.prefix}-${scope}-1-object`
})

test('every peer dies with a killed agent, blocked grandchildren included', async () => {
  const run = makeRunId()
  const agent = await startAgent('native', run)
  const pair = newTroupe(agent, 'all', newTrace())
  const parent = await pair.start('producer')
  const child = await parent.fork('child')
  const grandchild = await child.fork('grandchild')
  const [r] = numbersOut(await grandchild.call('pipe'), 'fds') as [number, number]
  void grandchild.call('read', r, 1)
  await grandchild.blocked()
  const pids = [parent.pid, child.pid, grandchild.pid]
  const running = () =>
    pids.filter((pid) => {
      try {
        return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
      } catch {
        return false
      }
    })
  expect(running()).toEqual(pids)
  const agentPid = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${parent.pid}/status`, 'utf8'))?.[1])
  process.kill(agentPid, 'SIGKILL')
  for (let looks = 0; running().length > 0 && looks < 200; looks++) await pause(10)
  expect(running()).toEqual([])
  await agent.close()
  expect(agent.failure?.message).toMatch(/SIGKILL/)
  await expect(parent.exit()).rejects.toBeInstanceOf(AgentFailure)
})
