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

/**
 * The seats of a placement; a sentence when the machine has none. Two cores are taken as near to each other as there are:
 * of one package, one memory node and one shared cache, and never two threads of one core.
 */
export function seatsFor(placement: Placement, { cpus, allowed }: Topology): Seats | string {
  if (placement === 'unpinned') return undefined
  const usable = cpus.filter(({ cpu }) => allowed.includes(cpu))
  // The last ones: the first takes most of a machine's interrupts.
  const seat = usable.at(-1)
  if (seat === undefined) return 'no processor is both online and allowed; widen the CPU affinity'
  if (placement === 'same-core') return { producer: seat.cpu, consumer: seat.cpu }
  const others = usable.filter(({ core }) => core !== seat.core)
  if (others.length === 0) {
    return `two cores are needed, and only processor ${usable.map(({ cpu }) => cpu).join(' and ')} may be used; allow more`
  }
  const distance = (other: CpuPlace) =>
    Number(other.cache !== seat.cache) + Number(other.node !== seat.node) + Number(other.package !== seat.package)
  const nearest = Math.min(...others.map(distance))
  const other = others.filter((candidate) => distance(candidate) === nearest).at(-1) as CpuPlace
  return { producer: other.cpu, consumer: seat.cpu }
}
