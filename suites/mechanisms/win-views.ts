/**
 * Memory of Windows that processes have in common: a file mapping is an object, known by a handle, and a process has it
 * in its address space by a view. Children inherit the handle and no view.
 */

import type { MemoryTraits } from '../../harness/model.ts'
import { memoryOf } from '../../harness/pair/link.ts'
import type { MemoryEnd, Peer } from '../../harness/pair/stage.ts'
import { memorySize } from './mappings.ts'

export const viewedTraits: MemoryTraits = {
  initially: 'zeros',
  persistence: 'nothing',
  naming: 'object-namespace',
  inheritance: 'handle',
  interrupted: 'never-waits',
}

/** Maps a view of everything; answers its address. */
export const viewOf = (peer: Pick<Peer, 'must'>, mapping: number, access = 'FILE_MAP_ALL_ACCESS'): Promise<number> =>
  peer.must('MapViewOfFile', mapping, access, 0, 0)

/** The memory of a mapping that the process has a handle of. */
export async function viewed(peer: Peer, mapping: number, size = memorySize): Promise<MemoryEnd> {
  const address = await viewOf(peer, mapping)
  return { ...memoryOf(peer, address, size), inherits: mapping, enter: (heir) => viewed(heir, mapping, size) }
}
