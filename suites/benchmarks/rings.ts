/**
 * What is measured of shared memory: a ring in each kind of it, with sides that spin, give way, or are woken by each of
 * what can wake them. Two sides that spin have a core each: on one core they would wait for the scheduler.
 */

import type { Variant } from '../../harness/model.ts'
import { crossCore, crossCoreIdle, farApart, kib, mib, powersOfFour, sameCore } from './axes.ts'
import type { Benchmark } from './index.ts'

const spinning: Variant = { wait: 'spin' }
const yielding: Variant = { wait: 'yield' }
const sleeping = (wakers: readonly string[]): Variant[] => wakers.map((wake) => ({ wait: 'block', wake }))
const adapting = (wakers: readonly string[]): Variant[] => wakers.map((wake) => ({ wait: 'adaptive', wake }))
const shown = (variant: Variant): Variant => ({ ...variant, transfer: 'loan' })
const batched = (variant: Variant): Variant => ({ ...variant, method: 'batch' })

const smallAndLarge = [8, 64, 4 * kib, 64 * kib]
const upToLoans = powersOfFour.filter((size) => size <= 4 * mib)

/** The ring on one memory in every way, and how memories differ on the others. */
const everyWay = (wakers: readonly string[]): Benchmark['cells'] => {
  const [usual = ''] = wakers
  return {
    quick: [
      { workloads: ['pingpong'], sizes: [64], conditions: [crossCore], variants: [spinning, ...sleeping([usual])] },
      { workloads: ['stream'], sizes: [64], conditions: [crossCore], variants: [spinning] },
    ],
    default: [
      { workloads: ['pingpong', 'stream'], sizes: powersOfFour, conditions: [crossCore], variants: [spinning] },
      { workloads: ['pingpong'], sizes: [64], conditions: [crossCore], variants: [yielding, ...adapting([usual])] },
      { workloads: ['pingpong'], sizes: [64], conditions: [sameCore], variants: [yielding] },
      {
        workloads: ['pingpong'],
        sizes: [64],
        conditions: [sameCore, crossCore, crossCoreIdle],
        variants: sleeping(wakers),
      },
      { workloads: ['stream'], sizes: [64, 4 * kib], conditions: [crossCore], variants: sleeping([usual]) },
      { workloads: ['stream'], sizes: smallAndLarge, conditions: [crossCore], variants: [shown(spinning)] },
      { workloads: ['stream'], sizes: [8, 64], conditions: [crossCore], variants: [batched(spinning)] },
    ],
    thorough: [
      {
        workloads: ['pingpong', 'stream'],
        sizes: powersOfFour,
        conditions: [crossCore, ...farApart],
        variants: [spinning, yielding],
      },
      { workloads: ['pingpong', 'stream'], sizes: upToLoans, conditions: [crossCore], variants: [shown(spinning)] },
      {
        workloads: ['stream'],
        sizes: [1, 8, 64, kib],
        conditions: [crossCore],
        variants: [batched(spinning), batched(shown(spinning))],
      },
      {
        workloads: ['pingpong', 'stream'],
        sizes: smallAndLarge,
        conditions: [sameCore, crossCore, crossCoreIdle],
        variants: [...sleeping(wakers), ...adapting(wakers)],
      },
      {
        workloads: ['stream'],
        sizes: [64, 64 * kib],
        conditions: [crossCore],
        variants: [16 * kib, 64 * kib, mib, 16 * mib].map((buffer) => ({ ...spinning, buffer })),
      },
      {
        workloads: ['stream'],
        sizes: [64, 64 * kib],
        conditions: [crossCore],
        variants: [{ ...spinning, pages: 'untouched' }],
      },
    ],
  }
}

/** Elsewhere the ring is the same: what differs is what lies under it. */
const likewise: Benchmark['cells'] = {
  quick: [{ workloads: ['pingpong'], sizes: [64], conditions: [crossCore], variants: [spinning] }],
  default: [{ workloads: ['pingpong', 'stream'], sizes: smallAndLarge, conditions: [crossCore], variants: [spinning] }],
  thorough: [
    {
      workloads: ['pingpong', 'stream'],
      sizes: powersOfFour,
      conditions: [crossCore],
      variants: [spinning, shown(spinning)],
    },
    { workloads: ['pingpong'], sizes: [64], conditions: [sameCore, crossCore], variants: [yielding] },
  ],
}

/** Memory that can be had in huge pages, where the machine has some. */
const inHugePages: Benchmark['cells'] = {
  quick: [],
  default: [],
  thorough: [
    {
      workloads: ['pingpong', 'stream'],
      sizes: [64, 64 * kib, mib],
      conditions: [crossCore],
      variants: [{ ...spinning, pages: 'huge' }],
    },
  ],
}

const wakersOfLinux = ['futex', 'eventfd', 'posix-sem', 'sysv-sem', 'pthread-condition']
const wakersOfWindows = ['win-event', 'win-semaphore']

export const rings: readonly Benchmark[] = [
  { mechanisms: ['posix-shm'], cells: everyWay(wakersOfLinux) },
  { mechanisms: ['win-file-mapping'], cells: everyWay(wakersOfWindows) },
  {
    mechanisms: ['sysv-shm', 'memfd', 'mmap-anonymous', 'mmap-file', 'win-file-mapping-file', 'win-dll-section'],
    cells: likewise,
  },
  { mechanisms: ['memfd', 'mmap-anonymous'], cells: inHugePages },
]
