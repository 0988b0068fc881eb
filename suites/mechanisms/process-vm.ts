/**
 * Memory of one process that another copies out of it and into it. The consumer is the parent: where only ancestors may
 * look into a process, it may.
 */

import { lengthOf } from '../../harness/pair/bytes.ts'
import { linkOf, mappedIo, memoryOf } from '../../harness/pair/link.ts'
import type { Memory, MemoryIo } from '../../harness/pair/stage.ts'
import { mappedSize, mappedTraits, memorySize, readWrite } from './mappings.ts'

/** Loads and stores at an address in the process with that number. Nothing there is added to: it is copied only. */
const memoryOfAnother = (pid: number): MemoryIo => ({
  store: (address, offset, data) => ['process_vm_writev', pid, data, [[address + offset, lengthOf(data)]]],
  load: (address, offset, length) => ['process_vm_readv', pid, [[address + offset, length]]],
  addMany: mappedIo.addMany,
})

export const processVm: Memory = {
  id: 'process-vm',
  title: 'Memory of another process',
  kind: 'memory',
  family: 'process',
  os: 'linux',
  cites: ['process_vm_readv(2)'],
  traits: { ...mappedTraits, inheritance: 'never' },
  async open(stage) {
    const consumer = await stage.start('consumer')
    const producer = await consumer.fork('producer')
    const flags = 'MAP_PRIVATE|MAP_ANONYMOUS'
    const address = await producer.must('mmap', 0, mappedSize, readWrite, flags, -1, 0)
    await producer.must('mprotect', address + memorySize, mappedSize - memorySize, 'PROT_NONE')
    const io = memoryOfAnother(producer.pid)
    return linkOf(memoryOf(producer, address, memorySize), memoryOf(consumer, address, memorySize, io))
  },
}
