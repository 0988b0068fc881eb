/** Every baseline, for a moment: that it comes to a figure, and that the cheap is cheaper than the dear. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cell, LaunchRecord } from '../../model.ts'
import { type Agent, startAgent } from '../../pair/agent.ts'
import { makeRunId, sweepRun } from '../../pair/residue.ts'
import { baselines } from '../baselines.ts'
import { runLaunches } from '../run.ts'
import { schedule } from '../schedule.ts'
import { figureOf } from '../summary.ts'

const run = makeRunId()
let agent: Agent
beforeAll(async () => {
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})

async function measure(mechanism: string, more: Partial<Cell> = {}): Promise<LaunchRecord> {
  const records: LaunchRecord[] = []
  const cell: Cell = {
    mechanism,
    workload: 'baseline',
    size: 0,
    placement: 'same-core',
    cores: 'awake',
    runtime: 'native',
    ...more,
  }
  await runLaunches(schedule([cell], 1, 1), agent, {
    target: 'native',
    run,
    budget: { rounds: 1, warmupMs: 1, measureMs: 10 },
    mechanisms: [],
    deadlineMs: 20_000,
    onRecord: (record) => records.push(record),
  })
  return records[0] as LaunchRecord
}

/** Of one time. */
const nanoseconds = ({ measures }: LaunchRecord): number =>
  measures === undefined
    ? Number.NaN
    : measures.latency === undefined
      ? 1e9 / (figureOf(measures) ?? 0)
      : measures.latency.meanNs

describe('a baseline', () => {
  test.each(baselines)('$id is measured where it can be', async ({ id, cores, unit, roles }) => {
    const record = await measure(id, {
      size: unit === undefined ? 0 : 64,
      placement: cores === 'one' ? 'same-core' : 'cross-core',
    })
    if (record.verdict === 'unsupported') return expect(record.message).toMatch(/two cores are needed/)
    expect(record.message).toBeUndefined()
    const { producer, consumer, messages } = record.measures ?? {}
    expect(messages).toBeGreaterThan(0)
    if (roles !== 'alone') expect(consumer).toMatchObject({ messages, checksum: producer?.checksum })
    expect(nanoseconds(record)).toBeGreaterThan(0)
  })

  test('says where it makes no sense', async () => {
    expect(await measure('cache-line', { size: 64 })).toMatchObject({
      verdict: 'unsupported',
      message: expect.stringMatching(/two cores/),
    })
    expect((await measure('memcpy', { size: 64, placement: 'cross-core' })).message).toMatch(/one core/)
  })

  test('is no loop that the compiler has left out', async () => {
    const figures: Record<string, number> = {}
    for (const id of ['empty-loop', 'clock-read', 'empty-system-call']) figures[id] = nanoseconds(await measure(id))
    const [short, long] = [await measure('memcpy', { size: 64 }), await measure('memcpy', { size: 65_536 })]
    expect(figures['empty-loop']).toBeGreaterThan(0.05)
    expect(figures['clock-read']).toBeGreaterThan(2 * (figures['empty-loop'] as number))
    expect(figures['empty-system-call']).toBeGreaterThan(5 * (figures['empty-loop'] as number))
    expect(nanoseconds(long)).toBeGreaterThan(5 * nanoseconds(short))
  })

  test('that nobody knows is a mistake of the table', async () => {
    expect((await measure('memcpies', {})).message).toMatch(/no baseline is called 'memcpies'/)
  })
})
