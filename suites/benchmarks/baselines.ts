/** What the machine does at its least. What other cells are held against is measured with them, wherever it is not here. */

import { crossCore, crossCoreIdle, farApart, kib, powersOfFour, sameCore } from './axes.ts'
import type { Benchmark } from './index.ts'

const workloads = ['baseline'] as const
const oneCore = { workloads, sizes: [0], conditions: [sameCore] }

/** Those of one process, and nothing travels. */
const smallest: Benchmark = {
  mechanisms: ['empty-loop', 'clock-read', 'empty-system-call', 'page-fault', 'yield-switch'],
  cells: { quick: [oneCore], default: [oneCore], thorough: [oneCore] },
}

const copies: Benchmark = {
  mechanisms: ['memcpy'],
  cells: {
    quick: [{ workloads, sizes: [64, 64 * kib], conditions: [sameCore] }],
    default: [{ workloads, sizes: powersOfFour, conditions: [sameCore] }],
    thorough: [{ workloads, sizes: powersOfFour, conditions: [sameCore] }],
  },
}

const copiesAcross: Benchmark = {
  mechanisms: ['memcpy-across'],
  cells: {
    quick: [{ workloads, sizes: [64, 64 * kib], conditions: [crossCore] }],
    default: [{ workloads, sizes: powersOfFour, conditions: [crossCore] }],
    thorough: [{ workloads, sizes: powersOfFour, conditions: [crossCore, ...farApart] }],
  },
}

const cacheLines: Benchmark = {
  mechanisms: ['cache-line'],
  cells: {
    quick: [{ workloads, sizes: [8, 64], conditions: [crossCore] }],
    default: [{ workloads, sizes: [8, 64, 4 * kib], conditions: [crossCore] }],
    thorough: [{ workloads, sizes: [8, 64, 4 * kib, 64 * kib], conditions: [crossCore, ...farApart] }],
  },
}

const wakeUps: Benchmark = {
  mechanisms: ['wake-up'],
  cells: {
    quick: [{ workloads, sizes: [0], conditions: [sameCore, crossCore, crossCoreIdle] }],
    default: [{ workloads, sizes: [0], conditions: [sameCore, crossCore, crossCoreIdle] }],
    thorough: [{ workloads, sizes: [0], conditions: [sameCore, crossCore, crossCoreIdle, ...farApart] }],
  },
}

export const floors: readonly Benchmark[] = [smallest, copies, copiesAcross, cacheLines, wakeUps]
