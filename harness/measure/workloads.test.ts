/**
 * The timed loops themselves, driven by hand over the protocol, with a man in the middle: what one side has sent is read by
 * plain calls, tampered with, and handed to the other side, which must notice.
 */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Arg, Outcome } from '../model.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { Refused } from '../pair/failures.ts'
import { newTroupe, type Troupe } from '../pair/peer.ts'
import { makeRunId, sweepRun } from '../pair/residue.ts'
import type { Peer } from '../pair/stage.ts'
import { newTrace } from '../pair/trace.ts'
import { numbersOut } from '../pair/wire.ts'
import { indexOf } from './histogram.ts'

const run = makeRunId()
let agent: Agent
let troupe: Troupe
let scopes = 0

beforeAll(async () => {
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})
beforeEach(() => {
  troupe = newTroupe(agent, `w${++scopes}`, newTrace())
})
afterEach(() => troupe.end())

const size = 64
const messages = 10
/** What announces a phase takes one message of this size. */
const streamed = size * (1 + messages + 1)

const options = (more: Record<string, Arg> = {}): Arg[] =>
  Object.entries({ size, ...more }).map(([name, v]) => [name, v])
const produce = (peer: Peer, w: number, more: Record<string, Arg> = {}) =>
  peer.call('stream', 'producer', 'fd', [w], options(more))
const consume = (peer: Peer, r: number) => peer.call('stream', 'consumer', 'fd', [r], options())

async function pipeIn(peer: Peer): Promise<[r: number, w: number]> {
  return numbersOut(await peer.call('pipe'), 'fds') as [number, number]
}

/** A producer's bytes, 64 to a message: the plan, ten messages, the end. */
async function streamOfTen(): Promise<string[]> {
  const peer = await troupe.start('producer')
  const [r, w] = await pipeIn(peer)
  expect(await produce(peer, w, { messages })).toMatchObject({ ret: messages })
  const { hex } = await peer.call('read', r, streamed)
  expect(hex).toHaveLength(2 * streamed)
  return hex?.match(/.{128}/g) ?? []
}

/** What a consumer makes of bytes, after which the link is closed. */
async function consumed(parts: readonly string[]): Promise<Outcome> {
  const peer = await troupe.start('consumer')
  const [r, w] = await pipeIn(peer)
  await peer.must('write', w, { hex: parts.join('') })
  await peer.must('close', w)
  return consume(peer, r)
}

describe('a consumer', () => {
  test('accepts what was sent, and both say the same of it', async () => {
    const producer = await troupe.start('producer')
    const [r, w] = await pipeIn(producer)
    const consumer = await producer.fork('consumer')
    const [sent, received] = await Promise.all([produce(producer, w, { messages: 100_000 }), consume(consumer, r)])
    for (const side of [sent, received]) {
      expect(side).toMatchObject({ ret: 100_000, out: { messages: 100_000, bytes: 6_400_000, syscalls: 100_000 } })
    }
    expect(received.out?.checksum).toBe(sent.out?.checksum)
    expect(received.out?.throughput).toMatchObject({ messagesPerBatch: 5000 })
    expect(received.out?.throughput).toHaveProperty('batchNs.length', 20)
  })

  test('accepts what passed through other hands untouched', async () => {
    expect(await consumed(await streamOfTen())).toMatchObject({ ret: messages })
  })

  const damages: readonly [string, (parts: string[]) => string[], RegExp][] = [
    ['one bit', (p) => p.with(5, flipLastBit(p[5] as string)), /message 4 is not what was sent: byte 63 of 64/],
    ['a message lost', (p) => p.toSpliced(7, 1), /message 6 is not what was sent: byte 0/],
    ['a message twice', (p) => p.toSpliced(2, 0, p[2] as string), /message 2 is not what was sent: byte 0/],
    ['two messages exchanged', (p) => p.with(3, p[4] as string).with(4, p[3] as string), /message 2 is not what/],
    ['the last message lost', (p) => p.toSpliced(10, 1), /message 9 is not what was sent/],
    ['the plan damaged', (p) => p.with(0, flipLastBit(p[1] as string)), /where the next phase is announced/],
    ['the end missing', (p) => p.slice(0, -1), /read found the end of file after 10 messages of a phase of 10/],
    ['half of it missing', (p) => p.slice(0, 6), /read found the end of file after 5 messages of a phase of 10/],
  ]
  test.each(damages)('notices %s', async (_, damage, says) => {
    const outcome = await consumed(damage(await streamOfTen()))
    expect(outcome.ret).toBe(-1)
    expect(outcome.out?.failure).toMatch(says)
  })
})

