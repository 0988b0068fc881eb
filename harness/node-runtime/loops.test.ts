/**
 * The loops of Node between two ends in this process, with somebody in the middle who may change what passes; and that they
 * speak as native code does.
 */

import { describe, expect, test } from 'vitest'
import type { Outcome } from '../model.ts'
import { patternBytes } from '../pair/bytes.ts'
import { follow } from './follower.ts'
import type { Job } from './job.ts'
import { lead } from './leader.ts'
import { otherSideGone, type ToldLink } from './links/link.ts'
import { cutter } from './links/socket.ts'
import { newTally, payloadOf, seeds } from './payload.ts'
import { planMessages, planReader } from './plan.ts'
import { failureOf } from './side.ts'

type Meddle = (message: Uint8Array, number: number) => readonly Uint8Array[]

/** Two ends. What the first sends passes through `meddle`, and so does what comes back, if it is told to. */
function ends(there: Meddle = (message) => [message], back: Meddle = (message) => [message]): [ToldLink, ToldLink] {
  const takers: ((message: Uint8Array) => void)[] = []
  const enders: (() => void)[] = []
  const end = (own: 0 | 1, meddle: Meddle): ToldLink => {
    let sent = 0
    return {
      waits: false,
      send(message) {
        for (const one of meddle(message, sent++)) setImmediate(() => takers[1 - own]?.(one))
      },
      listen(take, gone) {
        takers[own] = take
        enders[own] = () => gone(otherSideGone('a test has ended it'))
      },
      close() {
        enders[1 - own]?.()
      },
    }
  }
  return [end(0, there), end(1, back)]
}

const job = (more: Partial<Job> = {}): Job => ({
  ...{ way: 'test', workload: 'pingpong', size: 64, warmupMs: 1, measureMs: 1, batches: 20, answer: '' },
  ...more,
})

/** What both sides say; one that fails ends the link for the other. */
async function played([first, second]: [ToldLink, ToldLink], what: Job): Promise<[Outcome, Outcome]> {
  const ending = (link: ToldLink) => (error: unknown) => {
    link.close()
    return failureOf(error)
  }
  const following = follow(second, what, 'process').catch(ending(second))
  return Promise.all([lead(first, what, 'process').catch(ending(first)), following])
}

describe('two loops', () => {
  const shapes = [1, 7, 24, 64, 70_000].flatMap((size) =>
    (['pingpong', 'stream'] as const).map((w) => [w, size] as const),
  )

  test.each(shapes)('%s of %i bytes: both say the same of what they carried', async (workload, size) => {
    const [first, second] = await played(ends(), job({ workload, size }))
    expect(first.out?.failure).toBeUndefined()
    expect(second.out).toMatchObject({
      messages: first.out?.messages,
      bytes: Number(first.out?.messages) * size,
      checksum: first.out?.checksum,
    })
    expect(first.ret).toBeGreaterThanOrEqual(workload === 'pingpong' ? 64 : 20)
  })

  test('a round trip is a sample of tinybench, and the histogram has them all', async () => {
    const [{ out, ret }] = await played(ends(), job())
    const latency = out?.latency as unknown as {
      samples: number
      counts: [number, number][]
      minNs: number
      meanNs: number
    }
    expect(latency.samples * 2).toBe(ret)
    expect(latency.counts.reduce((sum, [, count]) => sum + count, 0)).toBe(latency.samples)
    expect(latency.minNs).toBeGreaterThan(0)
    expect(latency.minNs).toBeLessThanOrEqual(latency.meanNs)
  })

  const damaged = (message: Uint8Array) => Uint8Array.from(message, (byte, at) => (at === 9 ? byte ^ 1 : byte))
  const meddling: readonly [string, Meddle][] = [
    ['damaged', (message, number) => [number === 12 ? damaged(message) : message]],
    ['lost', (message, number) => (number === 12 ? [] : [message])],
    ['doubled', (message, number) => (number === 12 ? [message, message] : [message])],
  ]
  test.each(meddling)('a message of a stream that is %s is noticed', async (_, meddle) => {
    const [, second] = await played(ends(meddle), job({ workload: 'stream' }))
    expect(second.out).toMatchObject({ because: 'mismatch', failure: expect.stringMatching(/is not what was sent/) })
  })

  test('a damaged reply is noticed by who leads', async () => {
    const [first] = await played(
      ends(undefined, (message, number) => [number === 5 ? damaged(message) : message]),
      job(),
    )
    expect(first.out).toMatchObject({
      because: 'mismatch',
      failure: expect.stringMatching(/byte 9 of 64 is the first/),
    })
  })

  test('the end of the link is the end of both', async () => {
    const link = ends((message, number) => {
      if (number === 9) link[1].close()
      return [message]
    })
    const [first] = await played(link, job({ measureMs: 1000 }))
    expect(first.out).toMatchObject({
      because: 'end-of-file',
      failure: expect.stringMatching(/the other side has gone/),
    })
  })
})

describe('what travels', () => {
  test('is the windows of native code', () => {
    const payload = payloadOf(100, seeds.ping)
    const whole = patternBytes(100 + 61 * 64, 1)
    for (let i = 0; i < 62; i++) {
      expect(payload.message().equals(whole.subarray((i % 61) * 64, (i % 61) * 64 + 100))).toBe(true)
      payload.advance()
    }
  })

  test('sums up as 64 bits do', () => {
    const tally = newTally()
    let sum = 0n
    for (const crc of [0, 1, 0xffffffff, 0x80000000, 0x12345678, 0xdeadbeef, 7]) {
      tally.add(crc)
      sum = BigInt.asUintN(64, (sum ^ BigInt(crc)) * 0x9e3779b97f4a7c15n)
      expect(tally.checksum()).toBe(sum.toString(16).padStart(16, '0'))
    }
    expect(tally.messages).toBe(7)
  })

  test.each([1, 5, 24, 100])('a plan survives messages of %i bytes, and nothing else is one', (size) => {
    const plan = { messages: 1234, perBatch: 61 }
    const read = planReader(size)
    expect(planMessages(plan, size).map(read).at(-1)).toEqual(plan)
    const wrong = planMessages(plan, size)
    const [first] = wrong as [Buffer]
    first[0] = (first[0] as number) ^ 1
    expect(() => wrong.map(planReader(size))).toThrow(/is announced is not what was sent/)
  })

  test.each([1, 3, 10, 11, 64])('chunks of %i bytes are cut into the same messages', (length) => {
    const whole = patternBytes(10 * 13, 5)
    const messages: Buffer[] = []
    const cut = cutter(10, (message) => messages.push(Buffer.from(message)))
    for (let at = 0; at < whole.length; at += length) cut(whole.subarray(at, at + length))
    expect(messages).toHaveLength(13)
    expect(Buffer.concat(messages).equals(whole)).toBe(true)
  })
})
