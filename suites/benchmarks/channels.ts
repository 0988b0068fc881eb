/**
 * What is measured of a channel. Those that one chooses between are measured at every power of four that they carry, and in
 * every way of waiting and of crossing into the kernel that they have; their relatives, which differ in how they are opened,
 * at a few sizes.
 */

import type { Method, Variant, Wait } from '../../harness/model.ts'
import { crossCore, crossCoreIdle, farApart, kib, mib, powersOfFour, sameCore, unpinned } from './axes.ts'
import type { Benchmark } from './index.ts'

export interface ChannelWays {
  /** The longest message that it carries, where it does not carry every length. */
  readonly longest?: number
  /** The shortest in a stream: where messages may be lost they are numbered. */
  readonly shortestStreamed?: number
  readonly waits?: readonly Wait[]
  readonly methods?: readonly Method[]
  /** Bytes of its buffers, beside those that it comes with. */
  readonly buffers?: readonly number[]
  readonly busyPollUs?: readonly number[]
}

type Cells = Benchmark['cells']

/** What bears a number takes these at least. */
export const shortestNumbered = 8
export const everyWait: readonly Wait[] = ['epoll', 'spin', 'yield', 'adaptive']

const small = 64
const page = 4 * kib

/** Powers of four, and the longest message itself. */
const sizesUpTo = (longest: number): number[] => [...powersOfFour.filter((size) => size < longest), longest]

const byWait = (waits: readonly Wait[]): Variant[] => waits.map((wait) => ({ wait }))
const byMethod = (methods: readonly Method[]): Variant[] => methods.map((method) => ({ method }))

/** Those that one chooses between. */
export function inDepth(ways: ChannelWays = {}): Cells {
  const { longest = 16 * mib, shortestStreamed = 1, waits = [], methods = [], buffers = [], busyPollUs = [] } = ways
  const [closed, open] = [{ workloads: ['pingpong'] }, { workloads: ['stream'] }] as const
  const sizes = sizesUpTo(longest)
  const streamed = sizes.filter((size) => size >= shortestStreamed)
  const upTo = (most: number) => streamed.filter((size) => size <= most && size >= 16)
  const variants = {
    waits: byWait(waits),
    methods: byMethod(methods),
    buffers: buffers.map((buffer) => ({ buffer })),
    busyPolls: busyPollUs.map((microseconds) => ({ busyPollUs: microseconds })),
  }
  return {
    quick: [
      { ...closed, sizes: [small], conditions: [crossCore] },
      { ...open, sizes: [page], conditions: [crossCore] },
    ],
    default: [
      { ...closed, sizes, conditions: [crossCore] },
      { ...open, sizes: streamed, conditions: [crossCore] },
      { ...closed, sizes: [small, page], conditions: [sameCore, crossCoreIdle] },
      { ...open, sizes: [small, page], conditions: [sameCore] },
      { ...closed, sizes: [small], conditions: [crossCore], variants: variants.waits },
      { ...open, sizes: [small, page], conditions: [crossCore], variants: variants.methods },
    ],
    thorough: [
      { ...closed, sizes, conditions: [sameCore, crossCore, crossCoreIdle, unpinned] },
      { ...open, sizes: streamed, conditions: [sameCore, crossCore, crossCoreIdle, unpinned] },
      { ...closed, sizes: [small, page], conditions: farApart },
      { ...open, sizes: [small, page], conditions: farApart },
      { ...closed, sizes: [small, page], conditions: [sameCore, crossCore], variants: variants.waits },
      { ...open, sizes: [small, page], conditions: [crossCore], variants: variants.waits },
      { ...open, sizes: upTo(mib), conditions: [sameCore, crossCore], variants: variants.methods },
      { ...open, sizes: upTo(mib), conditions: [crossCore], variants: variants.buffers },
      { ...closed, sizes: [small], conditions: [crossCore, crossCoreIdle], variants: variants.busyPolls },
    ],
  }
}

/** Relatives of those. */
export function inBrief(ways: Pick<ChannelWays, 'longest' | 'shortestStreamed' | 'waits'> = {}): Cells {
  const { longest = 16 * mib, shortestStreamed = 1, waits = [] } = ways
  const workloads = ['pingpong', 'stream'] as const
  const sizes = [small, page, ...[64 * kib, mib].filter((size) => size <= longest)]
  const all = sizesUpTo(longest).filter((size) => size >= shortestStreamed)
  return {
    quick: [{ workloads: ['pingpong'], sizes: [small], conditions: [crossCore] }],
    default: [{ workloads, sizes, conditions: [crossCore] }],
    thorough: [
      { workloads, sizes: all, conditions: [sameCore, crossCore] },
      { workloads, sizes: [small, page], conditions: [crossCore], variants: byWait(waits) },
    ],
  }
}

/**
 * Windows keeps no core awake for us under Wine: the quick cells there are of one core, and of two that a stream keeps busy
 * by itself.
 */
export const onWindows = (cells: Cells): Cells => ({
  ...cells,
  quick: [
    { workloads: ['pingpong'], sizes: [small], conditions: [sameCore] },
    { workloads: ['stream'], sizes: [page], conditions: [crossCoreIdle] },
  ],
})
