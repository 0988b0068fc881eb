/**
 * What is measured of pipes and stream sockets. Round trips where the two processes share a core and where they have one
 * each; the latter also with cores that may fall asleep, which is what a lightly loaded machine feels.
 */

import { crossCore, crossCoreIdle, kib, mib, sameCore, unpinned } from './axes.ts'
import type { Benchmark } from './index.ts'

export const pipeFamily: Benchmark = {
  mechanisms: [
    'pipe',
    'pipe-packet',
    'fifo',
    'unix-stream',
    'win-anonymous-pipe',
    'win-named-pipe-byte',
    'win-named-pipe-message',
  ],
  cells: {
    quick: [
      { workloads: ['pingpong', 'stream'], sizes: [64, 4 * kib], conditions: [sameCore, crossCore] },
      { workloads: ['pingpong'], sizes: [64], conditions: [crossCoreIdle] },
    ],
    default: [
      {
        workloads: ['pingpong', 'stream'],
        sizes: [1, 64, kib, 4 * kib, 64 * kib, mib],
        conditions: [sameCore, crossCore],
      },
      { workloads: ['pingpong'], sizes: [64, 4 * kib], conditions: [crossCoreIdle] },
    ],
    thorough: [
      {
        workloads: ['pingpong', 'stream'],
        sizes: [1, 16, 64, 256, kib, 4 * kib, 16 * kib, 64 * kib, 256 * kib, mib, 4 * mib, 16 * mib],
        conditions: [sameCore, crossCore, crossCoreIdle, unpinned],
      },
    ],
  },
}
