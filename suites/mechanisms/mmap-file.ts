/** A file that both processes have mapped: what one stores in its memory the other loads from its own. */

import type { Memory } from '../../harness/pair/stage.ts'
import { fileNaming } from './files.ts'
import { giveLength, heritageInMemory, mappedByBoth, mappedTraits, sizeInPagesOn } from './mappings.ts'

const naming = fileNaming('mapped', heritageInMemory)

export const mmapFile: Memory = {
  id: 'mmap-file',
  title: 'Mapped file',
  kind: 'memory',
  family: 'shared-memory',
  os: 'linux',
  cites: ['mmap(2)', 'XSH mmap'],
  traits: { ...mappedTraits, naming: 'path', persistence: 'name-and-contents' },
  naming,
  async open(stage) {
    const path = naming.name(stage.names)
    const producer = await stage.start('producer')
    const consumer = await stage.start('consumer')
    const w = await producer.must('open', path, 'O_RDWR|O_CREAT|O_EXCL', 0o600)
    const size = sizeInPagesOn(stage)
    await giveLength(producer, w, size)
    const r = await consumer.must('open', path, 'O_RDWR')
    return mappedByBoth([producer, w], [consumer, r], { name: path, size })
  },
}
