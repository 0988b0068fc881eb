/** The mutex that processes share: it locks out, it checks for errors where it was asked to, and it dies with its owner. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { makeMutex, mutexIo, openMutex, shared } from '../../../mechanisms/pthread-locks.ts'
import { pthreadMutex } from '../../../mechanisms/pthread-mutex.ts'
import { pairOnPage } from '../../../mechanisms/shared-page.ts'
import { expectWaited } from '../waited.ts'

/** Increments of each of two processes, and where on the page they are counted. */
const increments = 100_000
const countAt = 2048

export const mutex: readonly SpecificCase[] = [
  {
    id: 'psync.mutex-mutual-exclusion',
    mechanism: 'pthread-mutex',
    theme: 'atomic',
    core: true,
    says: 'Of 200 000 increments that two processes make under a shared mutex, each a load and a store, none is lost.',
    cites: ['XSH pthread_mutexattr_setpshared', 'XSH pthread_mutex_lock'],
    async run(stage) {
      const {
        producer: parent,
        consumer: first,
        page,
      } = await pairOnPage(stage, (peer, at) => makeMutex(stage, peer, at, shared))
      const second = await parent.fork('second')
      const { acquire, release } = mutexIo
      const counting = [first, second].map((peer) =>
        peer.call('guarded-increment', increments, page + countAt, [...acquire(page)], [...release(page)]),
      )
      for (const outcome of await Promise.all(counting)) {
        expectOutcome(outcome, 'counting').toSucceed()
        expectOutcome(outcome, 'counting').toGive('times', increments)
      }
      expectOutcome(await parent.call('memory-load-word', page + countAt), 'the count').toReturn(2 * increments)
    },
  },
  {
    id: 'psync.stalled-stays-locked',
    mechanism: 'pthread-mutex',
    theme: 'crash',
    says: 'A mutex that is not robust stays locked when its owner is killed: EBUSY to who tries, ETIMEDOUT to who waits.',
    cites: ['XSH pthread_mutexattr_setrobust', 'XSH pthread_mutex_timedlock'],
    async run(stage) {
      const { producer, consumer } = await pthreadMutex.open(stage)
      expectOutcome(await producer.acquire(), 'lock').toSucceed()
      await producer.peer.kill()
      expectOutcome(await consumer.tryAcquire(), 'trylock once the owner is dead').toFail('EBUSY')
      const waited = await consumer.timedAcquire(20)
      expectOutcome(waited, 'timedlock once the owner is dead').toFail('ETIMEDOUT')
      expectWaited(waited, 20)
      expectOutcome(await consumer.tryAcquire(), 'trylock once more').toFail('EBUSY')
    },
  },
  {
    id: 'psync.errorcheck',
    mechanism: 'pthread-mutex',
    theme: 'err',
    says: 'A mutex that checks for errors tells its owner EDEADLK when it locks again, and others EPERM when they unlock.',
    cites: ['XSH pthread_mutex_lock', 'XSH pthread_mutexattr_settype'],
    async run(stage) {
      const { producer, consumer } = await openMutex(`${shared}|PTHREAD_MUTEX_ERRORCHECK`)(stage)
      expectOutcome(await producer.release(), 'unlock of a free mutex').toFail('EPERM')
      expectOutcome(await producer.acquire(), 'lock').toSucceed()
      expectOutcome(await producer.acquire(), 'lock by the owner').toFail('EDEADLK')
      expectOutcome(await consumer.release(), 'unlock by another process').toFail('EPERM')
      expectOutcome(await consumer.tryAcquire(), 'trylock after it').toFail('EBUSY')
      expectOutcome(await producer.release(), 'unlock by the owner').toSucceed()
      expectOutcome(await consumer.acquire(), 'lock by the other process').toSucceed()
    },
  },
]
