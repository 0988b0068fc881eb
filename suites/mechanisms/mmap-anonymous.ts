/** A mapping of nothing, made before fork(): parent and child have it at the same address. */

import { linkOf, memoryOf } from '../../harness/pair/link.ts'
import type { Memory } from '../../harness/pair/stage.ts'
import { anonymously, mappedTraits, needHugePages, readWrite, sizeOn } from './mappings.ts'

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
    const size = sizeOn(stage)
    await needHugePages(stage, producer)
    const flags = stage.room?.huge ? `${anonymously}|MAP_HUGETLB` : anonymously
    const address = await producer.must('mmap', 0, size, readWrite, flags, -1, 0)
    const consumer = await producer.fork('consumer')
    return linkOf(memoryOf(producer, address, size), memoryOf(consumer, address, size))
  },
}
