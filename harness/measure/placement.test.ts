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
})
