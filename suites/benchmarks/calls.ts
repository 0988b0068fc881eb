/**
 * What a procedure of another process costs that gives back what it was given, and what it costs to copy out of another
 * process: the loop is over the very call.
 */

import { crossCore, crossCoreIdle, kib, powersOfFour, sameCore } from './axes.ts'
import type { Benchmark } from './index.ts'

const workloads = ['pingpong'] as const

/** Longer arguments are carried in the way that the stream below them has, which has rows of its own. */
const lengths = powersOfFour.filter((size) => size <= 1024 * kib)

/** One datagram is at most 8800 bytes of a call. */
const datagrams = lengths.filter((size) => size <= 8 * kib)

const over = (mechanisms: readonly string[], sizes: readonly number[]): Benchmark => ({
  mechanisms,
  cells: {
    quick: [{ workloads, sizes: [64], conditions: [sameCore] }],
    default: [
      { workloads, sizes, conditions: [sameCore] },
      { workloads, sizes: [64, 4 * kib], conditions: [crossCore, crossCoreIdle] },
    ],
    thorough: [{ workloads, sizes, conditions: [sameCore, crossCore, crossCoreIdle] }],
  },
})

/** The memory that its script opens is as long as the longest of these. */
const copied = powersOfFour.filter((size) => size <= 64 * kib)

/** One process copies out of another, which does nothing. */
const outOfAnother: Benchmark = {
  mechanisms: ['process-vm'],
  cells: {
    quick: [{ workloads: ['stream'], sizes: [4 * kib], conditions: [sameCore] }],
    default: [{ workloads: ['stream'], sizes: copied, conditions: [sameCore] }],
    thorough: [{ workloads: ['stream'], sizes: copied, conditions: [sameCore] }],
  },
}

export const calls: readonly Benchmark[] = [
  over(['rpc-tcp', 'rpc-unix', 'msrpc', 'win-copydata'], lengths),
  over(['rpc-udp'], datagrams),
  outOfAnother,
]
