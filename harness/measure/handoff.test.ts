/** Synchronisation alone: everything that can wake another process does, and a ring too few or too many is noticed. */

import { afterAll, describe, expect, test } from 'vitest'
import { handoffs } from '../../suites/benchmarks/handoff.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord } from '../model.ts'
import { counterOf } from '../pair/link.ts'
import type { Counter, Mechanism } from '../pair/stage.ts'
import { newBench } from './fixture/bench.ts'
import { samplesIn } from './histogram.ts'

const own = mechanisms.filter(({ os }) => os === 'linux')
const bench = newBench(own)
afterAll(() => bench.close())

const cell = (mechanism: string, more: Partial<Cell> = {}): Cell => ({
  mechanism,
  workload: 'handoff',
  size: 0,
  placement: 'same-core',
  cores: 'awake',
  runtime: 'native',
  ...more,
})

const measured = new Set(handoffs.flatMap((benchmark) => benchmark.mechanisms))
const ids = own.map(({ id }) => id).filter((id) => measured.has(id))

/** Whose calls are a library's, which does not tell whether it has entered the kernel. */
const byLibrary = /^p(thread|osix)-/

describe('a hand-over', () => {
  test('is measured of every bell and every baton, and both sides count the same', async () => {
    const records = await bench.measure(ids.map((id) => cell(id)))
    expect(records.map(({ cell }) => cell.mechanism).toSorted()).toEqual(ids.toSorted())
    for (const { cell, verdict, message, measures } of records) {
      // Locks that inherit priorities, or a sandbox, may be missing here.
      if (verdict === 'unsupported') continue
      expect(verdict, `${cell.mechanism}: ${message}`).toBe('ok')
      expect(measures?.producer).toMatchObject({ messages: measures?.messages, bytes: 0 })
      expect(measures?.consumer.messages).toBe(measures?.messages)
      const histogram = measures?.latency?.histogram
      expect(histogram && 2 * samplesIn(histogram)).toBe(measures?.messages)
      expect(measures?.consumer.syscalls === undefined, cell.mechanism).toBe(byLibrary.test(cell.mechanism))
    }
    // A write and a read of an eventfd for each round trip, on either side.
    const eventfd = records.find(({ cell }) => cell.mechanism === 'eventfd')?.measures
    expect(eventfd?.producer.syscalls).toBe(eventfd?.messages)
  })

  test('can be waited for by trying, and by epoll where there is a descriptor', async () => {
    const tried = ['eventfd', 'futex', 'sysv-sem', 'signal-standard', 'flock'].map((id) => cell(id, { wait: 'yield' }))
    const watched = ['eventfd', 'eventfd-semaphore', 'signalfd'].map((id) => cell(id, { wait: 'epoll' }))
    const later = [cell('posix-sem', { wait: 'adaptive' }), cell('pthread-condition', { wait: 'adaptive' })]
    const records = await bench.measure([...tried, ...watched, ...later])
    expect(records.map(({ verdict, message }) => message ?? verdict)).toEqual(records.map(() => 'ok'))
    const cost = (record?: LaunchRecord) =>
      (record?.measures?.producer.syscalls ?? 0) / (record?.measures?.messages ?? 0)
    // A round trip is a ring, a question and a wait: three calls, where two are hand-overs.
    expect(cost(records.find(({ cell }) => cell.wait === 'epoll'))).toBeCloseTo(1.5, 5)
  })

  test('is unsupported where there is nothing to try, or to watch', async () => {
    const records = await bench.measure([
      cell('pthread-barrier', { wait: 'yield' }),
      cell('futex', { wait: 'epoll' }),
      cell('lock-file'),
    ])
    const reasons = Object.fromEntries(
      records.map(({ cell, verdict, message }) => [cell.mechanism, [verdict, message]]),
    )
    expect(reasons).toEqual({
      'pthread-barrier': ['unsupported', 'pthread-barrier: it can be waited for, but not tried'],
      futex: ['unsupported', 'futex: it is no descriptor that epoll could watch'],
      'lock-file': ['unsupported', expect.stringMatching(/^lock-file is a lock that no call waits for/)],
    })
  })
})

describe('a hand-over that goes wrong', () => {
  const eventfd = own.find(({ id }) => id === 'eventfd') as Counter
  const instead = (open: Counter['open']): readonly Mechanism[] => [{ ...eventfd, open }]

  test('hang: a bell loses a ring', async () => {
    const [record] = await bench.measure([cell('eventfd')], { deadlineMs: 300 }, ['lose-message:handoff:200'])
    expect(record).toMatchObject({ verdict: 'hang', message: expect.stringMatching(/did not end within/) })
    expect(record?.measures).toBeUndefined()
  })

  // The first of all, one of those that count turns, and one of the warm-up or of what is measured. Two rings of a futex
  // may be one, which is no fault: these count every ring.
  const trials = [
    ...[0, 30, 200].map((ring) => ['eventfd', ring] as const),
    ...['posix-sem', 'sysv-sem', 'flock'].map((id) => [id, 200] as const),
  ]
  test.each(trials)('void: %s rings twice, at ring %i', async (id, ring) => {
    const [record] = await bench.measure([cell(id)], { deadlineMs: 1000 }, [`double-message:handoff:${ring}`])
    expect(record?.measures).toBeUndefined()
    expect(record?.message).toMatch(/hand-over \d+ came after hand-over \d+|rung once more|did not end/)
  })

  test('crash: a side dies on the way', async () => {
    const deadly = instead(async (stage) => {
      const link = await eventfd.open(stage)
      setTimeout(() => void link.consumer.peer.kill(), 50)
      return link
    })
    const [record] = await bench.measure([cell('eventfd')], {
      mechanisms: deadly,
      budget: { rounds: 1, warmupMs: 2, measureMs: 3000 },
    })
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/was killed by SIGKILL/) })
  })

  test('hang: nobody rings what is waited for', async () => {
    const deaf = instead(async (stage) => {
      const { producer, consumer } = await eventfd.open(stage)
      const elsewhere = await consumer.must('eventfd', 0, 0)
      return { producer, consumer: counterOf(consumer.peer, elsewhere, consumer.io) }
    })
    const [record] = await bench.measure([cell('eventfd')], { mechanisms: deaf, deadlineMs: 300 })
    expect(record).toMatchObject({ verdict: 'hang' })
  })
})
