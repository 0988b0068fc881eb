/** Rings in shared memory: every memory, every way of waiting, every bell, and what a machine cannot do. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord } from '../model.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { makeRunId, sweepRun } from '../pair/residue.ts'
import type { Mechanism, Memory } from '../pair/stage.ts'
import { runLaunches } from './run.ts'
import { schedule } from './schedule.ts'

const run = makeRunId()
let agent: Agent
beforeAll(async () => {
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})

const own = mechanisms.filter(({ os }) => os === 'linux')

async function measure(cell: Cell, known: readonly Mechanism[] = own, measureMs = 5): Promise<LaunchRecord> {
  const records: LaunchRecord[] = []
  await runLaunches(schedule([cell], 1, 1), agent, {
    target: 'native',
    run,
    budget: { rounds: 1, warmupMs: 2, measureMs },
    mechanisms: known,
    deadlineMs: 10_000,
    onRecord: (record) => records.push(record),
  })
  return records[0] as LaunchRecord
}

/** Sides that may share a processor with others give way. */
const cell = (mechanism: string, more: Partial<Cell> = {}): Cell => ({
  mechanism,
  workload: 'pingpong',
  size: 64,
  placement: 'unpinned',
  cores: 'idle',
  runtime: 'native',
  wait: 'yield',
  ...more,
})

const carried = (record: LaunchRecord) => {
  expect(record, record.message).toMatchObject({ verdict: 'ok' })
  expect(record.measures?.producer.messages).toBeGreaterThan(0)
  expect(record.measures?.producer.checksum).toBe(record.measures?.consumer.checksum)
}

describe('a ring carries', () => {
  const memories = ['sysv-shm', 'posix-shm', 'memfd', 'mmap-anonymous', 'mmap-file']
  test.each(memories)('in %s, to and fro and one way', async (id) => {
    carried(await measure(cell(id)))
    carried(await measure(cell(id, { workload: 'stream', transfer: 'loan' })))
  })

  test('messages of any size, and such as are longer than it', async () => {
    for (const size of [1, 7, 8, 16, 100, 4096, 100_000, 3_000_000]) {
      carried(await measure(cell('memfd', { size, workload: 'stream', buffer: 16_384 })))
    }
  })

  test('messages that are shown where they lie, in batches, in memory that was not touched', async () => {
    carried(await measure(cell('posix-shm', { size: 1_000_000, transfer: 'loan' })))
    carried(await measure(cell('posix-shm', { workload: 'stream', transfer: 'loan', method: 'batch' })))
    carried(await measure(cell('posix-shm', { workload: 'stream', method: 'batch', pages: 'untouched' })))
  })
})

describe('a side that sleeps is woken', () => {
  const wakers = ['futex', 'eventfd', 'posix-sem', 'sysv-sem', 'pthread-condition']
  test.each(wakers)('by %s', async (wake) => {
    const blocking = { wait: 'block', wake } as const
    carried(await measure(cell('posix-shm', blocking)))
    carried(await measure(cell('memfd', { ...blocking, workload: 'stream', size: 100_000, buffer: 16_384 })))
  })

  test('after it has spun for a while', async () => {
    carried(await measure(cell('sysv-shm', { wait: 'adaptive', wake: 'futex' })))
  })
})

describe('what cannot be done is said', () => {
  test.each<[string, Partial<Cell>, RegExp]>([
    ['nothing wakes', { wait: 'block' }, /nothing wakes a side that sleeps on posix-shm/],
    ['a lock wakes nobody', { wait: 'block', wake: 'flock' }, /flock is a lock, which wakes nobody/],
    ['epoll has nothing to watch', { wait: 'epoll' }, /nothing that epoll could watch/],
    ['a loan longer than the ring', { transfer: 'loan', buffer: 65_536, size: 20_000 }, /at most 16384, not of 20000/],
    ['pages that it has no say in', { pages: 'huge' }, /no huge pages of its own/],
  ])('%s', async (_, more, says) => {
    expect(await measure(cell('posix-shm', more))).toMatchObject({
      verdict: 'unsupported',
      message: expect.stringMatching(says),
    })
  })

  test('a machine without huge pages, and what would give it some', async () => {
    const record = await measure(cell('memfd', { pages: 'huge' }))
    if (record.verdict === 'ok') carried(record)
    else expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/vm\.nr_hugepages=/) })
  })
})

describe('a peer that writes nonsense', () => {
  const memfd = own.find(({ id }) => id === 'memfd') as Memory
  /** What one side finds, and nobody mends: the other has memory of its own. */
  const foundBy = (victim: 'producer' | 'consumer', at: number, hex: string): Memory => ({
    ...memfd,
    async open(stage) {
      const link = await memfd.open(stage)
      const other = victim === 'producer' ? 'consumer' : 'producer'
      await link[victim].store(at, { hex })
      const flags = 'MAP_SHARED|MAP_ANONYMOUS'
      const elsewhere = await link[other].must('mmap', 0, link[other].size, 'PROT_READ|PROT_WRITE', flags, -1, 0)
      return { ...link, [other]: { ...link[other], handle: elsewhere } }
    },
  })
  const [takenAt, leftAt, bufferAt] = [0, 128, 512]

  test.each<[string, 'producer' | 'consumer', number, string, RegExp]>([
    ['a record longer than the ring', 'consumer', bufferAt, 'ffffff7f00000000', /is no message/],
    ['a record without a length', 'consumer', bufferAt, '0000000000000040', /is no message/],
    ['a flag that nobody sets', 'consumer', bufferAt, '4100000000000020', /is no message/],
    ['a message of another length', 'consumer', bufferAt, '0200000000000000', /not as long as it has to be/],
    ['a position between two words', 'consumer', takenAt, '0300000000000000', /is no message/],
    ['a position that was never written', 'producer', leftAt, '0000000001000000', /more out of the ring than/],
    ['more taken than there was', 'producer', takenAt, '0000000001000000', /more out of the ring than/],
  ])('%s: void, and nobody touches what is beyond the memory', async (_, victim, at, hex, says) => {
    const record = await measure(cell('memfd', { workload: 'stream' }), [foundBy(victim, at, hex)])
    expect(record).toMatchObject({ verdict: 'void', message: expect.stringMatching(says) })
  })
})

test('crash: a side dies while the other spins', async () => {
  const memfd = own.find(({ id }) => id === 'memfd') as Memory
  const deadly: Memory = {
    ...memfd,
    async open(stage) {
      const link = await memfd.open(stage)
      setTimeout(() => void link.consumer.peer.kill(), 30)
      return link
    },
  }
  const record = await measure(cell('memfd', { workload: 'stream' }), [deadly], 1000)
  expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/consumer was killed by SIGKILL/) })
})
