/** Memory that is mapped: who sees what was stored, who may store, and what becomes of the mapping. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import { zeros } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { giveLength, memorySize, readWrite } from '../../../mechanisms/mappings.ts'
import { mmapAnonymous } from '../../../mechanisms/mmap-anonymous.ts'
import { mmapFile } from '../../../mechanisms/mmap-file.ts'
import { posixShm } from '../../../mechanisms/posix-shm.ts'
import { fatalCall } from '../fatal.ts'

export const mapping: readonly SpecificCase[] = [
  {
    id: 'pshm.visible-after-writer-kill',
    mechanism: 'posix-shm',
    theme: 'crash',
    says: 'What a process stored before it was killed is there for all who have the memory mapped.',
    cites: ['XSH mmap', 'mmap(2)'],
    async run(stage) {
      const { producer, consumer } = await posixShm.open(stage)
      expectOutcome(await producer.store(4096, 'last words'), 'a store').toSucceed()
      expectOutcome(await producer.addMany(0, 1000), 'a thousand additions').toReturn(1000)
      await producer.peer.kill()
      expectOutcome(await consumer.load(4096, 10), 'a load').toBring('last words')
      expectOutcome(await consumer.call('memory-load-word', consumer.handle), 'a load of the sum').toReturn(1000)
    },
  },
  {
    id: 'pshm.unlink-while-mapped',
    mechanism: 'posix-shm',
    theme: 'cleanup',
    core: true,
    says: 'shm_unlink takes the name and leaves the mappings, which stay shared; the name then makes another object, of zeros.',
    cites: ['XSH shm_unlink'],
    async run(stage) {
      const { producer, consumer, name = '' } = await posixShm.open(stage)
      expectOutcome(await consumer.call('shm_unlink', name), 'shm_unlink').toReturn(0)
      expectOutcome(await producer.store(0, 'still shared'), 'a store afterwards').toSucceed()
      expectOutcome(await consumer.load(0, 12), 'a load afterwards').toBring('still shared')
      expectOutcome(await consumer.call('shm_open', name, 'O_RDWR', 0), 'shm_open of the name').toFail('ENOENT')

      const anew = await consumer.call('shm_open', name, 'O_RDWR|O_CREAT|O_EXCL', 0o600)
      expectOutcome(anew, 'shm_open that makes it anew').toSucceed()
      await giveLength(consumer.peer, anew.ret)
      const other = await consumer.must('mmap', 0, memorySize, readWrite, 'MAP_SHARED', anew.ret, 0)
      expectOutcome(await consumer.call('memory-load', other, 12), 'a load from the new object').toBring(zeros(12))
      await consumer.must('memory-store', other, 'not the same')
      expectOutcome(await producer.load(0, 12), 'a load from the old object').toBring('still shared')
    },
  },
  {
    id: 'pshm.peer-truncate-sigbus',
    mechanism: 'posix-shm',
    theme: 'crash',
    core: true,
    says: 'When another process makes the object shorter, who touches a page that was cut off is killed by SIGBUS.',
    cites: ['XSH mmap', 'XSH ftruncate'],
    async run(stage) {
      const { producer, consumer, name = '' } = await posixShm.open(stage)
      const cut = memorySize / 2
      expectOutcome(await producer.store(0, 'kept'), 'a store in the first half').toSucceed()
      expectOutcome(await producer.store(cut, 'lost'), 'a store in the second half').toSucceed()
      expectOutcome(await consumer.load(cut, 4), 'a load before').toBring('lost')

      const object = await producer.must('shm_open', name, 'O_RDWR', 0)
      expectOutcome(await producer.call('ftruncate', object, cut), 'ftruncate').toReturn(0)
      expectOutcome(await consumer.load(0, 4), 'a load from the first half').toBring('kept')
      const exit = await fatalCall(consumer.peer, 'memory-load', consumer.handle + cut, 4)
      expectExit(exit, 'who loads from the second half').toBeKilledBy('SIGBUS')
    },
  },
  {
    id: 'pshm.rdonly-prot-write',
    mechanism: 'posix-shm',
    theme: 'perm',
    says: 'An object open for reading is not mapped shared for writing, EACCES; mapped private it is, and what is stored stays private.',
    cites: ['XSH mmap'],
    async run({ start, names }) {
      const owner = await start('owner')
      const name = names.posix('memory')
      const object = await owner.must('shm_open', name, 'O_RDWR|O_CREAT|O_EXCL', 0o600)
      await giveLength(owner, object)
      const shared = await owner.must('mmap', 0, memorySize, readWrite, 'MAP_SHARED', object, 0)
      await owner.must('memory-store', shared, 'original')

      const readOnly = await owner.must('shm_open', name, 'O_RDONLY', 0)
      const mapping = (flags: string) => owner.call('mmap', 0, memorySize, readWrite, flags, readOnly, 0)
      expectOutcome(await mapping('MAP_SHARED'), 'mmap for writing, shared').toFail('EACCES')
      const copy = await mapping('MAP_PRIVATE')
      expectOutcome(copy, 'mmap for writing, private').toSucceed()
      expectOutcome(await owner.call('memory-load', copy.ret, 8), 'a load from the private mapping').toBring('original')
      expectOutcome(await owner.call('memory-store', copy.ret, 'altered!'), 'a store to it').toSucceed()
      expectOutcome(await owner.call('memory-load', copy.ret, 8), 'a load from it afterwards').toBring('altered!')
      expectOutcome(await owner.call('memory-load', shared, 8), 'a load from the shared mapping').toBring('original')
    },
  },
  {
    id: 'pshm.file-mmap-coherent',
    mechanism: 'mmap-file',
    theme: 'data',
    says: 'What one process stores in a mapped file another reads from it, and loads what that one writes.',
    cites: ['XSH mmap', 'mmap(2)'],
    async run(stage) {
      const { producer, consumer, name = '' } = await mmapFile.open(stage)
      const file = await consumer.must('open', name, 'O_RDWR')
      expectOutcome(await producer.store(100, 'stored'), 'a store').toSucceed()
      expectOutcome(await consumer.call('pread', file, 6, 100), 'pread').toBring('stored')
      expectOutcome(await consumer.call('pwrite', file, 'written', memorySize - 7), 'pwrite').toReturn(7)
      expectOutcome(await producer.load(memorySize - 7, 7), 'a load').toBring('written')
    },
  },
  {
    id: 'pshm.anon-shared-fork',
    mechanism: 'mmap-anonymous',
    theme: 'data',
    says: 'An anonymous mapping that is shared passes to a child as the same memory, a private one as a copy of its own.',
    cites: ['XSH mmap', 'XSH fork', 'mmap(2)'],
    async run(stage) {
      const { producer, consumer } = await mmapAnonymous.open(stage)
      expectOutcome(await producer.store(0, 'by the parent'), 'a store of the parent').toSucceed()
      expectOutcome(await consumer.load(0, 13), 'a load of the child').toBring('by the parent')
      expectOutcome(await consumer.store(0, 'and the child'), 'a store of the child').toSucceed()
      expectOutcome(await producer.load(0, 13), 'a load of the parent').toBring('and the child')

      const own = await producer.must('mmap', 0, memorySize, readWrite, 'MAP_PRIVATE|MAP_ANONYMOUS', -1, 0)
      await producer.must('memory-store', own, 'before')
      const child = await producer.peer.fork('child')
      expectOutcome(await child.call('memory-load', own, 6), 'a load from the copy').toBring('before')
      await child.must('memory-store', own, 'child!')
      await producer.must('memory-store', own + 4096, 'parent')
      expectOutcome(await producer.call('memory-load', own, 6), 'a load of the parent').toBring('before')
      expectOutcome(await child.call('memory-load', own + 4096, 6), 'a load of the child').toBring(zeros(6))
    },
  },
]
