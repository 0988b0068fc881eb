/** The condition that processes share: whom a wake-up reaches, and what the dead do to those who wait. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { mutexOf, openCondition, pthreadCondition } from '../../../mechanisms/pthread-condition.ts'
import { robust } from '../../../mechanisms/pthread-locks.ts'
import { newSleepers } from '../sleepers.ts'

export const conditions: readonly SpecificCase[] = [
  {
    id: 'psync.cond-signal-broadcast',
    mechanism: 'pthread-condition',
    theme: 'block',
    says: 'A signal wakes at least one of three processes that wait at a shared condition, and a broadcast wakes all.',
    cites: ['XSH pthread_cond_broadcast', 'XSH pthread_condattr_setpshared'],
    async run(stage) {
      const { producer, consumer } = await pthreadCondition.open(stage)
      const sleepers = newSleepers()
      for (const role of ['second', 'third']) await sleepers.fallAsleep(consumer.in(await consumer.peer.fork(role)))
      await sleepers.fallAsleep(consumer)
      expectOutcome(await producer.wake(), 'pthread_cond_signal').toSucceed()
      await sleepers.fallAsleep(await sleepers.nextAwake())

      const broadcast = await producer.call('pthread_cond_broadcast', producer.handle)
      expectOutcome(broadcast, 'pthread_cond_broadcast').toSucceed()
      while (sleepers.left().length > 0) await sleepers.nextAwake()
    },
  },
  {
    id: 'psync.cond-wait-eownerdead',
    mechanism: 'pthread-condition',
    theme: 'crash',
    says: 'A wait whose robust mutex was held by the signaller when it was killed comes back with EOWNERDEAD, and has it.',
    cites: ['XSH pthread_cond_wait'],
    async run(stage) {
      const { producer, consumer } = await openCondition(stage, robust)
      const condition = consumer.handle
      const mutex = mutexOf(condition)
      await consumer.must('pthread_mutex_lock', mutex)
      const waiting = consumer.call('pthread_cond_wait', condition, mutex)
      await consumer.blocked()
      await producer.must('pthread_mutex_lock', mutex)
      expectOutcome(await producer.wake(), 'pthread_cond_signal').toSucceed()
      await consumer.blocked()
      await producer.peer.kill()

      expectOutcome(await waiting, 'pthread_cond_wait').toFail('EOWNERDEAD')
      expectOutcome(await consumer.call('pthread_mutex_consistent', mutex), 'pthread_mutex_consistent').toSucceed()
      expectOutcome(await consumer.call('pthread_mutex_unlock', mutex), 'unlock').toSucceed()
    },
  },
  {
    id: 'psync.cond-killed-waiter',
    mechanism: 'pthread-condition',
    theme: 'crash',
    says: 'A signal after one of two waiters was killed reaches the other: the dead take no wake-up with them.',
    cites: ['XSH pthread_cond_signal', 'futex(2)'],
    async run(stage) {
      const { producer, consumer } = await pthreadCondition.open(stage)
      const survivor = consumer.in(await consumer.peer.fork('survivor'))
      const late = consumer.in(await consumer.peer.fork('late'))
      const sleepers = newSleepers()
      void consumer.wait()
      await consumer.blocked()
      await sleepers.fallAsleep(survivor)
      await consumer.peer.kill()
      expectOutcome(await producer.wake(), 'pthread_cond_signal').toSucceed()
      await sleepers.nextAwake()

      // POSIX says nothing of the killed. In glibc 2.36 the next signal is for the dead one, who was waiting before.
      await sleepers.fallAsleep(late)
      expectOutcome(await producer.wake(), 'pthread_cond_signal for one who came later').toSucceed()
      const woken = sleepers.nextAwake().then(() => true)
      const staysAsleep = late.blocked().then(
        () => false,
        () => true,
      )
      stage.note('laterWaiterWoken', await Promise.race([woken, staysAsleep]))
    },
  },
]
