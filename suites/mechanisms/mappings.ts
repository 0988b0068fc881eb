/** Memory that two processes have mapped: how long it is, how it comes to be, and what it promises. */

import type { MemoryTraits } from '../../harness/model.ts'
import { Unsupported } from '../../harness/pair/failures.ts'
import { linkOf, memoryOf } from '../../harness/pair/link.ts'
import type { LinkOf, MemoryEnd, Naming, Peer } from '../../harness/pair/stage.ts'
import { bequest, isBequest } from './bequest.ts'

export const readWrite = 'PROT_READ|PROT_WRITE'

/** A multiple of every size that a page may have. */
export const memorySize = 65_536

/** Room for the memory, and for a border behind it that nobody may touch. */
export const mappedSize = 2 * memorySize

export const mappedTraits: MemoryTraits = {
  initially: 'zeros',
  persistence: 'nothing',
  naming: 'none',
  inheritance: 'memory',
  interrupted: 'never-waits',
}

/** The room that stores and loads will need: without it they would kill. */
export async function reserve(peer: Peer, descriptor: number): Promise<void> {
  const reserved = await peer.call('fallocate', descriptor, 0, 0, memorySize)
  if (reserved.error === 'ENOSPC') {
    throw new Unsupported(`there is no room for ${memorySize} bytes more where the object is kept (see df); make some`)
  }
}

/** Gives a new object its length. */
export async function giveLength(peer: Peer, descriptor: number): Promise<void> {
  await peer.must('ftruncate', descriptor, memorySize)
  await reserve(peer, descriptor)
}

/** Maps an object and lets go of its descriptor, which the mapping does not need. */
async function mapWhole(peer: Peer, descriptor: number): Promise<number> {
  const address = await peer.must('mmap', 0, memorySize, readWrite, 'MAP_SHARED', descriptor, 0)
  await peer.must('close', descriptor)
  return address
}

/** The memory of two processes that have mapped one object, each by its own descriptor. */
export async function mappedByBoth(
  [producer, w]: readonly [Peer, number],
  [consumer, r]: readonly [Peer, number],
  name?: string,
): Promise<LinkOf<MemoryEnd>> {
  const [at, other] = await Promise.all([mapWhole(producer, w), mapWhole(consumer, r)])
  return linkOf(memoryOf(producer, at, memorySize), memoryOf(consumer, other, memorySize), name)
}

/** What is left in an object by the process that made it, and found by one that opens it; known by its descriptor. */
export const heritageInMemory: NonNullable<Naming['heritage']> = {
  async leave(peer, { ret: descriptor }) {
    await giveLength(peer, descriptor)
    return peer.call('memory-store', await mapWhole(peer, descriptor), bequest)
  },
  find: async (peer, { ret: descriptor }) =>
    isBequest(await peer.call('memory-load', await mapWhole(peer, descriptor), bequest.length)),
}
