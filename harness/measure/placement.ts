/** Which processors a cell runs on, from what the target says of its own. */

import type { Outcome, Placement } from '../model.ts'
import { listOut, numbersOut } from '../pair/wire.ts'

/** A core and a shared cache are called by the lowest processor that belongs to them: native/core/cpu.h. */
export interface CpuPlace {
  readonly cpu: number
  readonly core: number
  readonly package: number
  readonly node: number
  readonly cache: number
}

export interface Topology {
  readonly cpus: readonly CpuPlace[]
  /** The processors that peers may run on. */
  readonly allowed: readonly number[]
}

/** What the call `topology` said. */
export const topologyOf = (outcome: Outcome): Topology => ({
  cpus: listOut(outcome, 'cpus') as unknown as readonly CpuPlace[],
  allowed: numbersOut(outcome, 'allowed'),
})

/** A processor for each side, or neither where the system is to choose. */
export type Seats = { readonly producer: number; readonly consumer: number } | undefined

/** What the second processor of a placement is to the first, and what is said where a machine has none. */
interface Relation {
  holds(other: CpuPlace, seat: CpuPlace): boolean
  /** Of those for which it holds, the lowest is taken. */
  distance(other: CpuPlace, seat: CpuPlace): number
  lacks(usable: readonly CpuPlace[]): string
}

const apart = (other: CpuPlace, seat: CpuPlace): number =>
  Number(other.cache !== seat.cache) + Number(other.node !== seat.node) + Number(other.package !== seat.package)

const listed = (usable: readonly CpuPlace[]): string => usable.map(({ cpu }) => cpu).join(' and ')

const relations: Readonly<Record<Exclude<Placement, 'same-core' | 'unpinned'>, Relation>> = {
  'smt-sibling': {
    holds: (other, { core, cpu }) => other.core === core && other.cpu !== cpu,
    distance: apart,
    lacks: () => 'two threads of one core are needed, and no core has two here; turn simultaneous multithreading on',
  },
  'cross-core': {
    holds: (other, { core }) => other.core !== core,
    distance: apart,
    lacks: (usable) => `two cores are needed, and only processor ${listed(usable)} may be used; allow more`,
  },
  'cross-cache': {
    holds: (other, { core, cache }) => other.core !== core && other.cache !== cache,
    distance: apart,
    lacks: () => 'two cores without a cache in common are needed, and all share one here; take a larger machine',
  },
  'cross-node': {
    holds: (other, { node }) => other.node !== node,
    distance: apart,
    lacks: () => 'two memory nodes are needed, and this machine has one; take one with several sockets',
  },
}

/**
 * The seats of a placement; a sentence when the machine has none. Two processors are taken as near to each other as the
 * placement lets them be; two cores are never two threads of one core.
 */
export function seatsFor(placement: Placement, { cpus, allowed }: Topology): Seats | string {
  if (placement === 'unpinned') return undefined
  // The last ones: the first takes most of a machine's interrupts.
  const usable = cpus.filter(({ cpu }) => allowed.includes(cpu)).reverse()
  const [last] = usable
  if (last === undefined) return 'no processor is both online and allowed; widen the CPU affinity'
  if (placement === 'same-core') return { producer: last.cpu, consumer: last.cpu }
  const { holds, distance, lacks } = relations[placement]
  const pairs = usable.flatMap((seat) =>
    usable.filter((other) => holds(other, seat)).map((other) => ({ seat, other, far: distance(other, seat) })),
  )
  const nearest = Math.min(...pairs.map(({ far }) => far))
  const found = pairs.find(({ far }) => far === nearest)
  return found === undefined ? lacks([...usable].reverse()) : { producer: found.other.cpu, consumer: found.seat.cpu }
}
