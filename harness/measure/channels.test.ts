/** Every channel of this machine carries what it should, in every way of waiting and of crossing into the kernel. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord, Variant } from '../model.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { makeRunId, sweepRun } from '../pair/residue.ts'
import type { Channel } from '../pair/stage.ts'
import { runLaunches } from './run.ts'

const run = makeRunId()
let agent: Agent
beforeAll(async () => {
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})

const channels = mechanisms.filter((one): one is Channel => one.kind === 'channel' && one.os === 'linux')

async function measure(
  mechanism: string,
  more: Partial<Cell> = {},
  on = mechanisms,
  measureMs = 4,
): Promise<LaunchRecord> {
  const records: LaunchRecord[] = []
  const cell: Cell = {
    ...{ mechanism, workload: 'pingpong', size: 64, placement: 'unpinned', cores: 'idle', runtime: 'native' },
    ...more,
  }
  await runLaunches([{ cell, round: 0 }], agent, {
    target: 'native',
    run,
    budget: { rounds: 1, warmupMs: 1, measureMs },
    mechanisms: on,
    deadlineMs: 20_000,
    onRecord: (record) => records.push(record),
  })
  return records[0] as LaunchRecord
}

/** Measured, and everything arrived; or this machine has not got it. */
function expectCarried(record: LaunchRecord): void {
  if (record.verdict === 'unsupported') {
    expect(record.message).toMatch(/modprobe|io_uring|CAP_NET_RAW|sysctl/)
    return
  }
  expect(record, record.message).toMatchObject({ verdict: 'ok' })
  if (record.measures?.loss !== undefined) return
  expect(record.measures?.consumer.checksum).toBe(record.measures?.producer.checksum)
}

describe.each(channels.map(({ id }) => id))('%s', (id) => {
  test('carries messages there and back', async () => {
    expectCarried(await measure(id, { size: 9 }))
  })
  test('carries a stream of messages', async () => {
    expectCarried(await measure(id, { workload: 'stream', size: 4096 }))
  })
})

/** One of each transport, and of each kind of descriptor. */
const eachKind = ['pipe', 'udp', 'unix-stream', 'unix-seqpacket', 'posix-mq', 'sysv-msg', 'vmsplice-pipe', 'uring-pipe']

describe.each(eachKind)('a side of %s that has to wait', (id) => {
  const cannot: Readonly<Record<string, RegExp>> = {
    'sysv-msg': /no descriptor/,
    'uring-pipe': /a ring tells by itself/,
  }

  test('asks epoll, or says why not', async () => {
    const record = await measure(id, { wait: 'epoll' })
    const reason = cannot[id]
    if (reason === undefined) expectCarried(record)
    else expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(reason) })
  })
  test.each(['yield', 'adaptive'] as const)('waits in the manner of %s', async (wait) => {
    expectCarried(await measure(id, { wait }))
    expectCarried(await measure(id, { wait, workload: 'stream' }))
  })
})

test('who asks epoll makes a system call more for what it receives, and waits no other way', async () => {
  const [{ measures: blocking }, { measures: asking }] = [
    await measure('pipe'),
    await measure('pipe', { wait: 'epoll' }),
  ]
  const calls = (measures: LaunchRecord['measures']) => (measures?.consumer.syscalls ?? 0) / (measures?.messages ?? 1)
  expect(calls(blocking)).toBeCloseTo(1, 1)
  expect(calls(asking)).toBeCloseTo(1.5, 1)
})

describe('messages that cross together', () => {
  const together: readonly (readonly [string, Variant])[] = [
    ...['pipe', 'unix-stream', 'unix-seqpacket', 'unix-dgram', 'udp'].map((id) => [id, { method: 'batch' }] as const),
    ...['pipe', 'tcp'].map((id) => [id, { method: 'io-uring' }] as const),
  ]
  test.each(together)('%s %o: far fewer calls than messages', async (id, variant) => {
    const record = await measure(id, { workload: 'stream', ...variant })
    expectCarried(record)
    const { producer } = record.measures ?? {}
    expect((producer?.syscalls ?? 0) / (producer?.messages ?? 1)).toBeLessThan(0.5)
  })
  test.each(['pipe', 'unix-dgram', 'udp'])('%s in batches carries a round trip too', async (id) => {
    expectCarried(await measure(id, { method: 'batch' }))
  })
  test('a pipe in packet mode says why it has none', async () => {
    const record = await measure('pipe-packet', { workload: 'stream', method: 'batch' })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/one packet/) })
  })
})

