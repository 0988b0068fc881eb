/** Shared memory of POSIX: one process makes it by a name, the other opens the name, both map it. */

import type { Memory, Naming } from '../../harness/pair/stage.ts'
import { keptNaming } from './kept-names.ts'
import { giveLength, heritageInMemory, mappedByBoth, mappedTraits, sizeInPagesOn } from './mappings.ts'
import { sharedMemoryFolder } from './posix-names.ts'

const naming: Naming = {
  ...keptNaming({
    name: (names) => names.posix('memory'),
    create: (peer, name, mode) => peer.call('shm_open', name, 'O_RDWR|O_CREAT|O_EXCL', mode),
    open: (peer, name) => peer.call('shm_open', name, 'O_RDWR', 0),
    unlink: 'shm_unlink',
  }),
  heritage: heritageInMemory,
}

export const posixShm: Memory = {
  id: 'posix-shm',
  title: 'POSIX shared memory',
  kind: 'memory',
  family: 'shared-memory',
  os: 'linux',
  cites: ['shm_overview(7)', 'XSH shm_open', 'XSH mmap'],
  traits: { ...mappedTraits, naming: 'posix-name', persistence: 'name-and-contents' },
  needs: [sharedMemoryFolder],
  naming,
  async open(stage) {
    const name = naming.name(stage.names)
    const producer = await stage.start('producer')
    const consumer = await stage.start('consumer')
    const w = await producer.must('shm_open', name, 'O_RDWR|O_CREAT|O_EXCL', 0o600)
    const size = sizeInPagesOn(stage)
    await giveLength(producer, w, size)
    const r = await consumer.must('shm_open', name, 'O_RDWR', 0)
    return mappedByBoth([producer, w], [consumer, r], { name, size })
  },
}
