/** A file mapping of no file, which one process makes by a name and the other opens: the shared memory of Windows. */

import { linkOf } from '../../harness/pair/link.ts'
import type { Memory } from '../../harness/pair/stage.ts'
import { memorySize } from './mappings.ts'
import { objectNaming, pairWithObject } from './win-objects.ts'
import { viewed, viewedTraits } from './win-views.ts'

const ofPagingFile = {
  sort: 'FileMapping',
  made: ['INVALID_HANDLE_VALUE', 'PAGE_READWRITE', memorySize],
  access: 'FILE_MAP_ALL_ACCESS',
} as const

export const winFileMapping: Memory = {
  id: 'win-file-mapping',
  title: 'Windows file mapping (paging file)',
  kind: 'memory',
  family: 'shared-memory',
  os: 'windows',
  cites: ['MS "Named Shared Memory"', 'MS:CreateFileMappingW', 'MS:MapViewOfFile'],
  traits: viewedTraits,
  naming: objectNaming(ofPagingFile),
  async open(stage) {
    const { name, producer, consumer, made, opened } = await pairWithObject(stage, ofPagingFile)
    return linkOf(await viewed(producer, made), await viewed(consumer, opened), name)
  },
}
