/** Several links between the same two processes, whichever way each of them comes to be. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { eventfd } from '../../suites/mechanisms/eventfd.ts'
import { futex } from '../../suites/mechanisms/futex.ts'
import { pipe } from '../../suites/mechanisms/pipe.ts'
import { posixSem } from '../../suites/mechanisms/posix-sem.ts'
import { posixShm } from '../../suites/mechanisms/posix-shm.ts'
import { signalStandard } from '../../suites/mechanisms/signal-standard.ts'
import { stageOf } from '../conformance/stage.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { newTroupe, type Troupe } from '../pair/peer.ts'
import { makeRunId, sweepRun } from '../pair/residue.ts'
import type { Stage } from '../pair/stage.ts'
import { newTrace } from '../pair/trace.ts'
import { openTogether } from './together.ts'

const run = makeRunId()
let agent: Agent
let troupe: Troupe
let stage: Stage
let scopes = 0

beforeAll(async () => {
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})
beforeEach(() => {
  const scope = `t${++scopes}`
  troupe = newTroupe(agent, scope, newTrace())
  stage = stageOf({ agent, troupe, scope, findings: {} })
})
afterEach(() => troupe.end())

test('memory that strangers open by name, and bells that a child inherits', async () => {
  const [memory, there, back] = await openTogether(stage, [
    { mechanism: posixShm },
    { mechanism: eventfd },
    { mechanism: eventfd, exchanged: true },
  ])
  expect(troupe.roles).toEqual(['producer', 'consumer'])
  expect(there.consumer.peer.pid).toBe(memory.consumer.peer.pid)
  expect([back.producer.peer.pid, back.consumer.peer.pid]).toEqual([there.consumer.peer.pid, there.producer.peer.pid])
  expect(there.producer.handle).not.toBe(back.consumer.handle)

  await memory.producer.store(0, 'ping')
  const waiting = there.consumer.take()
  await there.producer.add()
  expect((await waiting).error).toBeUndefined()
  expect((await memory.consumer.load(0, 4)).hex).toBe(Buffer.from('ping').toString('hex'))
  await back.producer.add()
  expect((await back.consumer.take()).error).toBeUndefined()
})

test('strangers all of them: nobody is forked', async () => {
  const forks: string[] = []
  const watching: Stage = {
    ...stage,
    async start(role) {
      const peer = await stage.start(role)
      return {
        ...peer,
        fork(child) {
          forks.push(child)
          return peer.fork(child)
        },
      }
    },
  }
  const [there, back] = await openTogether(watching, [
    { mechanism: signalStandard },
    { mechanism: signalStandard, exchanged: true },
  ])
  expect(forks).toEqual([])
  expect(there.producer.handle).toBe(back.producer.peer.pid)
  for (const { producer, consumer } of [there, back]) {
    await producer.add()
    expect((await consumer.take()).error).toBeUndefined()
  }
})

test('what each has is its own', async () => {
  const [sem, first, second, channel] = await openTogether(stage, [
    { mechanism: posixSem },
    { mechanism: futex },
    { mechanism: futex, exchanged: true },
    { mechanism: pipe, exchanged: true },
  ])
  expect(first.producer.handle).not.toBe(second.producer.handle)
  await channel.producer.send('by the consumer')
  expect((await channel.consumer.recv(64)).hex).toBe(Buffer.from('by the consumer').toString('hex'))
  expect(channel.producer.peer.pid).toBe(sem.consumer.peer.pid)
})

test('a script that fails, or that needs no second process, is told of', async () => {
  const fails = { id: 'failing', open: () => Promise.reject(new Error('it does not open')) }
  await expect(openTogether(stage, [{ mechanism: pipe }, { mechanism: fails }])).rejects.toThrow('it does not open')
})
test('one process is no pair', async () => {
  const alone: Parameters<typeof openTogether>[1][number]['mechanism'] = {
    id: 'lonely',
    async open({ start }) {
      const peer = await start('producer')
      const end = { peer, handle: 0, call: peer.call, must: peer.must, blocked: peer.blocked }
      return { producer: end, consumer: end }
    },
  }
  await expect(openTogether(stage, [{ mechanism: alone }])).rejects.toThrow('lonely was opened by one process alone')
})
