/** Shared memory of System V: whoever knows its key attaches it, at an address of its own. */

import { linkOf, memoryOf } from '../../harness/pair/link.ts'
import type { Memory, Peer } from '../../harness/pair/stage.ts'
import { bequest, isBequest } from './bequest.ts'
import { mappedTraits, memorySize, sizeInPagesOn } from './mappings.ts'
import { keyNaming, type SystemV, sharedByKey, systemVTraits } from './system-v.ts'

export const segmentsOf = (size: number): SystemV => ({
  stem: 'segment',
  get: (key, flags) => ['shmget', key, size, flags],
  removal: 'shmctl-IPC_RMID',
})
export const segments = segmentsOf(memorySize)

/** Attached where nothing else is near: its end borders on what nobody may touch. */
export async function attachGuarded(peer: Peer, id: number, size = memorySize): Promise<number> {
  const room = await peer.must('mmap', 0, 2 * size, 'PROT_NONE', 'MAP_PRIVATE|MAP_ANONYMOUS', -1, 0)
  return peer.must('shmat', id, room, 'SHM_REMAP')
}

const naming = keyNaming(segments, {
  leave: async (peer, { ret: id }) => peer.call('memory-store', await peer.must('shmat', id, 0, 0), bequest),
  async find(peer, { ret: id }) {
    return isBequest(await peer.call('memory-load', await peer.must('shmat', id, 0, 'SHM_RDONLY'), bequest.length))
  },
})

export const sysvShm: Memory = {
  id: 'sysv-shm',
  title: 'System V shared memory',
  kind: 'memory',
  family: 'shared-memory',
  os: 'linux',
  cites: ['sysvipc(7)', 'XSH shmget', 'XSH shmat', 'shmat(2)'],
  traits: {
    ...mappedTraits,
    ...systemVTraits,
    // The id is the whole system's; what is attached passes to children only.
    inheritance: 'memory',
    interrupted: 'never-waits',
  },
  naming,
  async open(stage) {
    const size = sizeInPagesOn(stage)
    const { producer, consumer, id, key } = await sharedByKey(stage, segmentsOf(size))
    const [at, other] = await Promise.all([attachGuarded(producer, id, size), attachGuarded(consumer, id, size)])
    return linkOf(memoryOf(producer, at, size), memoryOf(consumer, other, size), key)
  },
}
