/** What a segment refuses: sizes that it cannot have, users that may not attach it, and stores where there is none. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, mustBecomeNobody } from '../../../mechanisms/nobody.ts'
import { create, mustCreate, sharedByKey } from '../../../mechanisms/system-v.ts'
import { attachGuarded, segments, segmentsOf } from '../../../mechanisms/sysv-shm.ts'
import { fatalCall } from '../fatal.ts'
import { attach, attachedByBoth, load, stateOf, store } from './segments.ts'

export const memoryLimits: readonly SpecificCase[] = [
  {
    id: 'shm.size-rules',
    mechanism: 'sysv-shm',
    theme: 'limit',
    says: 'A segment may not be made of size 0, nor found as larger than it is, EINVAL; smaller is found, and its size is kept.',
    cites: ['XSH shmget', 'shmget(2)'],
    async run({ start, names }) {
      const [maker, finder] = [await start('maker'), await start('finder')]
      const key = names.key('segment')
      const making = (size: number) => create(maker, segmentsOf(size), key)
      const finding = (size: number) => finder.call('shmget', key, size, 0)
      expectOutcome(await making(0), 'making one of size 0').toFail('EINVAL')
      expectOutcome(await finding(0), 'finding it').toFail('ENOENT')

      const made = await making(100)
      expectOutcome(made, 'making one of size 100').toSucceed()
      expectOutcome(await finding(101), 'finding it as larger').toFail('EINVAL')
      for (const size of [100, 99, 0]) expectOutcome(await finding(size), `finding ${size} bytes`).toReturn(made.ret)
      expectOutcome(await stateOf(made.ret)(finder), 'IPC_STAT').toGive('size', 100)
    },
  },
  {
    id: 'shm.rdonly-sigsegv',
    mechanism: 'sysv-shm',
    theme: 'perm',
    core: true,
    says: 'What was attached with SHM_RDONLY can be loaded; a store to it is SIGSEGV, and changes nothing.',
    cites: ['XSH shmat', 'shmat(2)'],
    async run(stage) {
      const { producer, consumer, id, at } = await attachedByBoth(stage)
      expectOutcome(await store(producer, at, 'untouched'), 'a store').toSucceed()
      const readOnly = await attach(consumer, id, 'SHM_RDONLY')
      expectOutcome(await load(consumer, readOnly, 9), 'a load').toBring('untouched')
      const exit = await fatalCall(consumer, 'memory-store', readOnly, 'scribbled')
      expectExit(exit, 'who stores to what may only be read').toBeKilledBy('SIGSEGV')
      expectOutcome(await load(producer, at, 9), 'a load afterwards').toBring('untouched')
    },
  },
  {
    id: 'shm.eacces',
    mechanism: 'sysv-shm',
    theme: 'perm',
    says: 'Another user attaches a segment as its mode allows, and otherwise fails with EACCES.',
    cites: ['XSH shmat', 'shmat(2)'],
    needs: anotherUser,
    async run(stage) {
      const { producer: owner, consumer: stranger, id } = await sharedByKey(stage, segments)
      await mustBecomeNobody(stage, stranger)
      const attaching = (flags: string | number) => stranger.call('shmat', id, 0, flags)
      expectOutcome(await attaching(0), 'shmat of a private segment').toFail('EACCES')
      expectOutcome(await attaching('SHM_RDONLY'), 'shmat with SHM_RDONLY of a private segment').toFail('EACCES')

      const { uid = 0, gid = 0 } = (await stateOf(id)(owner)).out as Record<string, number>
      expectOutcome(await owner.call('shmctl-IPC_SET', id, uid, gid, 0o604), 'IPC_SET').toReturn(0)
      expectOutcome(await attaching(0), 'shmat of what all may read').toFail('EACCES')
      expectOutcome(await attaching('SHM_RDONLY'), 'shmat with SHM_RDONLY of what all may read').toSucceed()
      expectOutcome(await stranger.call('shmctl-IPC_RMID', id), 'IPC_RMID by the stranger').toFail('EPERM')
    },
  },
  {
    id: 'shm.past-end-guarded',
    mechanism: 'sysv-shm',
    theme: 'err',
    says: 'A segment ends with its last page, which is whole; a store behind it is SIGSEGV where nothing else is mapped.',
    cites: ['shmat(2)'],
    async run(stage) {
      const [producer, consumer] = [await stage.start('producer'), await stage.start('consumer')]
      const id = await mustCreate(producer, segmentsOf(100), stage.names.key('segment'))
      const [at, other] = [await attachGuarded(producer, id), await attachGuarded(consumer, id)]
      const end = await producer.must('sysconf', '_SC_PAGESIZE')
      expectOutcome(await store(producer, at + end - 1, 'x'), 'a store to the last byte').toSucceed()
      const exit = await fatalCall(producer, 'memory-store', at + end, 'x')
      expectExit(exit, 'who stores behind the end').toBeKilledBy('SIGSEGV')
      expectOutcome(await load(consumer, other + end - 1, 1), 'a load of the last byte').toBring('x')
    },
  },
]
