import { describe, expect, test } from 'vitest'
import type { CellSummary } from '../../harness/measure/summary.ts'
import type { LaunchRecord } from '../../harness/model.ts'
import { launchOf, runOf } from '../fixture/cells.ts'
import { explained } from './explained.ts'
import { measuredOf } from './measured.ts'

const sizes = [64, 4096] as const
const fan = (size: number, peers: number, rate: number) =>
  launchOf({ workload: 'fan', shape: 'many-to-one', size, peers }, { rate })
const openloop = (size: number, rate: number, sustained: boolean) =>
  launchOf(
    { workload: 'openloop', size, rate },
    { ns: sustained ? 1000 : 90_000, pace: { wanted: rate, achieved: rate, sustained } },
  )
const rowsOf = (...launches: readonly LaunchRecord[]): readonly CellSummary[] => measuredOf(runOf(...launches)).rows
const plain = (lines: readonly string[]) => lines.map((line) => line.replace(/[\u00a0\u202f]/g, ' '))

describe('of rows with two sizes', () => {
  test('peers are compared with peers that carry messages of the same size', () => {
    const rows = rowsOf(fan(64, 2, 900_000), fan(64, 8, 1_800_000), fan(4096, 2, 100_000), fan(4096, 8, 100_000))
    const said = plain(explained.peers(rows))
    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(/`pipe` at 64 B: 8 peers together carry 2\.00× what 2 do/)
    expect(said[1]).toMatch(/`pipe` at 4 KiB: 8 peers together carry 1\.00× what 2 do/)
  })

  test('rates are too high for one size, and not for the other', () => {
    const rows = rowsOf(
      ...[openloop(64, 10_000, true), openloop(64, 100_000, false)],
      ...[openloop(4096, 1000, true), openloop(4096, 10_000, false)],
    )
    const said = plain(explained.overload(rows))
    expect(said).toHaveLength(sizes.length)
    expect(said[0]).toMatch(/sustains 10 000 messages\/s at 64 B, and not 100 000:/)
    expect(said[1]).toMatch(/sustains 1000 messages\/s at 4 KiB, and not 10 000:/)
  })
})

test('the rate that is too high is above the one that is sustained', () => {
  const rows = rowsOf(openloop(64, 1000, false), openloop(64, 10_000, true), openloop(64, 100_000, false))
  expect(plain(explained.overload(rows))[0]).toMatch(/sustains 10 000 messages\/s, and not 100 000:/)
  expect(explained.overload(rowsOf(openloop(64, 1000, false), openloop(64, 10_000, true)))).toEqual([])
})