const flipLastBit = (hex: string): string => hex.slice(0, -1) + (Number.parseInt(hex.slice(-1), 16) ^ 1).toString(16)

/** An initiator, and the ends that the test answers it on. */
async function initiator(more: Record<string, Arg> = {}) {
  const peer = await troupe.start('producer')
  const [pingsOut, pingsIn] = await pipeIn(peer)
  const [pongsOut, pongsIn] = await pipeIn(peer)
  const other = await peer.fork('consumer')
  const done = peer.call('pingpong', 'initiator', 'fd', [pingsIn, pongsOut], options({ messages, ...more }))
  return { peer, other, done, pingsOut, pongsIn }
}

describe('an initiator', () => {
  test('times every round trip', async () => {
    const { other, done, pingsOut, pongsIn } = await initiator({ messages: 2000 })
    const [first, second] = await Promise.all([
      done,
      other.call('pingpong', 'responder', 'fd', [pongsIn, pingsOut], options()),
    ])
    expect(first.out).toMatchObject({ messages: 4000, bytes: 256_000, syscalls: 4000, checksum: second.out?.checksum })
    const latency = first.out?.latency as unknown as Record<string, number> & { counts: [number, number][] }
    expect(latency).toMatchObject({ samples: 2000, beyond: 0 })
    expect(latency.counts.reduce((sum, [, count]) => sum + count, 0)).toBe(2000)
    // The agent's buckets are those of histogram.ts: the least and the greatest lie in the first and the last.
    expect(latency.counts[0]?.[0]).toBe(indexOf(latency.minNs as number))
    expect(latency.counts.at(-1)?.[0]).toBe(indexOf(latency.maxNs as number))
  })

  test('notices its own bytes coming back', async () => {
    const { other, done, pingsOut, pongsIn } = await initiator()
    await other.call('read', pingsOut, size) // the plan
    const ping = await other.call('read', pingsOut, size)
    await other.must('write', pongsIn, { hex: ping.hex ?? '' })
    expect((await done).out?.failure).toMatch(/message 1 is not what was sent/)
  })

  test('is no match for a consumer', async () => {
    const { other, pingsOut } = await initiator()
    expect((await consume(other, pingsOut)).out?.failure).toMatch(/message 0 is not what was sent/)
  })

  test('says so when the other side dies', async () => {
    const peer = await troupe.start('producer')
    const [mine, its] = numbersOut(await peer.call('socketpair', 'AF_UNIX', 'SOCK_STREAM', 0), 'fds') as [
      number,
      number,
    ]
    const other = await peer.fork('consumer')
    await Promise.all([peer.must('close', its), other.must('close', mine)])
    const done = peer.call('pingpong', 'initiator', 'fd', [mine, mine], options())
    await peer.blocked()
    await other.kill()
    expect(await done).toMatchObject({
      ret: -1,
      out: { failure: expect.stringMatching(/^recv .* after 1 messages of/) },
    })
  })
})

