import { describe, expect, it } from 'vitest'
import { seatsFor, type Topology } from './placement.ts'

/** Two packages of two cores with two threads each; each package has one memory node and one shared cache. */
const server: Topology = {
  cpus: Array.from({ length: 8 }, (_, cpu) => {
    const home = cpu % 4 < 2 ? 0 : 1
    return { cpu, core: cpu % 4, package: home, node: home, cache: home * 2 }
  }),
  allowed: [0, 1, 2, 3, 4, 5, 6, 7],
}

describe('seats', () => {
  it('are left to the system where nothing is pinned', () => {
    expect(seatsFor('unpinned', server)).toBeUndefined()
  })
  it('on one core are one processor', () => {
    expect(seatsFor('same-core', server)).toEqual({ producer: 7, consumer: 7 })
  })
  it('on two cores are near each other, and never two threads of one', () => {
    expect(seatsFor('cross-core', server)).toEqual({ producer: 6, consumer: 7 })
    expect(seatsFor('cross-core', { ...server, allowed: [3, 6, 7] })).toEqual({ producer: 6, consumer: 7 })
  })
  it('on two cores are far from each other where there is nothing nearer', () => {
    expect(seatsFor('cross-core', { ...server, allowed: [0, 3, 7] })).toEqual({ producer: 0, consumer: 7 })
  })
  it('are allowed ones', () => {
    expect(seatsFor('same-core', { ...server, allowed: [2] })).toEqual({ producer: 2, consumer: 2 })
  })
  it('are refused in a sentence where one core is all there is', () => {
    expect(seatsFor('cross-core', { ...server, allowed: [3, 7] })).toMatch(/two cores are needed.*3 and 7/)
    expect(seatsFor('same-core', { ...server, allowed: [] })).toMatch(/no processor/)
  })
  it('of two threads of one core are those', () => {
    expect(seatsFor('smt-sibling', server)).toEqual({ producer: 3, consumer: 7 })
    expect(seatsFor('smt-sibling', { ...server, allowed: [1, 2, 5, 7] })).toEqual({ producer: 1, consumer: 5 })
    expect(seatsFor('smt-sibling', { ...server, allowed: [4, 5, 6, 7] })).toMatch(/two threads of one core are needed/)
  })
  it('across caches share none, and are as near as that lets them be', () => {
    expect(seatsFor('cross-cache', server)).toEqual({ producer: 5, consumer: 7 })
    // One package and one node, two caches: two chiplets.
    const chiplets = { ...server, cpus: server.cpus.map((place) => ({ ...place, package: 0, node: 0 })) }
    expect(seatsFor('cross-cache', chiplets)).toEqual({ producer: 5, consumer: 7 })
    const small = { ...server, cpus: server.cpus.filter(({ package: home }) => home === 0) }
    expect(seatsFor('cross-cache', small)).toMatch(/without a cache in common.*all share one/)
  })
  it('across memory nodes are on two', () => {
    expect(seatsFor('cross-node', server)).toEqual({ producer: 5, consumer: 7 })
    const one = { ...server, cpus: server.cpus.map((place) => ({ ...place, node: 0 })) }
    expect(seatsFor('cross-node', one)).toMatch(/two memory nodes are needed, and this machine has one/)
  })
  it('are refused on a machine of one processor, each with its own reason', () => {
    const lonely = { ...server, allowed: [0] }
    for (const placement of ['smt-sibling', 'cross-core', 'cross-cache', 'cross-node'] as const) {
      expect(seatsFor(placement, lonely)).toMatch(/are needed/)
    }
  })
})
