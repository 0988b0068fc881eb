/** Messages at a rate: whole launches, and those on trial. */

import { afterAll, describe, expect, test } from 'vitest'
import { mechanisms } from '../../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord } from '../../model.ts'
import { newBench } from '../fixture/bench.ts'
import { samplesIn } from '../histogram.ts'

const own = mechanisms.filter(({ os }) => os === 'linux')
const bench = newBench(own)
afterAll(() => bench.close())

const plain: Cell = {
  mechanism: 'pipe',
  workload: 'openloop',
  size: 64,
  placement: 'unpinned',
  cores: 'idle',
  runtime: 'native',
}

async function measure(cell: Partial<Cell>, faults: string[] = []): Promise<LaunchRecord> {
  const [record] = await bench.measure([{ ...plain, ...cell }], { deadlineMs: 4000 }, faults)
  return record as LaunchRecord
}

describe('an open loop', () => {
  test.each(['pipe', 'tcp', 'posix-mq'])('over %s times each message from when it was due', async (mechanism) => {
    const { verdict, message, measures } = await measure({ mechanism, rate: 20_000 })
    expect(verdict, message).toBe('ok')
    const { latency, pace, messages, producer, consumer } = measures ?? {}
    expect(latency && samplesIn(latency.histogram)).toBe(messages)
    expect(producer?.checksum).toBe(consumer?.checksum)
    expect(pace).toMatchObject({ wanted: 20_000 })
    expect(pace?.achieved).toBeLessThanOrEqual(20_000)
    expect(pace?.sustained).toBe((pace?.achieved ?? 0) >= 19_800)
  })

  test('beyond what a mechanism can do says so, and its messages have waited', async () => {
    const { measures } = await measure({ mechanism: 'pipe', rate: 1_000_000_000, size: 4096 })
    const { pace, latency, messages = 0 } = measures ?? {}
    expect(pace?.sustained).toBe(false)
    // The last was due at once, and had to wait for as long as the producer took to come to it.
    const producerTookNs = ((messages - 1) / (pace?.achieved ?? 0)) * 1e9
    expect(latency?.maxNs).toBeGreaterThan(0.9 * (producerTookNs - messages))
  })

  test.each([
    ['on one core', { placement: 'same-core' }, /needs a core for itself/],
    ['over what may lose messages', { mechanism: 'udp' }, /may lose messages/],
  ] as const)('is not had %s', async (_, cell, says) => {
    const record = await measure({ rate: 1000, ...cell })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(says) })
  })

  test.each(['lose-message', 'double-message', 'damage-message'])('with %s has no figure', async (kind) => {
    const record = await measure({ rate: 100_000 }, [`${kind}:openloop:20`])
    expect(record).toMatchObject({ verdict: 'void' })
  })
})
