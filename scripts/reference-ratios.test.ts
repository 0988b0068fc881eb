import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findBuilt } from '../harness/environment/host.ts'
import { blocksOf, cellsOf, compare, everything, lineOf } from './reference-ratios.mjs'
import { root } from './steps.mjs'

describe('what is compared with loops by hand', () => {
  const names = cellsOf(everything).map(({ workload, mechanism }) => `${workload} ${mechanism}`)

  test('are round trips of whatever carries, and of whatever only wakes', () => {
    const there = ['pipe', 'fifo', 'unix-stream', 'unix-dgram', 'tcp', 'udp', 'sysv-msg', 'posix-mq']
    expect(names).toEqual(expect.arrayContaining(there.map((id) => `pingpong ${id}`)))
    expect(names).toEqual(expect.arrayContaining(['handoff futex', 'handoff eventfd']))
  })
  test('are streams only where nothing is lost', () => {
    expect(names).toContain('stream tcp')
    expect(names).not.toContain('stream udp')
  })
  test('is on one core and across two, by what was asked for', () => {
    const few = cellsOf({ ...everything, mechanisms: ['pipe'], workloads: ['pingpong'], sizes: [1, 64] })
    expect(few.map(({ size, placement }) => `${size} ${placement}`)).toEqual(
      [1, 64].flatMap((size) => [`${size} same-core`, `${size} cross-core`]),
    )
  })
})

test('a block is the mean of two turns of either', () => {
  expect(blocksOf([10, 12, 20, 20], [8, 10, 16, 24])).toEqual([
    { ours: 11, byHand: 9 },
    { ours: 20, byHand: 20 },
  ])
})

describe('a line', () => {
  const row = { name: 'pingpong pipe 64 B same-core', why: '', oursNs: 4100, byHandNs: 4000, ratio: 1.025 }
  const interval = { low: 1.01, high: 1.04, confidence: 0.95 }

  test('has the ratio, and says when it is beyond the limit', () => {
    expect(lineOf({ ...row, interval, within: false })).toMatch(
      /4100\.0 ns.*4000\.0 ns.*1\.0250 \(1\.010 to 1\.040\).*beyond/,
    )
    expect(lineOf({ ...row, interval, within: true })).not.toMatch(/beyond/)
  })
  test('has the reason where there is no ratio', () => {
    expect(lineOf({ ...row, why: 'hang: it never ended', interval, within: false })).toMatch(/hang: it never ended$/)
  })
})

// The built harness is what runs, as by hand: nothing to try before there is one.
const isBuilt = findBuilt('ipcmark-agent-reference') !== undefined && existsSync(`${root}/dist/harness/measure/run.js`)

test.skipIf(!isBuilt)('both loops are played in turns over one link, to and fro and one way', async () => {
  const short = { ...everything, blocks: 1, pairs: 1, mechanisms: ['pipe'], placements: ['same-core'] }
  const rows = await compare(short)
  expect(rows.map(({ why }) => why)).toEqual(['', ''])
  for (const { ratio, oursNs } of rows) {
    expect(oursNs).toBeGreaterThan(0)
    expect(ratio).toBeGreaterThan(0.2)
    expect(ratio).toBeLessThan(5)
  }
})
