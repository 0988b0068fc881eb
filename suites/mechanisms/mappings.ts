/** Memory that two processes have mapped: how long it is, how it comes to be, and what it promises. */

import type { MemoryTraits } from '../../harness/model.ts'
import { Unsupported } from '../../harness/pair/failures.ts'
import { linkOf, memoryOf } from '../../harness/pair/link.ts'
import type { LinkOf, MemoryEnd, Naming, Peer, Stage } from '../../harness/pair/stage.ts'
import { bequest, isBequest } from './bequest.ts'

export const readWrite = 'PROT_READ|PROT_WRITE'

/** A multiple of every size that a page may have. */
export const memorySize = 65_536

/** Bytes of the memory that is to be opened. */
export const sizeOn = ({ room }: Pick<Stage, 'room'>): number => room?.bytes ?? memorySize

/** The same, of a mechanism that has no way to huge pages. */
export function sizeInPagesOn(stage: Pick<Stage, 'room' | 'unsupported'>): number {
  if (stage.room?.huge)
    stage.unsupported('it has no huge pages of its own; memfd and mmap-anonymous can be asked for them')
  return sizeOn(stage)
}

/** Ends as `unsupported` where huge pages are wanted and the system has set too few aside. */
export async function needHugePages({ room, unsupported }: Stage, peer: Peer): Promise<void> {
  if (!room?.huge) return
  const tried = await peer.call('mmap', 0, room.bytes, readWrite, `${anonymously}|MAP_HUGETLB`, -1, 0)
  if (tried.error !== undefined) {
    const enough = Math.ceil(room.bytes / hugePage)
    unsupported(
      `no huge pages for ${room.bytes} bytes (${tried.error}); set some aside: sysctl vm.nr_hugepages=${enough}`,
    )
  }
  await peer.must('munmap', tried.ret, room.bytes)
}
/** What room is asked for in, where huge pages are wanted: as long as they are on most machines. */
export const hugePage = 2 * 1024 * 1024
export const anonymously = 'MAP_SHARED|MAP_ANONYMOUS'

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
export async function reserve(peer: Peer, descriptor: number, size = memorySize): Promise<void> {
  const reserved = await peer.call('fallocate', descriptor, 0, 0, size)
  if (reserved.error === 'ENOSPC') {
    throw new Unsupported(`there is no room for ${size} bytes more where the object is kept (see df); make some`)
  }
}

/** Gives a new object its length. */
export async function giveLength(peer: Peer, descriptor: number, size = memorySize): Promise<void> {
  await peer.must('ftruncate', descriptor, size)
  await reserve(peer, descriptor, size)
}

/** Maps an object and lets go of its descriptor, which the mapping does not need. */
async function mapWhole(peer: Peer, descriptor: number, size = memorySize): Promise<number> {
  const address = await peer.must('mmap', 0, size, readWrite, 'MAP_SHARED', descriptor, 0)
  await peer.must('close', descriptor)
  return address
}

/** The memory of two processes that have mapped one object, each by its own descriptor. */
export async function mappedByBoth(
  [producer, w]: readonly [Peer, number],
  [consumer, r]: readonly [Peer, number],
  { name, size = memorySize }: { readonly name?: string; readonly size?: number } = {},
): Promise<LinkOf<MemoryEnd>> {
  const [at, other] = await Promise.all([mapWhole(producer, w, size), mapWhole(consumer, r, size)])
  return linkOf(memoryOf(producer, at, size), memoryOf(consumer, other, size), name)
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
