/** Procedures and copies, for a moment each: both ends agree on how many there were, and nothing wrong comes to a figure. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mechanisms } from '../../../suites/mechanisms/index.ts'
import type { Cell, LaunchRecord } from '../../model.ts'
import { type Agent, startAgent } from '../../pair/agent.ts'
import { makeRunId, sweepRun } from '../../pair/residue.ts'
import type { Call, Mechanism, Memory } from '../../pair/stage.ts'
import { runLaunches } from '../run.ts'
import { schedule } from '../schedule.ts'

const run = makeRunId()
let agent: Agent
beforeAll(async () => {
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})

async function measure(of: Mechanism, more: Partial<Cell> = {}, measureMs = 10): Promise<LaunchRecord> {
  const records: LaunchRecord[] = []
  const cell: Cell = {
    mechanism: of.id,
    workload: of.kind === 'call' ? 'pingpong' : 'stream',
    size: 64,
    placement: 'same-core',
    cores: 'awake',
    runtime: 'native',
    ...more,
  }
  await runLaunches(schedule([cell], 1, 1), agent, {
    target: 'native',
    run,
    budget: { rounds: 1, warmupMs: 1, measureMs },
    mechanisms: [of],
    deadlineMs: 20_000,
    onRecord: (record) => records.push(record),
  })
  return records[0] as LaunchRecord
}

const called = <M extends Mechanism>(id: string): M => mechanisms.find((one) => one.id === id) as M
const rpc = called<Call>('rpc-unix')
const memory = called<Memory>('process-vm')

describe('a procedure', () => {
  test('is called again and again, and its server says how often', async () => {
    const { verdict, message, measures } = await measure(rpc)
    if (verdict === 'unsupported') return expect(message).toMatch(/libtirpc/)
    expect(message).toBeUndefined()
    expect(measures?.latency?.meanNs).toBeGreaterThan(0)
    expect(measures?.consumer).toMatchObject({ messages: measures?.messages, checksum: measures?.producer.checksum })
    expect(measures?.consumer.usage.voluntarySwitches).toBeGreaterThan(0)
  })

  test('that was carried out by somebody else too is void', async () => {
    const busy: Call = {
      ...rpc,
      async open(stage) {
        const { producer, consumer } = await rpc.open(stage)
        let asked = 0
        const executions = async () => {
          if (++asked === 2) await producer.echo('once more')
          return producer.executions()
        }
        return { producer: { ...producer, executions }, consumer }
      },
    }
    const { verdict, message } = await measure(busy)
    if (verdict === 'unsupported') return expect(message).toMatch(/libtirpc/)
    expect(verdict).toBe('void')
    expect(message).toMatch(/calls were made, and \d+ were carried out/)
  })

  test('whose server dies is no figure', async () => {
    const deadly: Call = {
      ...rpc,
      async open(stage) {
        const link = await rpc.open(stage)
        setTimeout(() => void link.consumer.peer.kill(), 50)
        return link
      },
    }
    const { verdict, measures } = await measure(deadly, {}, 1000)
    expect(['void', 'crash', 'unsupported']).toContain(verdict)
    expect(measures).toBeUndefined()
  })

  test('with an argument that is too long says so', async () => {
    const { verdict, message } = await measure(called<Call>('rpc-udp'), { size: 8757 })
    expect(verdict).toBe('unsupported')
    expect(message).toMatch(/at most 8756 bytes|libtirpc/)
  })
})

describe('memory of another process', () => {
  test('is copied again and again', async () => {
    const { message, measures } = await measure(memory, { size: 4096 })
    expect(message).toBeUndefined()
    const { throughput, consumer, producer } = measures ?? {}
    expect(throughput?.batchNs.length).toBeGreaterThanOrEqual(20)
    expect(consumer).toMatchObject({ messages: measures?.messages, bytes: 4096 * (measures?.messages ?? 0) })
    expect(producer?.messages).toBe(0)
  })

  test('that is not what was stored is void', async () => {
    const changed: Memory = {
      ...memory,
      async open(stage) {
        const { producer, consumer } = await memory.open(stage)
        const store: typeof producer.store = async (offset, data) => {
          await producer.store(offset, data)
          return producer.store(63, { hex: '00' })
        }
        return { producer: { ...producer, store }, consumer }
      },
    }
    expect(await measure(changed)).toMatchObject({
      verdict: 'void',
      message: expect.stringMatching(/copy 0 is not what lies there/),
    })
  })

  test('is as long as it is', async () => {
    expect((await measure(memory, { size: 1 << 20 })).message).toMatch(/was opened with 65536 bytes/)
  })
})
