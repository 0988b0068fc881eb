/** Semaphores come in sets: operations on several of them are one, and the set tells who waits, and what its limits are. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { mustCreate, sharedByKey } from '../../../mechanisms/system-v.ts'
import { highestValue, semaphores } from '../../../mechanisms/sysv-sem.ts'
import { segments } from '../../../mechanisms/sysv-shm.ts'
import { readText } from '../proc.ts'
import { attach } from './segments.ts'
import { ownSet, semop, sharedSet } from './sets.ts'

/** Enough for two processes to meet many times. */
const eachIncrements = 4000

export const semaphoreSets: readonly SpecificCase[] = [
  {
    id: 'sem.multi-op-atomic',
    mechanism: 'sysv-sem',
    theme: 'atomic',
    core: true,
    says: 'The operations of one semop() are done all together or not at all, and wait until all of them can be done.',
    cites: ['XSH semop', 'semop(2)'],
    async run(stage) {
      const { producer, consumer, id, operates } = await sharedSet(stage)
      const values = async (...wanted: readonly number[]) =>
        expectOutcome(await producer.call('semctl-GETALL', id, 2), 'GETALL').toGive('values', wanted)
      expectOutcome(await operates(producer, [0, 5]), 'adding five to the first').toReturn(0)
      const impatient = await operates(consumer, [0, -5, 'IPC_NOWAIT'], [1, -1, 'IPC_NOWAIT'])
      expectOutcome(impatient, 'taking from both with IPC_NOWAIT').toFail('EAGAIN')
      await values(5, 0)

      const taking = operates(consumer, [0, -5], [1, -1])
      await consumer.blocked()
      await values(5, 0)
      expectOutcome(await operates(producer, [1, 1]), 'adding one to the second').toReturn(0)
      expectOutcome(await taking, 'the taking from both that waited').toReturn(0)
      await values(0, 0)
    },
  },
  {
    id: 'sem.initial-and-otime',
    mechanism: 'sysv-sem',
    theme: 'data',
    says: 'On Linux new semaphores are 0, and sem_otime is 0 until the first semop(), so that others see who has yet to set them up.',
    cites: ['semget(2)', 'XSH semget'],
    async run(stage) {
      const { peer, id, operates, sets } = await ownSet(stage)
      const operated = async () => (await peer.call('semctl-IPC_STAT', id)).out?.operated
      expectOutcome(await peer.call('semctl-GETALL', id, 2), 'GETALL of new ones').toGive('values', [0, 0])
      expectValue((await operated()) ?? null, 'sem_otime of a new set').toEqual(0)
      expectOutcome(await sets(peer, 0, 3), 'SETVAL').toReturn(0)
      expectValue((await operated()) ?? null, 'sem_otime after SETVAL').toEqual(0)
      expectOutcome(await operates(peer, [1, 1]), 'semop').toReturn(0)
      const { changed = 0 } = (await peer.call('semctl-IPC_STAT', id)).out as Record<string, number>
      expectValue((await operated()) ?? null, 'sem_otime after semop').toBeBetween(changed, changed + 10)
      expectOutcome(await peer.call('semctl-GETALL', id, 2), 'GETALL').toGive('values', [3, 1])
    },
  },
  {
    id: 'sem.limits-erange-efbig',
    mechanism: 'sysv-sem',
    theme: 'limit',
    says: 'A value above SEMVMX is ERANGE, a semaphore that the set does not have EFBIG, and too many operations E2BIG.',
    cites: ['XSH semop', 'XSH semctl', 'semop(2)'],
    async run(stage) {
      const { peer, id, operates, sets, value } = await ownSet(stage)
      expectOutcome(await sets(peer, 0, highestValue + 1), 'SETVAL above SEMVMX').toFail('ERANGE')
      expectOutcome(await sets(peer, 0, highestValue), 'SETVAL of SEMVMX').toReturn(0)
      expectOutcome(await operates(peer, [0, 1]), 'adding one to SEMVMX').toFail('ERANGE')
      expectOutcome(await value(peer, 0), 'GETVAL').toReturn(highestValue)

      expectOutcome(await operates(peer, [1, 1]), 'semop of the last of the set').toReturn(0)
      expectOutcome(await operates(peer, [2, 1]), 'semop of one behind it').toFail('EFBIG')
      expectOutcome(await value(peer, 2), 'GETVAL of one behind it').toFail('EINVAL')

      const [, , most = 0] = (await readText(peer, '/proc/sys/kernel/sem')).trim().split(/\s+/).map(Number)
      const many = (count: number) => peer.call(...semop(id, ...Array.from({ length: count }, () => [1, 1] as const)))
      expectOutcome(await many(most + 1), 'one operation more than SEMOPM').toFail('E2BIG')
      expectOutcome(await value(peer, 1), 'GETVAL after it').toReturn(1)
      expectOutcome(await many(most), 'as many operations as SEMOPM').toReturn(0)
      expectOutcome(await value(peer, 1), 'GETVAL after them').toReturn(1 + most)
    },
  },
  {
    id: 'sem.getncnt-getzcnt-getpid',
    mechanism: 'sysv-sem',
    theme: 'data',
    says: 'GETNCNT counts those who wait to take, GETZCNT those who wait for 0, and GETPID tells who operated last.',
    cites: ['XSH semctl', 'semctl(2)'],
    async run(stage) {
      const { producer, consumer: taker, id, operates } = await sharedSet(stage)
      const zeroWaiter = await stage.start('zero-waiter')
      const told = async (takers: number, zeroWaiters: number, last: number) => {
        const ask = (what: string) => producer.call(`semctl-${what}`, id, 0)
        expectOutcome(await ask('GETNCNT'), 'GETNCNT').toReturn(takers)
        expectOutcome(await ask('GETZCNT'), 'GETZCNT').toReturn(zeroWaiters)
        expectOutcome(await ask('GETPID'), 'GETPID').toReturn(last)
      }
      await told(0, 0, 0)
      expectOutcome(await operates(producer, [0, 1]), 'adding one').toReturn(0)
      await told(0, 0, producer.pid)

      const taking = operates(taker, [0, -2])
      await taker.blocked()
      const waiting = operates(zeroWaiter, [0, 0])
      await zeroWaiter.blocked()
      await told(1, 1, producer.pid)

      expectOutcome(await operates(producer, [0, 1]), 'adding one more').toReturn(0)
      expectOutcome(await taking, 'the taking of two that waited').toReturn(0)
      expectOutcome(await waiting, 'the operation that waited for 0').toReturn(0)
      const last = await producer.call('semctl-GETPID', id, 0)
      expectValue([taker.pid, zeroWaiter.pid], 'those that waited, one of whom GETPID tells,').toContain(last.ret)
    },
  },
  {
    id: 'sem.mutual-exclusion',
    mechanism: 'sysv-sem',
    theme: 'atomic',
    says: 'Of what two processes count in common memory, each under a semaphore that only one can have, nothing is lost.',
    cites: ['XSH semop'],
    async run(stage) {
      const { producer, consumer, id } = await sharedByKey(stage, semaphores)
      const observer = await stage.start('observer')
      const segment = await mustCreate(observer, segments, stage.names.key('count'))
      const [at, other] = [await attach(producer, segment), await attach(consumer, segment)]
      const counts = (peer: Peer, address: number) =>
        peer.call('guarded-increment', eachIncrements, address, semop(id, [0, -1]), semop(id, [0, 1]))
      const counting = [counts(producer, at), counts(consumer, other)]
      // Both stand at the gate before it opens, so that they do count at the same time.
      await Promise.all([producer.blocked(), consumer.blocked()])
      expectOutcome(await observer.call('semctl-SETVAL', id, 0, 1), 'SETVAL').toReturn(0)
      for (const counted of await Promise.all(counting)) expectOutcome(counted, 'counting').toReturn(0)

      const total = await observer.call('memory-load-word', await attach(observer, segment, 'SHM_RDONLY'))
      expectOutcome(total, 'a load of what both counted').toReturn(2 * eachIncrements)
      expectOutcome(await observer.call('semctl-GETVAL', id, 0), 'GETVAL').toReturn(1)
    },
  },
]
