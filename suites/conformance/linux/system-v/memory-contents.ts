/** What is stored in a segment: who sees it, at which addresses, and how long it stays. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { zeros } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { attach, attachedByBoth, load, store } from './segments.ts'

export const memoryContents: readonly SpecificCase[] = [
  {
    id: 'shm.visible-across-processes',
    mechanism: 'sysv-shm',
    theme: 'data',
    core: true,
    says: 'A new segment is all zeros, and what one process stores in it the other loads, each way.',
    cites: ['XSH shmget', 'XSH shmat'],
    async run(stage) {
      const { producer, consumer, at, other, size } = await attachedByBoth(stage)
      for (const offset of [0, size - 64]) {
        expectOutcome(await load(producer, at + offset, 64), 'a load of new memory').toBring(zeros(64))
      }
      expectOutcome(await store(consumer, other, 'from the other'), 'a store at the beginning').toSucceed()
      expectOutcome(await load(producer, at, 14), 'a load of it').toBring('from the other')
      expectOutcome(await store(producer, at + size - 3, 'end'), 'a store at the end').toSucceed()
      expectOutcome(await load(consumer, other + size - 3, 3), 'a load of it').toBring('end')
    },
  },
  {
    id: 'shm.writer-sigkill-keeps-data',
    mechanism: 'sysv-shm',
    theme: 'crash',
    says: 'What a process that is killed has stored stays, and it is no longer counted among those that are attached.',
    cites: ['XSH shmctl', 'shmctl(2)'],
    async run(stage) {
      const { producer, consumer, other, at, state } = await attachedByBoth(stage)
      expectOutcome(await store(producer, at, 'last words'), 'a store').toSucceed()
      expectOutcome(await state(consumer), 'IPC_STAT').toGive('attached', 2)
      await producer.kill()
      const after = await state(consumer)
      expectOutcome(after, 'IPC_STAT after the death').toGive('attached', 1)
      expectOutcome(after, 'IPC_STAT after the death').toGive('last', producer.pid)
      expectOutcome(await load(consumer, other, 10), 'a load of what the dead had stored').toBring('last words')
    },
  },
  {
    id: 'shm.different-addresses',
    mechanism: 'sysv-shm',
    theme: 'naming',
    says: 'A segment may be attached twice in one process and elsewhere in another: all these addresses mean the same bytes.',
    cites: ['XSH shmat', 'shmat(2)'],
    async run(stage) {
      const { producer, consumer, id, at, size, state } = await attachedByBoth(stage)
      const again = await attach(producer, id)
      expectValue(again, 'where it is attached once more').toDifferFrom(at)
      const room = await consumer.must('mmap', 0, 3 * size, 'PROT_NONE', 'MAP_PRIVATE|MAP_ANONYMOUS', -1, 0)
      const elsewhere = [room, room + size].find((address) => address !== at && address !== again) ?? room + 2 * size
      expectOutcome(await consumer.call('shmat', id, elsewhere, 'SHM_REMAP'), 'shmat elsewhere').toReturn(elsewhere)
      expectOutcome(await state(producer), 'IPC_STAT').toGive('attached', 4)

      expectOutcome(await store(producer, at, 'one'), 'a store').toSucceed()
      expectOutcome(await load(producer, again, 3), 'a load at the second address').toBring('one')
      expectOutcome(await load(consumer, elsewhere, 3), 'a load in the other process').toBring('one')
      expectOutcome(await store(consumer, elsewhere, 'two'), 'a store in the other process').toSucceed()
      for (const address of [at, again]) {
        expectOutcome(await load(producer, address, 3), 'a load of that').toBring('two')
      }
      expectOutcome(await producer.call('shmdt', at), 'shmdt of the first address').toReturn(0)
      expectOutcome(await load(producer, again, 3), 'a load at the second, still').toBring('two')
    },
  },
  {
    id: 'shm.persists-until-rmid',
    mechanism: 'sysv-shm',
    theme: 'persist',
    core: true,
    says: 'A segment outlives all that had it attached, with what they stored, until somebody removes it.',
    cites: ['XSH 2.7', 'sysvipc(7)'],
    async run(stage) {
      const { producer, consumer, id, key, at, other, state } = await attachedByBoth(stage)
      expectOutcome(await store(producer, at, 'a bequest'), 'a store').toSucceed()
      expectOutcome(await consumer.call('shmdt', other), 'shmdt').toReturn(0)
      await Promise.all([producer.kill(), consumer.kill()])

      const heir = await stage.start('heir')
      expectOutcome(await heir.call('shmget', key, 0, 0), 'shmget of the key').toReturn(id)
      expectOutcome(await state(heir), 'IPC_STAT').toGive('attached', 0)
      const found = await attach(heir, id)
      expectOutcome(await load(heir, found, 9), 'a load of what was left').toBring('a bequest')
      expectOutcome(await heir.call('shmdt', found), 'shmdt').toReturn(0)
      expectOutcome(await heir.call('shmctl-IPC_RMID', id), 'IPC_RMID').toReturn(0)
      expectOutcome(await heir.call('shmget', key, 0, 0), 'shmget once it was removed').toFail('ENOENT')
      expectOutcome(await heir.call('shmat', id, 0, 0), 'shmat once it was removed').toFail('EINVAL')
    },
  },
]
