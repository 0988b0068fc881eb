/** Mutexes: whose they are, how often, and what becomes of them when their owner dies. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { winMutex } from '../../../mechanisms/win-mutex.ts'

/** What the headers of Windows call WAIT_ABANDONED_0. */
const waitAbandoned = 0x80

export const mutexes: readonly SpecificCase[] = [
  {
    id: 'w32sync.mutex-abandoned',
    mechanism: 'win-mutex',
    theme: 'crash',
    core: true,
    says: 'Who waits for a mutex whose owner is terminated gets WAIT_ABANDONED, and owns it; the wait after that is as ever.',
    cites: ['MS:WaitForSingleObject', 'MS "Mutex Objects"'],
    async run(stage) {
      const { producer, consumer } = await winMutex.open(stage)
      expectOutcome(await producer.acquire(), 'the wait of the owner').toGive('result', 'WAIT_OBJECT_0')
      const waiting = consumer.acquire()
      await consumer.blocked()
      await producer.peer.kill()
      const abandoned = await waiting
      expectOutcome(abandoned, 'the wait for what was abandoned').toGive('result', 'WAIT_ABANDONED')
      expectOutcome(abandoned, 'the wait for what was abandoned').toReturn(waitAbandoned)

      expectOutcome(await consumer.release(), 'ReleaseMutex by its new owner').toSucceed()
      expectOutcome(await consumer.release(), 'ReleaseMutex once more').toFail('ERROR_NOT_OWNER')
      expectOutcome(await consumer.acquire(), 'the next wait').toGive('result', 'WAIT_OBJECT_0')
    },
  },
  {
    id: 'w32sync.mutex-recursive-not-owner',
    mechanism: 'win-mutex',
    theme: 'err',
    core: true,
    says: 'What its owner acquired twice is free after two releases; who does not own it cannot release it: ERROR_NOT_OWNER.',
    cites: ['MS:ReleaseMutex'],
    async run(stage) {
      const { producer, consumer } = await winMutex.open(stage)
      for (const which of ['first', 'second']) {
        expectOutcome(await producer.tryAcquire(), `the ${which} wait of the owner`).toGive('result', 'WAIT_OBJECT_0')
      }
      expectOutcome(await consumer.release(), 'ReleaseMutex by another').toFail('ERROR_NOT_OWNER')
      expectOutcome(await producer.release(), 'the first ReleaseMutex').toSucceed()
      const held = await consumer.tryAcquire()
      expectOutcome(held, 'the wait of another after one release').toGive('result', 'WAIT_TIMEOUT')
      expectOutcome(await producer.release(), 'the second ReleaseMutex').toSucceed()
      const free = await consumer.tryAcquire()
      expectOutcome(free, 'the wait of another after two').toGive('result', 'WAIT_OBJECT_0')
      expectOutcome(await producer.release(), 'ReleaseMutex by who owned it').toFail('ERROR_NOT_OWNER')
    },
  },
]
