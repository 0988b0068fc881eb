/** What a process that dies leaves of its operations on semaphores. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { sharedSet } from './sets.ts'

export const semaphoreDeaths: readonly SpecificCase[] = [
  {
    id: 'sem.undo-on-sigkill',
    mechanism: 'sysv-sem-undo',
    theme: 'crash',
    core: true,
    says: 'What a process took with SEM_UNDO comes back when it is killed, to whoever waits for it; without, it is lost.',
    cites: ['XSH semop', 'semop(2)'],
    async run(stage) {
      const { producer, consumer, operates, sets, value } = await sharedSet(stage)
      for (const semaphore of [0, 1]) expectOutcome(await sets(producer, semaphore, 1), 'SETVAL').toReturn(0)
      expectOutcome(await operates(consumer, [0, -1, 'SEM_UNDO']), 'taking with SEM_UNDO').toReturn(0)
      expectOutcome(await operates(consumer, [1, -1]), 'taking without').toReturn(0)

      const waiting = operates(producer, [0, -1])
      await producer.blocked()
      await consumer.kill()
      expectOutcome(await waiting, 'the taking that waited for the dead').toReturn(0)
      expectOutcome(await value(producer, 0), 'GETVAL of what came back and was taken').toReturn(0)
      const other = await operates(producer, [1, -1, 'IPC_NOWAIT'])
      expectOutcome(other, 'taking what does not come back').toFail('EAGAIN')
    },
  },
  {
    id: 'sem.setval-clears-undo',
    mechanism: 'sysv-sem-undo',
    theme: 'crash',
    says: 'SETVAL and SETALL make the system forget what it would have undone: a value set stays when the taker dies.',
    cites: ['XSH semctl', 'semctl(2)'],
    async run(stage) {
      const { producer, consumer: first, id, operates, sets, value } = await sharedSet(stage)
      const second = await stage.start('second')
      expectOutcome(await producer.call('semctl-SETALL', id, [4, 4]), 'SETALL').toReturn(0)
      expectOutcome(await operates(first, [0, -1, 'SEM_UNDO'], [1, -1, 'SEM_UNDO']), 'taking of both').toReturn(0)
      expectOutcome(await sets(producer, 0, 7), 'SETVAL of the first').toReturn(0)
      await first.kill()
      expectOutcome(await value(producer, 0), 'GETVAL of the one that was set').toReturn(7)
      expectOutcome(await value(producer, 1), 'GETVAL of the other').toReturn(4)

      expectOutcome(await operates(second, [0, -1, 'SEM_UNDO'], [1, -1, 'SEM_UNDO']), 'taking of both').toReturn(0)
      expectOutcome(await producer.call('semctl-SETALL', id, [2, 3]), 'SETALL').toReturn(0)
      await second.kill()
      expectOutcome(await producer.call('semctl-GETALL', id, 2), 'GETALL').toGive('values', [2, 3])
    },
  },
  {
    id: 'sem.killed-waiter',
    mechanism: 'sysv-sem',
    theme: 'crash',
    says: 'A process that is killed while it waits is counted no more, and takes nothing of what is added later.',
    cites: ['XSH semop', 'XSH semctl'],
    async run(stage) {
      const { producer, consumer: waiter, id, operates, value } = await sharedSet(stage)
      const taker = await stage.start('taker')
      const waiting = async (count: number) =>
        expectOutcome(await producer.call('semctl-GETNCNT', id, 0), 'GETNCNT').toReturn(count)
      void operates(waiter, [0, -1])
      await waiter.blocked()
      await waiting(1)
      await waiter.kill()
      await waiting(0)

      expectOutcome(await operates(producer, [0, 1]), 'adding one').toReturn(0)
      expectOutcome(await value(producer, 0), 'GETVAL').toReturn(1)
      expectOutcome(await operates(taker, [0, -1, 'IPC_NOWAIT']), 'taking of it').toReturn(0)
    },
  },
]
