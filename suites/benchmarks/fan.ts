/**
 * How cost grows with processes: pairs side by side, which have nothing in common but the machine; many that send to one;
 * one that sends to many. One pair beside itself is what the others are read against.
 */

import type { Shape, Variant } from '../../harness/model.ts'
import { crossCore, kib, sameCore } from './axes.ts'
import type { Benchmark } from './index.ts'

const variantsOf = (shapes: readonly Shape[], peers: readonly number[], way: Variant = {}): Variant[] =>
  shapes.flatMap((shape) =>
    [...(shape === 'side-by-side' ? [1] : []), ...peers].map((many) => ({ ...way, shape, peers: many })),
  )

const sizes = [64]
const growing = [2, 4, 8]
const allShapes = ['side-by-side', 'many-to-one', 'one-to-many'] as const

interface About {
  readonly shapes: readonly Shape[]
  readonly way?: Variant
  readonly quick?: readonly Variant[]
}

const fansOf = (mechanisms: readonly string[], { shapes, way, quick = [] }: About): Benchmark => ({
  mechanisms,
  cells: {
    quick: quick.length === 0 ? [] : [{ workloads: ['fan'], sizes, conditions: [crossCore], variants: quick }],
    default: [{ workloads: ['fan'], sizes, conditions: [crossCore], variants: variantsOf(shapes, growing, way) }],
    thorough: [
      {
        workloads: ['fan'],
        sizes: [64, 4 * kib],
        conditions: [sameCore, crossCore],
        variants: variantsOf(shapes, [...growing, 16], way),
      },
    ],
  },
})

export const fans: readonly Benchmark[] = [
  fansOf(['pipe', 'win-anonymous-pipe'], {
    shapes: allShapes,
    quick: [
      { shape: 'side-by-side', peers: 2 },
      { shape: 'many-to-one', peers: 4 },
    ],
  }),
  fansOf(['unix-dgram', 'unix-seqpacket', 'posix-mq', 'sysv-msg', 'tcp', 'winsock-tcp'], { shapes: allShapes }),
  // Side by side each ring has one producer; many that send to one share a ring of another design.
  fansOf(['posix-shm'], { shapes: ['side-by-side', 'many-to-one'], way: { wake: 'futex' } }),
  fansOf(['win-file-mapping'], { shapes: ['side-by-side'], way: { wake: 'win-event' } }),
  fansOf(['win-mailslot'], { shapes: ['side-by-side', 'many-to-one'] }),
  // One that faces several pipes with names cannot wait for them all.
  fansOf(['win-named-pipe-message'], { shapes: ['side-by-side', 'one-to-many'] }),
]
