/** Streams that may lose messages: whole launches, and those on trial. */

import { afterAll, describe, expect, test } from 'vitest'
import { mechanisms } from '../../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord } from '../../model.ts'
import type { Channel } from '../../pair/stage.ts'
import { newBench } from '../fixture/bench.ts'

const own = mechanisms.filter(({ os }) => os === 'linux')
const bench = newBench(own)
afterAll(() => bench.close())

const plain: Cell = {
  mechanism: 'udp',
  workload: 'stream',
  size: 64,
  placement: 'unpinned',
  cores: 'idle',
  runtime: 'native',
}

async function measure(cell: Partial<Cell>, faults: string[] = []): Promise<LaunchRecord> {
  const [record] = await bench.measure([{ ...plain, ...cell }], { deadlineMs: 4000 }, faults)
  return record as LaunchRecord
}

describe('a stream that may lose messages', () => {
  test.each([8, 64, 8192])('of %i bytes over UDP goes on, and says how many', async (size) => {
    const { verdict, message, measures } = await measure({ size })
    expect(verdict, message).toBe('ok')
    const { loss, producer, consumer, throughput } = measures ?? {}
    expect(loss).toEqual({ sent: producer?.messages, received: consumer?.messages })
    expect(loss?.received).toBeGreaterThan(0)
    expect(loss?.received).toBeLessThanOrEqual(loss?.sent ?? 0)
    expect(throughput?.messagesPerSecond).toBeGreaterThan(0)
  })

  test('needs room for a number', async () => {
    const record = await measure({ size: 4 })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/no room for the number/) })
  })

  // Number 0 opens the first phase, number 1 is its only message, and number 2 closes it.
  test.each([
    ['double-message', 1, /number 0 after number 0/],
    ['damage-message', 1, /not those of its number/],
    ['damage-message', 0, /not those of its number/],
  ] as const)('has no figure with %s, number %i', async (kind, number, says) => {
    const record = await measure({}, [`${kind}:stream:${number}`])
    expect(record).toMatchObject({ verdict: 'void', message: expect.stringMatching(says) })
  })

  test.each([0, 1, 2])('does without message %i', async (number) => {
    const record = await measure({}, [`lose-message:stream:${number}`])
    expect(record.verdict, record.message).toBe('ok')
  })

  test('whose consumer is killed on the way is a crash', async () => {
    const udp = own.find(({ id }) => id === 'udp') as Channel
    const deadly: Channel = {
      ...udp,
      async open(stage) {
        const link = await udp.open(stage)
        setTimeout(() => void link.consumer.peer.kill(), 60)
        return link
      },
    }
    const budget = { rounds: 1, warmupMs: 2, measureMs: 2000 }
    const [record] = await bench.measure([plain], { mechanisms: [deadly], budget })
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/consumer was killed by SIGKILL/) })
  })
})
