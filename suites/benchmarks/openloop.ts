/**
 * Messages at a rate, which is how most programs communicate: how long one waits for its message while the mechanism is far
 * from its limit, near it, and beyond it, where the rate is not sustained and the row says so. One for each way that messages
 * take: through a buffer of the kernel, a queue, the network, a ring.
 */

import type { Variant } from '../../harness/model.ts'
import { crossCore, crossCoreIdle, kib } from './axes.ts'
import type { Benchmark } from './index.ts'

const at = (rates: readonly number[], variant: Variant = {}): Variant[] => rates.map((rate) => ({ rate, ...variant }))

type Cells = Benchmark['cells']['quick']

const openLoopsOf = (mechanisms: readonly string[], ways: readonly Variant[], quick: Cells): Benchmark => ({
  mechanisms,
  cells: {
    quick,
    default: [
      {
        workloads: ['openloop'],
        sizes: [64],
        conditions: [crossCore],
        variants: ways.flatMap((way) => at([1000, 10_000, 100_000, 1_000_000], way)),
      },
      {
        workloads: ['openloop'],
        sizes: [64],
        conditions: [crossCoreIdle],
        variants: ways.flatMap((way) => at([1000, 10_000], way)),
      },
    ],
    thorough: [
      {
        workloads: ['openloop'],
        sizes: [64, kib, 4 * kib],
        conditions: [crossCore, crossCoreIdle],
        variants: ways.flatMap((way) => at([1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000], way)),
      },
    ],
  },
})

const once = (variant: Variant): Cells => [
  { workloads: ['openloop'], sizes: [64], conditions: [crossCore], variants: [variant] },
]

export const openLoops: readonly Benchmark[] = [
  openLoopsOf(['pipe', 'win-anonymous-pipe'], [{}], once({ rate: 10_000 })),
  openLoopsOf(['unix-stream', 'tcp', 'posix-mq', 'winsock-tcp'], [{}], []),
  // A ring whose sides spin, and one whose sides block.
  openLoopsOf(['posix-shm'], [{ wait: 'spin' }, { wake: 'futex' }], once({ rate: 100_000, wait: 'spin' })),
  openLoopsOf(['win-file-mapping'], [{ wait: 'spin' }, { wake: 'win-event' }], once({ rate: 100_000, wait: 'spin' })),
]
