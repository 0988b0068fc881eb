import { describe, expect, it } from 'vitest'
import type { Cell, LaunchRecord, Measures, SideCost } from '../model.ts'
import { indexOf } from './histogram.ts'
import { summaries } from './summary.ts'

const pingpong: Cell = {
  mechanism: 'pipe',
  workload: 'pingpong',
  size: 64,
  placement: 'same-core',
  cores: 'awake',
  runtime: 'native',
}
const stream: Cell = { ...pingpong, workload: 'stream' }

const side: SideCost = {
  messages: 2000,
  bytes: 128_000,
  checksum: '00',
  syscalls: 2000,
  usage: {
    userNs: 1_000_000,
    systemNs: 3_000_000,
    voluntarySwitches: 1000,
    involuntarySwitches: 2,
    minorFaults: 0,
    maxRssKib: 2000,
  },
}
const timer = { source: 'CLOCK_MONOTONIC', costNs: 20, resolutionNs: 1 }
const common = { elapsedNs: 4_000_000, messages: 2000, producer: side, consumer: side, timer }

/** 985 round trips of one length and 15 of ten times that. */
const roundTrips = (ns: number): Measures => ({
  ...common,
  latency: {
    meanNs: ns,
    minNs: ns,
    maxNs: 10 * ns,
    histogram: {
      significantDigits: 3,
      unit: 'ns',
      counts: [
        [indexOf(ns), 985],
        [indexOf(10 * ns), 15],
      ],
    },
  },
})
const rate = (messagesPerSecond: number): Measures => ({
  ...common,
  throughput: { messagesPerSecond, bytesPerSecond: 64 * messagesPerSecond, batchNs: [1], messagesPerBatch: 1 },
})

const launchOf = (cell: Cell, measures: Measures | undefined, more: Partial<LaunchRecord> = {}): LaunchRecord => ({
  type: 'launch',
  cell,
  target: 'native',
  os: 'linux',
  round: 0,
  verdict: measures === undefined ? 'void' : 'ok',
  ...(measures === undefined ? {} : { measures }),
  ms: 100,
  ...more,
})

describe('a row', () => {
  it('has the median of the launches, and the percentiles of all round trips together', () => {
    const [row] = summaries([1000, 1200, 1100].map((ns) => launchOf(pingpong, roundTrips(ns))))
    expect(row).toMatchObject({ launches: 3, value: 1100, low: 1000, high: 1200, confidence: 0.75, p90: 1200 })
    // 15 of 1 000 took ten times as long, in each launch: the 99th percentile of all lies among those.
    expect(row?.p99).toBeGreaterThan(9_900)
    expect(row?.p999).toBeUndefined()
  })
  it('has a curve of all round trips together, as far as ten lie above', () => {
    const [row] = summaries([1000, 1200, 1100].map((ns) => launchOf(pingpong, roundTrips(ns))))
    const at = (share: number) => row?.curve?.find(([own]) => own === share)?.[1]
    expect([at(0), at(0.5), at(0.9), at(0.99)]).toEqual([1000, 1100, row?.p90, row?.p99])
    // 3 000 round trips: ten lie above 99.67 %.
    expect(row?.curve?.at(-1)?.[0]).toBeLessThan(0.9967)
    expect(row?.curve?.at(-1)?.[0]).toBeGreaterThan(0.99)
  })
  it('says how much of the processor time was the program’s own', () => {
    const idle = { ...side, usage: { ...side.usage, userNs: 0, systemNs: 0 } }
    const [row] = summaries([launchOf(pingpong, { ...roundTrips(1000), consumer: idle })])
    expect(row?.producerUserShare).toBe(0.25)
    expect(row).not.toHaveProperty('consumerUserShare')
  })
  it('has costs for a message', () => {
    const [row] = summaries([launchOf(pingpong, roundTrips(1000))])
    expect(row).toMatchObject({ producerCpuNs: 2000, consumerCpuNs: 2000, switches: 1.002, syscalls: 2 })
  })
  it('of a stream has the rates', () => {
    const [row] = summaries([4e6, 5e6, 9e6].map((each) => launchOf(stream, rate(each))))
    expect(row).toMatchObject({ value: 5e6, low: 4e6, high: 9e6, bytesPerSecond: 320e6 })
    expect(row).not.toHaveProperty('p99')
  })
  it('stands on launches that counted only, and is missing when none did', () => {
    const rows = summaries([
      launchOf(pingpong, roundTrips(1000)),
      launchOf(pingpong, undefined),
      launchOf(stream, undefined),
    ])
    expect(rows).toHaveLength(1)
    expect(rows[0]?.launches).toBe(1)
  })
  it('takes every column from launches that have a figure, and is missing when none has', () => {
    // Nineteen round trips have no median that ten lie above.
    const tooFew: Measures = {
      ...common,
      producer: { ...side, syscalls: 1e6 },
      latency: {
        meanNs: 1000,
        minNs: 1000,
        maxNs: 1000,
        histogram: { significantDigits: 3, unit: 'ns', counts: [[indexOf(1000), 19]] },
      },
    }
    expect(summaries([launchOf(pingpong, tooFew)])).toEqual([])
    const without = summaries([launchOf(pingpong, roundTrips(1000))])
    expect(summaries([tooFew, roundTrips(1000), tooFew].map((m) => launchOf(pingpong, m)))).toEqual(without)
  })
  it('has what was lost, the rate that left, the stages of a life and the share of the slowest, where there are any', () => {
    const more = (sent: number, sustained: boolean, least: number): Measures => ({
      ...rate(1e6),
      loss: { sent, received: 90 },
      pace: { wanted: 10, achieved: sustained ? 10 : 8, sustained },
      stages: { open: sent, close: 1 },
      shares: { messagesPerSecond: [1, 2], leastOfGreatest: least },
    })
    const [row] = summaries([more(100, true, 0.5), more(110, false, 0.7)].map((m) => launchOf(stream, m)))
    expect(row).toMatchObject({
      loss: 30 / 210,
      pace: { wanted: 10, achieved: 9, sustained: false },
      stages: { open: 105, close: 1 },
      fairness: 0.6,
    })
    expect(summaries([launchOf(stream, rate(1))])[0]).not.toHaveProperty('loss')
  })
  it('says nothing of system calls that nobody counted', () => {
    const { syscalls: _, ...uncounted } = side
    const [row] = summaries([launchOf(stream, { ...rate(1), consumer: uncounted })])
    expect(row).not.toHaveProperty('syscalls')
  })
  it('says how launches spread, as a share of the figure', () => {
    const [row] = summaries([90, 100, 110].map((each) => launchOf(stream, rate(each))))
    expect(row?.spread).toBeCloseTo(0.148, 3)
  })
  it('never mixes targets or cells', () => {
    const rows = summaries([
      launchOf(pingpong, roundTrips(1000)),
      launchOf(pingpong, roundTrips(9000), { target: 'wine', os: 'windows' }),
      launchOf({ ...pingpong, cores: 'idle' }, roundTrips(5000)),
    ])
    expect(rows.map(({ value }) => value)).toEqual([1000, 9004, 5002])
  })
})
