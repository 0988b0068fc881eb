/** A mapping of nothing, made before fork(): parent and child have it at the same address. */

import { linkOf, memoryOf } from '../../harness/pair/link.ts'
import type { Memory } from '../../harness/pair/stage.ts'
import { mappedTraits, memorySize, readWrite } from './mappings.ts'

export const mmapAnonymous: Memory = {
  id: 'mmap-anonymous',
  title: 'Anonymous shared mapping',
  kind: 'memory',
  family: 'shared-memory',
  os: 'linux',
  cites: ['mmap(2)', 'XSH mmap'],
  traits: mappedTraits,
  async open(stage) {
    const producer = await stage.start('producer')
    const flags = 'MAP_SHARED|MAP_ANONYMOUS'
    const address = await producer.must('mmap', 0, memorySize, readWrite, flags, -1, 0)
    const consumer = await producer.fork('consumer')
    return linkOf(memoryOf(producer, address, memorySize), memoryOf(consumer, address, memorySize))
  },
}
