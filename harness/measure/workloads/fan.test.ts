/** Loops with more than two processes: whole launches, and those on trial. */

import { afterAll, describe, expect, test } from 'vitest'
import { mechanisms } from '../../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord } from '../../model.ts'
import type { Channel } from '../../pair/stage.ts'
import { newBench } from '../fixture/bench.ts'
import type { BenchOptions } from '../run.ts'

const own = mechanisms.filter(({ os }) => os === 'linux')
const bench = newBench(own)
afterAll(() => bench.close())

const plain: Cell = {
  mechanism: 'pipe',
  workload: 'fan',
  size: 64,
  placement: 'unpinned',
  cores: 'idle',
  runtime: 'native',
}

async function measure(
  cell: Partial<Cell>,
  more: Partial<BenchOptions> = {},
  faults: string[] = [],
): Promise<LaunchRecord> {
  const budget = { rounds: 1, warmupMs: 2, measureMs: 50 }
  const [record] = await bench.measure([{ ...plain, ...cell }], { budget, ...more }, faults)
  return record as LaunchRecord
}

describe('a fan', () => {
  const fans = [
    // By an end that all share, and by a link for each: one of strangers only, where a pipe would tear messages.
    ...(['pipe', 'unix-dgram', 'posix-mq', 'sysv-msg', 'tcp', 'unix-seqpacket'] as const).flatMap((mechanism) =>
      (['side-by-side', 'many-to-one', 'one-to-many'] as const).map((shape) => ({ mechanism, shape, size: 64 })),
    ),
    { mechanism: 'fifo', shape: 'many-to-one', size: 8192 },
    { mechanism: 'fifo', shape: 'one-to-many', size: 8192 },
    { mechanism: 'pipe', shape: 'side-by-side', size: 8 },
    { mechanism: 'posix-shm', shape: 'side-by-side', size: 64, wake: 'futex' },
    { mechanism: 'posix-shm', shape: 'many-to-one', size: 64, wake: 'futex' },
  ] as const

  test.each(fans)('over $mechanism, $shape, of $size bytes adds up', async (cell) => {
    const { verdict, message, measures } = await measure({ ...cell, peers: 3 })
    expect(verdict, message).toBe('ok')
    const { producer, consumer, others = [], messages, shares, throughput } = measures ?? {}
    expect(others).toHaveLength(cell.shape === 'side-by-side' ? 4 : 2)
    expect(shares?.messagesPerSecond).toHaveLength(3)
    // Everything that was sent was received, and each of the sides says how much.
    const carried = [producer, consumer, ...others].reduce((sum, side) => sum + (side?.messages ?? 0), 0)
    expect(carried).toBe(2 * (messages ?? 0))
    expect(throughput?.messagesPerSecond).toBeGreaterThan(0)
    expect(throughput?.batchNs).toHaveLength(20)
  })

  test('of one is a pair', async () => {
    const { verdict, measures } = await measure({ shape: 'many-to-one', peers: 1 })
    expect(verdict).toBe('ok')
    expect(measures?.others).toEqual([])
    expect(measures?.shares?.leastOfGreatest).toBe(1)
    expect(measures?.producer.checksum).toBe(measures?.consumer.checksum)
  })

  test('is pinned process by process', async () => {
    const { verdict, message } = await measure({ shape: 'side-by-side', peers: 2, placement: 'same-core' })
    expect(verdict, message).toBe('ok')
  })

  test.each([
    ['messages without room for a number', { size: 4 }, /8 bytes at least/],
    ['what may lose some', { mechanism: 'udp' }, /may lose messages/],
    ['pipes that one process would have to inherit from several', { size: 8192 }, /inherited over fork/],
    ['places that are none of a fan', { placement: 'cross-node' }, /two|placed same-core|memory node/],
  ] as const)('is not had of %s', async (_, cell, says) => {
    const record = await measure({ shape: 'many-to-one', peers: 2, ...cell })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(says) })
  })

  test('whose consumer is killed on the way is a crash', async () => {
    const pipe = own.find(({ id }) => id === 'pipe') as Channel
    const deadly: Channel = {
      ...pipe,
      async open(stage) {
        const link = await pipe.open(stage)
        setTimeout(() => void link.consumer.peer.kill(), 60)
        return link
      },
    }
    const budget = { rounds: 1, warmupMs: 2, measureMs: 2000 }
    const record = await measure({ shape: 'many-to-one', peers: 3 }, { mechanisms: [deadly], budget })
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/consumer was killed by SIGKILL/) })
  })
})

describe('a fan on trial', () => {
  const kinds = ['lose-message', 'double-message', 'damage-message']
  const fans = [
    { mechanism: 'pipe', shape: 'many-to-one' },
    { mechanism: 'unix-stream', shape: 'many-to-one' },
    { mechanism: 'pipe', shape: 'one-to-many' },
    { mechanism: 'tcp', shape: 'side-by-side' },
  ] as const
  const trials = kinds.flatMap((kind) => fans.map((fan) => ({ kind, ...fan })))

  test.each(trials)('$kind over $mechanism, $shape: no figure comes of it', async ({ kind, ...cell }) => {
    const record = await measure({ ...cell, peers: 2 }, { deadlineMs: 2000 }, [`${kind}:fan:20`])
    expect(record).toMatchObject({ verdict: 'void' })
  })
})
