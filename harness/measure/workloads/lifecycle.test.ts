/** Whole lives, for a moment each: that they come to a figure, and that nothing is left of them. */

import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lifecycles } from '../../../suites/benchmarks/lifecycle.ts'
import { mechanisms } from '../../../suites/mechanisms/index.ts'
import { stageOf } from '../../conformance/stage.ts'
import type { Cell, Measures } from '../../model.ts'
import { type Agent, startAgent } from '../../pair/agent.ts'
import { newTroupe } from '../../pair/peer.ts'
import { makeRunId, sweepRun } from '../../pair/residue.ts'
import { freshScope } from '../../pair/scope.ts'
import type { Channel, Mechanism, Peer } from '../../pair/stage.ts'
import { newTrace } from '../../pair/trace.ts'
import { launch } from '../launch.ts'

const run = makeRunId()
let agent: Agent
beforeAll(async () => {
  agent = await startAgent('native', run)
})
afterAll(async () => {
  await agent.close()
  sweepRun(run)
})

const cellOf = (mechanism: string): Cell => ({
  mechanism,
  workload: 'lifecycle',
  size: 1,
  placement: 'same-core',
  cores: 'awake',
  runtime: 'native',
})

const descriptors = (peers: readonly Peer[]): number[] => peers.map(({ pid }) => readdirSync(`/proc/${pid}/fd`).length)
const mappings = (peers: readonly Peer[]): number[] =>
  peers.map(({ pid }) => readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').length)
const systemV = (): number =>
  ['msg', 'sem', 'shm'].reduce((sum, what) => sum + readFileSync(`/proc/sysvipc/${what}`, 'utf8').split('\n').length, 0)

/** Lives for some milliseconds; shows the processes to whoever wants to look before and after. */
async function live(mechanism: string, known: readonly Mechanism[] = mechanisms) {
  const scope = freshScope('launch')
  const troupe = newTroupe(agent, scope, newTrace())
  const peers: Peer[] = []
  const stage = stageOf({ agent, troupe, scope, findings: {} })
  const watched = {
    ...stage,
    async start(role: string) {
      const peer = await stage.start(role)
      peers.push(peer)
      return peer
    },
  }
  const budget = { rounds: 1, warmupMs: 1, measureMs: 10 }
  try {
    const measures = await launch({ stage: watched, cell: cellOf(mechanism), budget, mechanisms: known })
    return { measures, descriptors: descriptors(peers), mappings: mappings(peers) }
  } finally {
    await troupe.end()
  }
}

const linux = mechanisms.filter(({ os }) => os === 'linux').map(({ id }) => id)
const lived = [...new Set(lifecycles.flatMap((benchmark) => benchmark.mechanisms))]

describe('a life', () => {
  const here = lived.filter((id) => linux.includes(id))
  test.each(here)('of %s is lived again and again', async (id) => {
    let measures: Measures
    try {
      measures = (await live(id)).measures
    } catch (error) {
      return expect(String(error)).toMatch(/^Unsupported: .*(modprobe|mount|install|needs|needed)/)
    }
    expect(measures.messages).toBeGreaterThanOrEqual(32)
    expect(measures.latency?.meanNs).toBeGreaterThan(0)
    expect(Object.keys(measures.stages ?? {})).toEqual(expect.arrayContaining(['first-byte', 'close']))
    const parts = Object.values(measures.stages ?? {}).reduce((sum, part) => sum + part, 0)
    expect(parts).toBeLessThan(2 * (measures.latency?.maxNs ?? 0))
    if (measures.alone === undefined) expect(measures.consumer.messages).toBe(measures.messages)
  })

  test.each(['pipe', 'tcp', 'unix-dgram', 'posix-sem', 'mmap-file', 'sysv-shm'])('of %s leaves nothing', async (id) => {
    const objects = systemV()
    const [once, again] = [await live(id), await live(id)]
    // However many lives it was: as many descriptors, and no more mappings than an allocator makes of its own.
    expect(again.descriptors).toEqual(once.descriptors)
    expect(Math.max(...once.descriptors)).toBeLessThan(16)
    expect(Math.max(...once.mappings)).toBeLessThan(100)
    expect(systemV()).toBe(objects)
  })

  test('that cannot begin anew says what stands in its way', async () => {
    await expect(live('signalfd')).rejects.toThrow(/its script calls signalfd, of which nobody has said what undoes it/)
  })

  test('may have calls that fail each time', async () => {
    const fifo = mechanisms.find(({ id }) => id === 'fifo') as Channel
    const once: Mechanism = {
      ...fifo,
      async open(stage) {
        const link = await fifo.open(stage)
        const made = await link.producer.call('open', stage.names.path('once'), 'O_RDWR|O_EXCL')
        expect(made.error).toBe('ENOENT')
        return link
      },
    }
    // A call that failed in the script may fail again: that is no news.
    expect((await live('fifo', [once])).measures.messages).toBeGreaterThan(0)
  })
})
