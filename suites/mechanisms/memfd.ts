/** Memory with a descriptor and no name, which the other process comes by over fork() and maps for itself. */

import type { Memory } from '../../harness/pair/stage.ts'
import { giveLength, mappedByBoth, mappedTraits, needHugePages, sizeOn } from './mappings.ts'

export const memfd: Memory = {
  id: 'memfd',
  title: 'Anonymous memory with a descriptor (memfd)',
  kind: 'memory',
  family: 'shared-memory',
  os: 'linux',
  cites: ['memfd_create(2)', 'mmap(2)'],
  traits: mappedTraits,
  needs: [
    {
      works: ['memfd_create', 'probe', 'MFD_CLOEXEC'],
      otherwise: 'it needs a kernel with CONFIG_MEMFD_CREATE, and a sandbox that lets it pass',
    },
  ],
  async open(stage) {
    const producer = await stage.start('producer')
    const size = sizeOn(stage)
    await needHugePages(stage, producer)
    const flags = stage.room?.huge ? 'MFD_CLOEXEC|MFD_HUGETLB' : 'MFD_CLOEXEC'
    const descriptor = await producer.must('memfd_create', 'memory', flags)
    await giveLength(producer, descriptor, size)
    const consumer = await producer.fork('consumer')
    return mappedByBoth([producer, descriptor], [consumer, descriptor], { size })
  },
}
