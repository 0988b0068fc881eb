/** Semaphores are waited for: until there is enough to take, until there is nothing left, or until something else happens. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { expectNeverRestarted } from '../interrupted.ts'
import { expectWaited } from '../waited.ts'
import { ownSet, sharedSet } from './sets.ts'

export const semaphoreWaits: readonly SpecificCase[] = [
  {
    id: 'sem.p-v-handoff',
    mechanism: 'sysv-sem',
    theme: 'block',
    core: true,
    says: 'Who takes more than there is waits until others have added enough, and then leaves what is over.',
    cites: ['XSH semop', 'semop(2)'],
    async run(stage) {
      const { producer, consumer, operates, value } = await sharedSet(stage)
      const taking = operates(consumer, [0, -1])
      await consumer.blocked()
      expectOutcome(await operates(producer, [0, 1]), 'adding one').toReturn(0)
      expectOutcome(await taking, 'the taking that waited').toReturn(0)
      expectOutcome(await value(producer, 0), 'GETVAL').toReturn(0)

      const takingThree = operates(consumer, [0, -3])
      await consumer.blocked()
      expectOutcome(await operates(producer, [0, 2]), 'adding two of three').toReturn(0)
      await consumer.blocked()
      expectOutcome(await operates(producer, [0, 2]), 'adding two more').toReturn(0)
      expectOutcome(await takingThree, 'the taking of three that waited').toReturn(0)
      expectOutcome(await value(producer, 0), 'GETVAL after it').toReturn(1)
    },
  },
  {
    id: 'sem.wait-for-zero',
    mechanism: 'sysv-sem',
    theme: 'block',
    says: 'An operation of 0 waits while the value is above 0, goes on when it is 0, and changes nothing.',
    cites: ['XSH semop', 'semop(2)'],
    async run(stage) {
      const { producer, consumer, operates, value } = await sharedSet(stage)
      expectOutcome(await operates(consumer, [0, 0]), 'waiting for 0 when it is 0').toReturn(0)
      expectOutcome(await operates(producer, [0, 2]), 'adding two').toReturn(0)
      const impatient = await operates(consumer, [0, 0, 'IPC_NOWAIT'])
      expectOutcome(impatient, 'waiting for 0 with IPC_NOWAIT').toFail('EAGAIN')

      const waiting = operates(consumer, [0, 0])
      await consumer.blocked()
      expectOutcome(await operates(producer, [0, -1]), 'taking one of two').toReturn(0)
      await consumer.blocked()
      expectOutcome(await operates(producer, [0, -1]), 'taking the other').toReturn(0)
      expectOutcome(await waiting, 'the operation that waited for 0').toReturn(0)
      expectOutcome(await value(producer, 0), 'GETVAL').toReturn(0)
    },
  },
  {
    id: 'sem.semtimedop-eagain',
    mechanism: 'sysv-sem',
    theme: 'block',
    says: 'semtimedop() fails with EAGAIN, and not with ETIMEDOUT, when its time is over, and changes nothing.',
    cites: ['semop(2)'],
    async run(stage) {
      const { peer, id, operates, value } = await ownSet(stage)
      const milliseconds = 5
      const timed = (operation: number) => peer.call('semtimedop', id, [[0, operation, 0]], milliseconds)
      const late = await timed(-1)
      expectOutcome(late, 'semtimedop').toFail('EAGAIN')
      expectWaited(late, milliseconds)
      expectOutcome(await operates(peer, [0, 1]), 'adding one').toReturn(0)
      expectOutcome(await timed(0), 'semtimedop that waits for 0').toFail('EAGAIN')
      expectOutcome(await timed(-1), 'semtimedop when there is something').toReturn(0)
      expectOutcome(await value(peer, 0), 'GETVAL').toReturn(0)
    },
  },
  {
    id: 'sem.eintr-never-restarted',
    mechanism: 'sysv-sem',
    theme: 'signal',
    says: 'A handler ends a semop() and a semtimedop() that wait with EINTR, though it was set with SA_RESTART.',
    cites: ['XSH semop', 'signal(7)'],
    async run(stage) {
      const { peer, id, operates } = await ownSet(stage)
      const timed = () => peer.call('semtimedop', id, [[0, -1, 0]], 60_000)
      await expectNeverRestarted(peer, () => operates(peer, [0, -1]), timed)
    },
  },
  {
    id: 'sem.rmid-eidrm',
    mechanism: 'sysv-sem',
    theme: 'cleanup',
    core: true,
    says: 'IPC_RMID ends with EIDRM a semop() that waits; whoever comes later is told EINVAL, and the key opens nothing.',
    cites: ['XSH semctl', 'semop(2)'],
    async run(stage) {
      const { producer, consumer, key, id, operates, value } = await sharedSet(stage)
      const taking = operates(consumer, [0, -1])
      await consumer.blocked()
      expectOutcome(await producer.call('semctl-IPC_RMID', id), 'IPC_RMID').toReturn(0)
      expectOutcome(await taking, 'the taking that waited').toFail('EIDRM')
      expectOutcome(await operates(consumer, [0, 1]), 'a later semop').toFail('EINVAL')
      expectOutcome(await value(consumer, 0), 'a later GETVAL').toFail('EINVAL')
      expectOutcome(await consumer.call('semget', key, 0, 0), 'semget of the key').toFail('ENOENT')
    },
  },
]
