/** Rows of Node, each once for some milliseconds, and what becomes of those that go wrong. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mechanisms } from '../../../suites/mechanisms/index.ts'
import { buildProgram } from '../../cli/fixture/program.ts'
import type { Cell, LaunchRecord } from '../../model.ts'
import { native } from '../../native.ts'
import { ways } from '../../node-runtime/ways.ts'
import { type Agent, startAgent } from '../../pair/agent.ts'
import { makeRunId, sweepRun } from '../../pair/residue.ts'
import type { Channel } from '../../pair/stage.ts'
import { type BenchOptions, runLaunches } from '../run.ts'

const run = makeRunId()
let agent: Agent
beforeAll(async () => {
  buildProgram() // processes of Node run what is compiled
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})

const own = mechanisms.filter(({ os }) => os === 'linux')

async function measure(cell: Cell, more: Partial<BenchOptions> = {}, on = agent): Promise<LaunchRecord> {
  const records: LaunchRecord[] = []
  await runLaunches([{ cell, round: 0 }], on, {
    target: 'native',
    run,
    budget: { rounds: 1, warmupMs: 2, measureMs: 10 },
    mechanisms: own,
    deadlineMs: 20_000,
    onRecord: (record) => records.push(record),
    ...more,
  })
  return records[0] as LaunchRecord
}

const cell = (mechanism: string, more: Partial<Cell> = {}): Cell => ({
  mechanism,
  workload: 'pingpong',
  size: 64,
  placement: 'unpinned',
  cores: 'idle',
  runtime: 'node',
  ...more,
})

/** The processes of Node that this run has, by who they are. */
function nodes(side?: 'leads' | 'follows'): number[] {
  const processes = native()
    .residueOf(run)
    .filter(({ kind }) => kind === 'process')
  return processes.flatMap(({ name }) => {
    const words = commandLine(name)
    if (!words.some((word) => word.endsWith('node-runtime/main.js'))) return []
    const follows = words.includes('consumer')
    return side === undefined || follows === (side === 'follows') ? [Number(name)] : []
  })
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // it has just gone
  }
}

/** Sends a signal to whichever processes of Node there are, until it is stopped. */
function pelt(signal: NodeJS.Signals, side?: 'leads' | 'follows'): { stop(): void } {
  const pelting = setInterval(() => {
    for (const pid of nodes(side)) process.kill(pid, signal)
  }, 20)
  return { stop: () => clearInterval(pelting) }
}

function expectMeasured({ verdict, message, measures, cell: { workload, size } }: LaunchRecord): void {
  expect({ verdict, message }).toEqual({ verdict: 'ok', message: undefined })
  const { producer, consumer, latency, throughput } = measures ?? {}
  expect(consumer?.checksum).toBe(producer?.checksum)
  expect(consumer?.bytes).toBe((producer?.messages ?? 0) * size)
  if (workload === 'pingpong') expect(latency?.histogram.counts.length).toBeGreaterThan(0)
  else expect(throughput?.batchNs.length).toBeGreaterThanOrEqual(20)
}

describe('a mechanism from JavaScript', () => {
  const channels = ['pipe', 'sysv-msg', 'posix-mq']

  test.each(channels)('round trips over %s', async (id) => {
    const record = await measure(cell(id))
    expectMeasured(record)
    // The transport is the very class that native loops run on, and counts as it does there.
    expect(record.measures?.producer.syscalls).toBe(record.measures?.producer.messages)
  })

  test('a stream, pinned, its cores awake', async () => {
    const record = await measure(cell('pipe', { workload: 'stream', size: 1, placement: 'cross-core', cores: 'awake' }))
    if (record.verdict === 'unsupported') expect(record.message).toMatch(/two cores are needed/)
    else {
      expectMeasured(record)
      expect(record.measures?.awakeBy).toMatch(/cpu-dma-latency|idle-priority-spinner/)
    }
  })

  test('what no program can be given is unsupported', async () => {
    expect(await measure(cell('posix-shm'))).toMatchObject({
      verdict: 'unsupported',
      message: expect.stringMatching(/rows of Node are of channels/),
    })
  })
})

describe('a way of Node', () => {
  const here = ways.filter(({ against }) => 'linux' in against).map(({ id }) => id)
  const trials = here.flatMap((id) => (['pingpong', 'stream'] as const).map((workload) => [id, workload] as const))

  test.each(trials)('%s: %s', async (id, workload) => {
    const record = await measure(cell(id, { workload, placement: 'same-core', cores: 'awake' }))
    expectMeasured(record)
    // Nobody counts what Node calls of its own.
    expect(record.measures?.producer).not.toHaveProperty('syscalls')
  })

  test('of the other system is unsupported', async () => {
    expect(await measure(cell('node-net-pipe'))).toMatchObject({ verdict: 'unsupported' })
  })
})

describe('a row of Node that goes wrong is told by how', () => {
  const pipe = own.find(({ id }) => id === 'pipe') as Channel

  test('void: a damaged reply', async () => {
    const faults = { faults: ['damage-message:pingpong:3'] }
    const faulty = await startAgent('native', run, faults)
    try {
      const record = await measure(cell('pipe'), { agent: faults }, faulty)
      expect(record).toMatchObject({
        verdict: 'void',
        message: expect.stringMatching(/in Node: message \d+ is not what/),
      })
    } finally {
      await faulty.close()
    }
  })

  test('void: somebody else takes part of what Node sends', async () => {
    const leaky: Channel = {
      ...pipe,
      open: async (stage) => {
        const link = await pipe.open(stage)
        const thief = await link.consumer.peer.fork('thief')
        void link.consumer.in(thief).recv(100)
        return link
      },
    }
    const record = await measure(cell('pipe', { workload: 'stream' }), { mechanisms: [leaky] })
    expect(record).toMatchObject({ verdict: 'void' })
  })

  const long = { rounds: 1, warmupMs: 2, measureMs: 3_000 }
  const killed = [
    ['pipe', 'leads'],
    ['node-net-unix', 'follows'],
    ['node-child-ipc', 'follows'],
    ['node-atomics', 'leads'],
  ] as const
  test.each(killed)('crash: of %s the process that %s is killed', async (id, side) => {
    const killing = pelt('SIGKILL', side)
    const record = await measure(cell(id), { budget: long }).finally(killing.stop)
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/was killed by SIGKILL/) })
    expect(nodes()).toEqual([])
  })

  test('crash: its native partner is killed', async () => {
    const deadly: Channel = {
      ...pipe,
      open: async (stage) => {
        const link = await pipe.open(stage)
        setTimeout(() => void link.consumer.peer.kill(), 300)
        return link
      },
    }
    const record = await measure(cell('pipe'), { mechanisms: [deadly], budget: long })
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringMatching(/consumer was killed by SIGKILL/) })
  })

  test('hang: a process of Node is stopped, and gone in the end', async () => {
    const stopping = pelt('SIGSTOP')
    const options = { budget: { ...long, measureMs: 200 }, deadlineMs: 100 }
    const record = await measure(cell('node-net-tcp'), options).finally(stopping.stop)
    expect(record).toMatchObject({ verdict: 'hang' })
    expect(nodes()).toEqual([])
  })
})
