/** Whole launches over real mechanisms, and what becomes of those that go wrong. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { benchmarks, budgets, cellsFor } from '../../suites/benchmarks/index.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord } from '../model.ts'
import { ways } from '../node-runtime/ways.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { endOf } from '../pair/link.ts'
import { makeRunId, sweepRun } from '../pair/residue.ts'
import type { Channel, Peer } from '../pair/stage.ts'
import { numbersOut } from '../pair/wire.ts'
import { baselines } from './baselines.ts'
import { batches, shortestBatchMs, timeFor } from './budget.ts'
import { samplesIn } from './histogram.ts'
import { type BenchOptions, runLaunches } from './run.ts'
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

const short = { rounds: 1, warmupMs: 2, measureMs: 10 }
const measured = new Set(benchmarks.flatMap((benchmark) => benchmark.mechanisms))
const own = mechanisms.filter(({ id, os, kind }) => os === 'linux' && kind === 'channel' && measured.has(id))

async function measure(
  cells: readonly Cell[],
  more: Partial<BenchOptions> = {},
  on: Agent = agent,
): Promise<LaunchRecord[]> {
  const records: LaunchRecord[] = []
  await runLaunches(schedule(cells, 1, 1), on, {
    target: 'native',
    run,
    budget: short,
    mechanisms: own,
    deadlineMs: 10_000,
    onRecord: (record) => records.push(record),
    ...more,
  })
  return records
}

const cell = (mechanism: string, more: Partial<Cell> = {}): Cell => ({
  mechanism,
  workload: 'pingpong',
  size: 64,
  placement: 'unpinned',
  cores: 'idle',
  runtime: 'native',
  ...more,
})

describe('a launch', () => {
  const ids = ['pipe', 'unix-stream', 'sysv-msg']

  test.each(ids)('measures round trips over %s', async (id) => {
    const [record] = await measure([cell(id)])
    expect(record).toMatchObject({ type: 'launch', verdict: 'ok', os: 'linux', target: 'native', round: 0 })
    const measures = record?.measures
    expect(measures?.producer.checksum).toBe(measures?.consumer.checksum)
    expect(measures?.producer).toMatchObject({ messages: measures?.messages, bytes: 64 * (measures?.messages ?? 0) })
    const histogram = measures?.latency?.histogram
    expect(histogram && 2 * samplesIn(histogram)).toBe(measures?.messages)
    expect(measures?.latency?.minNs).toBeLessThanOrEqual(measures?.latency?.meanNs ?? 0)
    expect(measures?.timer.source).toBe('CLOCK_MONOTONIC')
  })

  test.each(ids)('measures the rate over %s', async (id) => {
    const [record] = await measure([cell(id, { workload: 'stream' })])
    expect(record?.verdict).toBe('ok')
    const { throughput, messages, consumer, producer } = record?.measures ?? {}
    const [taken, each] = [throughput?.batchNs.length ?? 0, throughput?.messagesPerBatch ?? 0]
    expect(taken).toBeGreaterThanOrEqual(batches)
    expect(Math.floor((messages ?? 0) / each)).toBe(taken)
    expect(throughput?.bytesPerSecond).toBeCloseTo(64 * (throughput?.messagesPerSecond ?? 0), 0)
    expect(consumer?.checksum).toBe(producer?.checksum)
  })

  test('pins its sides, and keeps their cores awake', async () => {
    const sameCore = await measure([cell('pipe', { placement: 'same-core', cores: 'awake' })])
    expect(sameCore[0]?.verdict).toBe('ok')
    // On one core each message has to wait for a switch to the other process.
    expect(sameCore[0]?.measures?.producer.usage.voluntarySwitches).toBeGreaterThan(10)
    const [crossCore] = await measure([cell('pipe', { placement: 'cross-core', cores: 'awake' })])
    if (crossCore?.verdict === 'unsupported') expect(crossCore.message).toMatch(/two cores are needed/)
    else expect(crossCore?.measures?.awakeBy).toMatch(/cpu-dma-latency|idle-priority-spinner/)
  })
})

describe('a launch that goes wrong is told by how', () => {
  const broken = (open: Channel['open'], id = 'pipe'): Channel => {
    const pipe = own.find((mechanism) => mechanism.id === id) as Channel
    return { ...pipe, open }
  }
  const pipe = () => own.find(({ id }) => id === 'pipe') as Channel

  test('unsupported: longer than what the mechanism carries as one', async () => {
    const [record] = await measure([cell('pipe-packet', { size: 4097 })])
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/at most 4096 bytes/) })
  })

  test('void: somebody else takes part of the messages', async () => {
    const leaky = broken(async (stage) => {
      const link = await pipe().open(stage)
      const { peer, handle, io } = link.consumer
      // Part of a message: whole ones might be all of a phase of the warm-up, and no other would miss them.
      const stolen = link.consumer.in(await peer.fork('thief')).recv(33)
      const late: Peer['call'] = async (name, ...args) => {
        await stolen
        return peer.call(name, ...args)
      }
      return { ...link, consumer: endOf({ ...peer, call: late }, handle, io) }
    })
    const [record] = await measure([cell('pipe', { workload: 'stream' })], { mechanisms: [leaky] })
    expect(record).toMatchObject({ verdict: 'void', message: expect.stringMatching(/^the consumer: .*not what/) })
  })

  test('crash: a side dies on the way', async () => {
    const deadly = broken(async (stage) => {
      const link = await pipe().open(stage)
      setTimeout(() => void link.consumer.peer.kill(), 30)
      return link
    })
    const [record] = await measure([cell('pipe', { workload: 'stream' })], {
      mechanisms: [deadly],
      budget: { ...short, measureMs: 2000 },
    })
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/consumer was killed by SIGKILL/) })
  })

  test('hang: nothing ever comes', async () => {
    const mute = broken(async (stage) => {
      const link = await pipe().open(stage)
      const [elsewhere] = numbersOut(await link.consumer.call('pipe'), 'fds') as [number]
      return { ...link, consumer: endOf(link.consumer.peer, elsewhere, link.consumer.io) }
    })
    const [record] = await measure([cell('pipe', { workload: 'stream' })], { mechanisms: [mute], deadlineMs: 300 })
    expect(record).toMatchObject({ verdict: 'hang', message: expect.stringMatching(/did not end within/) })
  })

  test('broken: the mechanism does not open', async () => {
    const shut = broken(async ({ start }) => {
      const peer = await start('producer')
      await peer.must('open', '/nowhere/at/all', 'O_RDONLY')
      throw new Error('it opened')
    })
    const [record] = await measure([cell('pipe')], { mechanisms: [shut] })
    expect(record).toMatchObject({ verdict: 'broken', message: expect.stringMatching(/ENOENT/) })
  })

  test('and the next one is measured all the same', async () => {
    expect((await measure([cell('pipe')]))[0]?.verdict).toBe('ok')
  })

  test('none is recorded once the run is interrupted', async () => {
    expect(await measure([cell('pipe')], { signal: AbortSignal.abort() })).toEqual([])
  })
})

describe('a launch on trial', () => {
  const faults = ['lose-message', 'double-message', 'damage-message']
  const loops = ['pingpong', 'stream'] as const
  // A launch of these lengths sends some hundreds of messages at least, of the warm-up and of what is measured.
  const trials = faults.flatMap((kind) => loops.flatMap((loop) => [0, 1, 99].map((n) => [kind, loop, n] as const)))

  test.each(trials)('%s in a %s, message %i: no figure comes of it', async (kind, workload, number) => {
    const options = { faults: [`${kind}:${workload}:${number}`] }
    const faulty = await startAgent('native', run, options)
    try {
      const [record] = await measure([cell('unix-stream', { workload })], { agent: options, deadlineMs: 1000 }, faulty)
      expect(record?.measures).toBeUndefined()
      // A round trip that lost its message waits for ever; everything else is seen by its bytes.
      const verdicts = kind === 'lose-message' && workload === 'pingpong' ? ['void', 'hang'] : ['void']
      expect(verdicts).toContain(record?.verdict)
    } finally {
      await faulty.close()
    }
  })
})

describe('the table of benchmarks', () => {
  test('names what there is: mechanisms, baselines, ways of Node', () => {
    const known = [...mechanisms, ...baselines, ...ways].map(({ id }) => id)
    expect([...measured].filter((id) => !known.includes(id))).toEqual([])
  })
  test('has a cell for every mechanism of it in every budget', () => {
    for (const budget of ['quick', 'default', 'thorough'] as const) {
      for (const id of measured) expect(cellsFor(budget, [id]).length, `${id} ${budget}`).toBeGreaterThan(0)
    }
  })
  test('gives batches the time that they need', () => {
    for (const budget of Object.values(budgets)) {
      expect(timeFor('stream', budget).measureMs).toBeGreaterThanOrEqual(batches * shortestBatchMs)
    }
  })
})