describe('messages that are sent without a copy', () => {
  test('tcp', async () => {
    expectCarried(await measure('tcp', { method: 'zerocopy' }))
    expectCarried(await measure('tcp', { method: 'zerocopy', workload: 'stream', size: 16_384 }))
  })
  test('udp, one by one: a stream numbers its messages where they lie', async () => {
    expectCarried(await measure('udp', { method: 'zerocopy' }))
    const record = await measure('udp', { method: 'zerocopy', workload: 'stream' })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/has to stay as it is/) })
  })
  test('a kind of socket that has it not says so', async () => {
    const record = await measure('unix-stream', { method: 'zerocopy' })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/SO_ZEROCOPY.*TCP and UDP/) })
  })
})

describe('a buffer of another size', () => {
  test.each([
    ['pipe', 131_072],
    ['tcp', 65_536],
    ['unix-dgram', 65_536],
  ])('%s: what was granted is in the record', async (id, buffer) => {
    const record = await measure(id, { workload: 'stream', buffer })
    expectCarried(record)
    expect(record.findings).toEqual({ buffer })
  })
  test.each(['pipe', 'tcp'])('%s: what is not granted is not measured as if it were', async (id) => {
    const record = await measure(id, { workload: 'stream', buffer: 2 ** 30 })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/\d+ were granted; raise/) })
  })
  test('that of a queue is no parameter', async () => {
    const record = await measure('posix-mq', { buffer: 65_536 })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/decided when it is made/) })
  })
  test('longer messages than the one that a socket comes with has room for', async () => {
    const long = { workload: 'stream', size: 300_000 } as const
    const record = await measure('unix-dgram', long)
    expect(record).toMatchObject({
      verdict: 'unsupported',
      message: expect.stringMatching(/at most \d+ bytes.*larger/),
    })
    expectCarried(await measure('unix-dgram', { ...long, buffer: 1_000_000 }))
  })
})

describe('a message that is too long', () => {
  test.each([
    ['pipe-packet', 4097],
    ['udp', 65_508],
    ['raw-ip', 65_516],
    ['posix-mq', 4097],
  ])('for %s of %i bytes: the record says what the limit is', async (id, size) => {
    expect(await measure(id, { size })).toMatchObject({
      verdict: 'unsupported',
      message: expect.stringMatching(`at most \\d+ bytes as one message, not ${size}`),
    })
  })
  test('for a System V queue: the record says which setting would raise it', async () => {
    const record = await measure('sysv-msg', { size: 2 ** 24 })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/kernel.msgmax.*sysctl/) })
  })
  test.each(['pipe', 'vmsplice-pipe', 'uring-pipe', 'tcp'])('for nothing in %s', async (id) => {
    expectCarried(await measure(id, { size: 300_000, workload: 'stream' }))
  })
})

test('what only a receive of the Internet can do is refused elsewhere', async () => {
  expectCarried(await measure('udp', { busyPollUs: 50 }))
  expect((await measure('unix-stream', { busyPollUs: 50 })).message).toMatch(/no device/)
})

describe('a side that dies in the middle', () => {
  const dying = (id: string): Channel => {
    const channel = channels.find((one) => one.id === id) as Channel
    return {
      ...channel,
      async open(stage) {
        const link = await channel.open(stage)
        setTimeout(() => void link.consumer.peer.kill(), 30)
        return link
      },
    }
  }
  // Those whose sender is never told, or waits by itself.
  test.each([
    ['posix-mq', {}],
    ['sysv-msg', { wait: 'spin' }],
    ['udp', {}],
    ['unix-stream', { wait: 'epoll' }],
    ['tcp', { method: 'zerocopy' }],
    ['uring-pipe', { wait: 'yield' }],
    ['pipe', { method: 'batch' }],
  ] as const)('%s %o: the launch ends as a crash', async (id, variant) => {
    const record = await measure(id, { workload: 'stream', size: 64, ...variant }, [dying(id)], 5_000)
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/killed by SIGKILL/) })
  })
})
