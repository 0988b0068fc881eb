/** Whole launches over the mechanisms of Windows: here under Wine, on Windows itself as it is. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { benchmarks } from '../../suites/benchmarks/index.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import { findBuilt, hostOs } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import type { Cell, LaunchRecord } from '../model.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { makeRunId, sweepRun } from '../pair/residue.ts'
import { runLaunches } from './run.ts'
import { schedule } from './schedule.ts'

const target = hostOs === 'windows' ? 'native' : 'wine'
const runsHere = hostOs === 'windows' || findProgram(['wine', 'wine64']) !== undefined
const isBuilt = findBuilt('ipcmark-agent.exe', 'windows') !== undefined
const measured = new Set(benchmarks.flatMap((benchmark) => benchmark.mechanisms))
const own = mechanisms.filter(({ id, os }) => os === 'windows' && measured.has(id))

describe.runIf(runsHere && isBuilt)('a launch on Windows', () => {
  const run = makeRunId()
  let agent: Agent
  beforeAll(async () => {
    agent = await startAgent(target, run)
  })
  afterAll(async () => {
    await agent.close()
    sweepRun(run)
  })

  async function measure(cell: Partial<Cell>): Promise<LaunchRecord | undefined> {
    const whole: Cell = {
      mechanism: 'win-named-pipe-byte',
      workload: 'pingpong',
      size: 64,
      placement: 'unpinned',
      cores: 'idle',
      runtime: 'native',
      ...cell,
    }
    const records: LaunchRecord[] = []
    await runLaunches(schedule([whole], 1, 1), agent, {
      target,
      run,
      budget: { rounds: 1, warmupMs: 5, measureMs: 20 },
      mechanisms: own,
      deadlineMs: 20_000,
      onRecord: (record) => records.push(record),
    })
    return records[0]
  }

  const channels = own.filter(({ kind }) => kind === 'channel')
  const cells = channels.flatMap(({ id }) =>
    (['pingpong', 'stream'] as const).flatMap((workload) => [1, 4096].map((size) => [id, workload, size] as const)),
  )
  test.each(cells)('measures %s by %s of %i bytes', async (mechanism, workload, size) => {
    const record = await measure({ mechanism, workload, size })
    if (record?.verdict === 'unsupported') {
      expect(record.message).toMatch(/Wine that has AF_UNIX|no room for the number/)
      return
    }
    expect(record, record?.message).toMatchObject({ verdict: 'ok', os: 'windows' })
    const { producer, consumer, timer, loss } = record?.measures ?? {}
    if (loss === undefined) expect(producer?.checksum).toBe(consumer?.checksum)
    expect(producer?.bytes).toBe(size * (producer?.messages ?? 0))
    expect(timer?.source).toBe('QueryPerformanceCounter')
  })

  const ways: readonly (readonly [string, Partial<Cell>])[] = [
    ['win-named-pipe-message', { wait: 'spin' }],
    ['win-mailslot', { wait: 'adaptive' }],
    ['winsock-tcp', { wait: 'epoll' }],
    ['winsock-tcp', { workload: 'stream', method: 'batch' }],
    ['winsock-tcp', { workload: 'stream', buffer: 65_536 }],
    ['win-anonymous-pipe', { workload: 'openloop', rate: 1000 }],
    ['win-anonymous-pipe', { workload: 'fan', shape: 'many-to-one', peers: 2 }],
    ['win-anonymous-pipe', { workload: 'fan', shape: 'one-to-many', peers: 2 }],
    ['winsock-tcp', { workload: 'fan', shape: 'many-to-one', peers: 2 }],
    ['win-named-pipe-message', { workload: 'fan', shape: 'side-by-side', peers: 2 }],
    ['win-event', { workload: 'handoff', size: 0 }],
    ['win-semaphore', { workload: 'handoff', size: 0, wait: 'adaptive' }],
    ['win-mutex', { workload: 'handoff', size: 0 }],
    ['win-file-lock', { workload: 'handoff', size: 0 }],
  ]
  test.each(ways)('measures %s by way of %o', async (mechanism, way) => {
    const record = await measure({ mechanism, ...way })
    expect(record, record?.message).toMatchObject({ verdict: 'ok' })
    if (way.method === undefined) return
    const { syscalls = 0, messages = 1 } = record?.measures?.producer ?? {}
    expect(syscalls / messages).toBeLessThan(0.5)
  })
  test('says why a pipe is not asked whether it is ready', async () => {
    const record = await measure({ wait: 'epoll' })
    expect(record).toMatchObject({ verdict: 'unsupported', message: expect.stringMatching(/no call of Windows/) })
  })

  test('pins both sides to one processor', async () => {
    expect((await measure({ placement: 'same-core', cores: 'awake' }))?.verdict).toBe('ok')
  })

  test('keeps two cores awake, or says why not', async () => {
    const record = await measure({ placement: 'cross-core', cores: 'awake' })
    if (record?.verdict === 'ok') expect(record.measures?.awakeBy).toBe('idle-priority-spinner')
    else expect(record?.message).toMatch(/Wine ignores THREAD_PRIORITY_IDLE|two cores are needed/)
  })
})
