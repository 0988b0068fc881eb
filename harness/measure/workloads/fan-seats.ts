/** Where the processes of a fan run: one after another on the processors that there are. */

import type { Placement, Shape } from '../../model.ts'
import { seatsFor, type Topology } from '../placement.ts'

export interface FanSeats {
  /** A processor for each, or none where the system is to choose. */
  readonly producers: readonly (number | undefined)[]
  readonly consumers: readonly (number | undefined)[]
}

interface Turnout {
  readonly producers: number
  readonly consumers: number
}

/**
 * `same-core`: the two of a pair share a core, and pairs take the cores in turn; where one faces many, all share one.
 * `cross-core`: the two of a pair have a core each; where one faces many, it has a core for itself and the many take the
 * others in turn. A sentence where the machine has no such places.
 */
export function fanSeats(
  placement: Placement,
  topology: Topology,
  shape: Shape,
  { producers, consumers }: Turnout,
): FanSeats | string {
  const places = (count: number, place: (k: number) => number | undefined) =>
    Array.from({ length: count }, (_, k) => place(k))
  const everywhere = (of: (k: number) => number | undefined, on: (k: number) => number | undefined): FanSeats => ({
    producers: places(producers, of),
    consumers: places(consumers, on),
  })
  if (placement === 'unpinned') return everywhere(nowhere, nowhere)
  if (placement !== 'same-core' && placement !== 'cross-core') {
    return 'the processes of a fan are placed same-core, cross-core or unpinned'
  }
  const seats = seatsFor(placement, topology)
  if (typeof seats === 'string' || seats === undefined) return seats ?? 'the machine has no processor to pin to'
  const first = [...new Set([seats.producer, seats.consumer])]
  const cpus = [...first, ...topology.allowed.filter((cpu) => !first.includes(cpu))]
  const taking = (from: readonly number[]) => (k: number) => from[k % from.length]
  if (shape === 'side-by-side') {
    return placement === 'same-core'
      ? everywhere(taking(cpus), taking(cpus))
      : everywhere(
          (k) => taking(cpus)(2 * k),
          (k) => taking(cpus)(2 * k + 1),
        )
  }
  if (placement === 'same-core') return everywhere(taking(first), taking(first))
  const one = shape === 'many-to-one' ? seats.consumer : seats.producer
  const [lone, many] = [taking([one]), taking(cpus.filter((cpu) => cpu !== one))]
  return shape === 'many-to-one' ? everywhere(many, lone) : everywhere(lone, many)
}

const nowhere = () => undefined
