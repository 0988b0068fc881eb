import { describe, expect, it } from 'vitest'
import type { Cell, Run } from '../../harness/model.ts'
import { launchOf, runOf } from '../fixture/cells.ts'
import { bestFirst, commonest, plainWays, scenesAt, telling, type Way } from './scenes.ts'
import { placesOf } from './tally.ts'

const scenesIn = (...runs: readonly Run[]) => scenesAt(placesOf(...runs), { workload: 'pingpong' })
const waysIn = (run: Run): readonly Way[] => scenesIn(run)[0]?.ways ?? []
const names = (ways: readonly Way[]) => ways.map(({ name }) => name)
const at64 = ({ size }: Cell) => size === 64

describe('a scene', () => {
  it('never mixes runs, targets, placements or states of the cores', () => {
    const run = runOf(
      launchOf({}, { ns: 1000 }),
      launchOf({}, { ns: 2000, target: 'wine' }),
      launchOf({ placement: 'cross-core' }, { ns: 3000 }),
      launchOf({ placement: 'cross-core', cores: 'idle' }, { ns: 4000 }),
    )
    const scenes = scenesIn(run, run)
    expect(scenes).toHaveLength(8)
    for (const { ways } of scenes) expect(ways.flatMap(({ rows }) => rows)).toHaveLength(1)
  })
  it('keeps the arms of a gate apart', () => {
    expect(names(waysIn(runOf(launchOf({}, { ns: 1000, arm: 'a' }), launchOf({}, { ns: 2000, arm: 'b' }))))).toEqual([
      'A: pipe',
      'B: pipe',
    ])
  })
  it('has the fullest condition of a place first', () => {
    const run = runOf(
      launchOf({}, { ns: 1000 }),
      launchOf({ placement: 'cross-core' }, { ns: 3000 }),
      launchOf({ placement: 'cross-core', size: 4096 }, { ns: 4000 }),
    )
    expect(scenesIn(run).map(({ where }) => where)).toEqual(['cross-core, cores awake', 'same-core, cores awake'])
  })
  it('counts what no scale has room for, and leaves it out', () => {
    const stream = (rate: number) => launchOf({ workload: 'stream', mechanism: `m${rate}` }, { rate })
    const [scene, ...others] = scenesAt(placesOf(runOf(...[5, 0, -3, Infinity].map(stream))), { workload: 'stream' })
    expect(others).toEqual([])
    expect(scene).toMatchObject({ left: 3, ways: [{ name: 'm5' }] })
  })
})

describe('the plain way of a mechanism', () => {
  it('is the one of which nothing is said; or one that sleeps; or what there is', () => {
    const ways = waysIn(
      runOf(
        launchOf({ wait: 'spin' }, { ns: 500 }),
        launchOf({}, { ns: 1000 }),
        launchOf({ mechanism: 'posix-shm', wait: 'spin' }, { ns: 100 }),
        launchOf({ mechanism: 'posix-shm', wait: 'block', wake: 'futex' }, { ns: 900 }),
        launchOf({ mechanism: 'memfd', wait: 'spin' }, { ns: 110 }),
      ),
    )
    expect(names(plainWays(ways)).sort()).toEqual(['memfd spin', 'pipe', 'posix-shm block wake=futex'])
  })
})

describe('the most telling ways', () => {
  const ways = waysIn(
    runOf(
      ...(['pipe', 'fifo', 'vmsplice-pipe', 'tcp', 'udp', 'unix-stream', 'posix-mq'] as const).flatMap(
        (mechanism, at) => [
          launchOf({ mechanism }, { ns: 1000 * (at + 1) }),
          launchOf({ mechanism, size: 4096 }, { ns: 5000 }),
        ],
      ),
      launchOf({ mechanism: 'pipe', wait: 'spin' }, { ns: 300 }),
    ),
  )
  it('are the best of each family, spinners apart, then the slowest where it is farthest away', () => {
    expect(names(telling(ways, 4, at64))).toEqual(['pipe spin', 'pipe', 'tcp', 'posix-mq'])
    expect(names(telling(ways, 5, at64)).at(-1)).toBe('vmsplice-pipe')
  })
  it('are all of them where there is room', () => {
    expect(names(telling(ways, 8, at64))).toEqual(names(bestFirst(ways, at64)))
  })
  it('are compared at what most of them have, the smallest of several', () => {
    expect(commonest(ways, ({ size }) => size)).toBe(64)
  })
  it('are the fastest first of a latency, and of a throughput those that carry the most', () => {
    const [scene] = scenesAt(
      placesOf(runOf(...[1, 3, 2].map((rate) => launchOf({ workload: 'stream', mechanism: `m${rate}` }, { rate })))),
      { workload: 'stream' },
    )
    expect(names(bestFirst(scene?.ways ?? [], at64))).toEqual(['m3', 'm2', 'm1'])
  })
})
