/** A file mapping of no file, which one process makes by a name and the other opens: the shared memory of Windows. */

import { linkOf } from '../../harness/pair/link.ts'
import type { Memory } from '../../harness/pair/stage.ts'
import { memorySize, sizeInPagesOn } from './mappings.ts'
import { objectNaming, pairWithObject } from './win-objects.ts'
import { viewed, viewedTraits } from './win-views.ts'

const ofPagingFile = (size: number) =>
  ({
    sort: 'FileMapping',
    made: ['INVALID_HANDLE_VALUE', 'PAGE_READWRITE', size],
    access: 'FILE_MAP_ALL_ACCESS',
  }) as const

export const winFileMapping: Memory = {
  id: 'win-file-mapping',
  title: 'Windows file mapping (paging file)',
  kind: 'memory',
  family: 'shared-memory',
  os: 'windows',
  cites: ['MS "Named Shared Memory"', 'MS:CreateFileMappingW', 'MS:MapViewOfFile'],
  traits: viewedTraits,
  naming: objectNaming(ofPagingFile(memorySize)),
  async open(stage) {
    const size = sizeInPagesOn(stage)
    const { name, producer, consumer, made, opened } = await pairWithObject(stage, ofPagingFile(size))
    return linkOf(await viewed(producer, made, size), await viewed(consumer, opened, size), name)
  },
}
