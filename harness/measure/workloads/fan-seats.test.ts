import { describe, expect, test } from 'vitest'
import type { Topology } from '../placement.ts'
import { fanSeats } from './fan-seats.ts'

const machine = (cores: number): Topology => ({
  cpus: Array.from({ length: cores }, (_, cpu) => ({ cpu, core: cpu, package: 0, node: 0, cache: 0 })),
  allowed: Array.from({ length: cores }, (_, cpu) => cpu),
})

describe('the processes of a fan', () => {
  test('of pairs side by side have a core each, and take the cores in turn', () => {
    expect(fanSeats('cross-core', machine(2), 'side-by-side', { producers: 3, consumers: 3 })).toEqual({
      producers: [0, 0, 0],
      consumers: [1, 1, 1],
    })
    expect(fanSeats('cross-core', machine(4), 'side-by-side', { producers: 3, consumers: 3 })).toEqual({
      producers: [2, 0, 2],
      consumers: [3, 1, 3],
    })
  })

  test('of pairs side by side share a core in twos', () => {
    expect(fanSeats('same-core', machine(2), 'side-by-side', { producers: 3, consumers: 3 })).toEqual({
      producers: [1, 0, 1],
      consumers: [1, 0, 1],
    })
  })

  test('leave the one that faces many its core', () => {
    expect(fanSeats('cross-core', machine(3), 'many-to-one', { producers: 3, consumers: 1 })).toEqual({
      producers: [1, 0, 1],
      consumers: [2],
    })
    expect(fanSeats('cross-core', machine(2), 'one-to-many', { producers: 1, consumers: 3 })).toEqual({
      producers: [0],
      consumers: [1, 1, 1],
    })
  })

  test('share one core where they are to', () => {
    expect(fanSeats('same-core', machine(4), 'many-to-one', { producers: 2, consumers: 1 })).toEqual({
      producers: [3, 3],
      consumers: [3],
    })
  })

  test('run anywhere where the system is to choose', () => {
    expect(fanSeats('unpinned', machine(1), 'many-to-one', { producers: 2, consumers: 1 })).toEqual({
      producers: [undefined, undefined],
      consumers: [undefined],
    })
  })

  test('have no place on a machine of one core, or at a distance', () => {
    expect(fanSeats('cross-core', machine(1), 'side-by-side', { producers: 1, consumers: 1 })).toMatch(/two cores/)
    expect(fanSeats('cross-node', machine(4), 'side-by-side', { producers: 1, consumers: 1 })).toMatch(/are placed/)
  })
})