describe('a producer', () => {
  test('says EPIPE when the consumer dies, and does not die of it', async () => {
    const peer = await troupe.start('producer')
    const [r, w] = await pipeIn(peer)
    const other = await peer.fork('consumer')
    await peer.must('close', r)
    const done = produce(peer, w, { messages: 1_000_000 })
    await peer.blocked()
    await other.kill()
    expect(await done).toMatchObject({
      ret: -1,
      error: 'EPIPE',
      out: { failure: expect.stringMatching(/^write failed/) },
    })
    // The disposition of SIGPIPE is what it was: by itself such a write kills.
    await expect(peer.call('write', w, 'x')).rejects.toThrow(/SIGPIPE/)
  })

  test.each([1, 5, 23, 25, 4096, 16 << 20])('sends messages of %i bytes', async (length) => {
    const producer = await troupe.start('producer')
    const [r, w] = await pipeIn(producer)
    const consumer = await producer.fork('consumer')
    const [sent, received] = await Promise.all([
      produce(producer, w, { size: length, messages: 7 }),
      consumer.call('stream', 'consumer', 'fd', [r], [['size', length]]),
    ])
    expect(received).toMatchObject({ ret: 7, out: { bytes: 7 * length, checksum: sent.out?.checksum } })
  })

  test('leaves the processor that it was pinned to', async () => {
    const peer = await troupe.start('producer')
    const before = numbersOut(await peer.call('topology'), 'allowed')
    const [, w] = await pipeIn(peer)
    await produce(peer, w, { messages, cpu: before[0] as number })
    expect(numbersOut(await peer.call('topology'), 'allowed')).toEqual(before)
  })

  test('says what the machine cannot do', async () => {
    const peer = await troupe.start('producer')
    const [, w] = await pipeIn(peer)
    const outcome = await produce(peer, w, { messages, cpu: 8191 })
    expect(outcome).toMatchObject({
      ret: -1,
      error: 'EINVAL',
      out: { unsupported: expect.stringMatching(/processor 8191/) },
    })
  })

  test('keeps processors awake, and lets them go', async () => {
    const peer = await troupe.start('producer')
    const [, w] = await pipeIn(peer)
    const allowed = numbersOut(await peer.call('topology'), 'allowed')
    const { out } = await produce(peer, w, { messages, awake: allowed })
    expect(out?.awakeBy).toMatch(/^(cpu-dma-latency|idle-priority-spinner)$/)
    // No child is left that spins.
    expect(await peer.call('waitpid', -1, 'WNOHANG')).toMatchObject({ ret: -1, error: 'ECHILD' })
  })
})

describe('nonsense is refused in a sentence', () => {
  const nonsense: readonly [string, readonly Arg[], RegExp][] = [
    ['an unknown role', ['stream', 'observer', 'fd', [1], options()], /no 'observer'/],
    [
      'an unknown transport',
      ['stream', 'consumer', 'fdd', [1], options()],
      /no transport is called 'fdd'; there is fd/,
    ],
    ['too few handles', ['pingpong', 'responder', 'fd', [1], options()], /\[SEND RECEIVE\]/],
    ['no size', ['stream', 'consumer', 'fd', [1], []], /'size' is needed/],
    ['a size of nothing', ['stream', 'consumer', 'fd', [1], options({ size: 0 })], /from 1 to 16777216/],
    ['an unknown option', ['stream', 'producer', 'fd', [1], options({ warm: 3 })], /no option is called 'warm'/],
    ['an option twice', ['stream', 'producer', 'fd', [1], [...options(), ['size', 1]]], /given twice/],
    ["the leader's option", ['stream', 'consumer', 'fd', [1], options({ messages })], /only the side that leads/],
    ['no pairs', ['stream', 'consumer', 'fd', [1], [64]], /a list of two is needed/],
  ]
  test.each(nonsense)('%s', async (_, [verb, ...args], says) => {
    const peer = await troupe.start('producer')
    const refused = peer.call(verb as string, ...args)
    await expect(refused).rejects.toBeInstanceOf(Refused)
    await expect(refused).rejects.toThrow(says)
  })
})
