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

  const cells = own.flatMap(({ id }) =>
    (['pingpong', 'stream'] as const).flatMap((workload) => [1, 4096].map((size) => [id, workload, size] as const)),
  )
  test.each(cells)('measures %s by %s of %i bytes', async (mechanism, workload, size) => {
    const record = await measure({ mechanism, workload, size })
    expect(record, record?.message).toMatchObject({ verdict: 'ok', os: 'windows' })
    const { producer, consumer, timer } = record?.measures ?? {}
    expect(producer?.checksum).toBe(consumer?.checksum)
    expect(producer?.bytes).toBe(size * (producer?.messages ?? 0))
    expect(timer?.source).toBe('QueryPerformanceCounter')
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
