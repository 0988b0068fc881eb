/** The robust mutex: what is known of an owner that died, and how the mutex is made to lock again. */

import { expectExit, expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { LinkOf, Lock, LockEnd, SpecificCase, Stage } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { pthreadMutexRobust } from '../../../mechanisms/pthread-mutex-robust.ts'
import { pthreadMutexRobustPi } from '../../../mechanisms/pthread-mutex-robust-pi.ts'

const consistent = (end: LockEnd) => end.call('pthread_mutex_consistent', end.handle)

/** A mutex whose owner, the producer, is dead. */
async function orphaned(lock: Lock, stage: Stage): Promise<LinkOf<LockEnd>> {
  const link = await lock.open(stage)
  expectOutcome(await link.producer.acquire(), 'lock').toSucceed()
  await link.producer.peer.kill()
  return link
}

/** The heir is told, has the mutex, and mends it: from then on it locks and unlocks as ever. */
async function isMended(heir: LockEnd): Promise<void> {
  const other = heir.in(await heir.peer.fork('other'))
  expectOutcome(await heir.acquire(), 'lock after the owner died').toFail('EOWNERDEAD')
  expectOutcome(await other.tryAcquire(), 'trylock of another while the heir has it').toFail('EBUSY')
  expectOutcome(await consistent(heir), 'pthread_mutex_consistent').toSucceed()
  expectOutcome(await heir.release(), 'unlock').toSucceed()
  for (const end of [other, heir]) {
    expectOutcome(await end.acquire(), 'lock once it is consistent').toSucceed()
    expectOutcome(await end.release(), 'unlock once it is consistent').toSucceed()
  }
}

export const robustness: readonly SpecificCase[] = [
  {
    id: 'psync.robust-eownerdead',
    mechanism: 'pthread-mutex-robust',
    theme: 'crash',
    core: true,
    says: 'Who locks after the owner was killed has the mutex and is told EOWNERDEAD; once made consistent it locks as ever.',
    cites: ['XSH pthread_mutex_lock', 'XSH pthread_mutex_consistent'],
    async run(stage) {
      const { consumer } = await orphaned(pthreadMutexRobust, stage)
      await isMended(consumer)
    },
  },
  {
    id: 'psync.robust-pi',
    mechanism: 'pthread-mutex-robust-pi',
    theme: 'crash',
    says: 'A robust mutex that inherits priorities tells of a dead owner too, whoever waits for it and whoever comes later.',
    cites: ['XSH pthread_mutexattr_setprotocol', 'XSH pthread_mutex_lock'],
    async run(stage) {
      const { consumer } = await orphaned(pthreadMutexRobustPi, stage)
      await isMended(consumer)
      const waiter = consumer.in(await consumer.peer.fork('waiter'))
      expectOutcome(await consumer.acquire(), 'lock').toSucceed()
      const waiting = waiter.acquire()
      await waiter.blocked()
      await consumer.peer.kill()
      expectOutcome(await waiting, 'the lock that had waited').toFail('EOWNERDEAD')
    },
  },
  {
    id: 'psync.robust-blocked-waiter',
    mechanism: 'pthread-mutex-robust',
    theme: 'crash',
    says: 'A process that waits for the mutex is woken when the owner is killed, has the mutex, and is told EOWNERDEAD.',
    cites: ['XSH pthread_mutex_lock'],
    async run(stage) {
      const { producer, consumer } = await pthreadMutexRobust.open(stage)
      expectOutcome(await producer.acquire(), 'lock').toSucceed()
      const waiting = consumer.acquire()
      await consumer.blocked()
      await producer.peer.kill()
      expectOutcome(await waiting, 'the lock that had waited').toFail('EOWNERDEAD')
      expectOutcome(await consistent(consumer), 'pthread_mutex_consistent').toSucceed()
      expectOutcome(await consumer.release(), 'unlock').toSucceed()
    },
  },
  {
    id: 'psync.robust-enotrecoverable',
    mechanism: 'pthread-mutex-robust',
    theme: 'crash',
    says: 'Unlocked without having been made consistent the mutex is lost: whoever waits or comes later gets ENOTRECOVERABLE.',
    cites: ['XSH pthread_mutex_consistent', 'XSH pthread_mutex_lock'],
    async run(stage) {
      const { consumer } = await orphaned(pthreadMutexRobust, stage)
      const waiter = consumer.in(await consumer.peer.fork('waiter'))
      expectOutcome(await consumer.acquire(), 'lock after the owner died').toFail('EOWNERDEAD')
      const waiting = waiter.acquire()
      await waiter.blocked()
      expectOutcome(await consumer.release(), 'unlock of what is not consistent').toSucceed()

      expectOutcome(await waiting, 'the lock that had waited').toFail('ENOTRECOVERABLE')
      expectOutcome(await consumer.acquire(), 'lock').toFail('ENOTRECOVERABLE')
      expectOutcome(await consumer.tryAcquire(), 'trylock').toFail('ENOTRECOVERABLE')
      expectOutcome(await consistent(consumer), 'pthread_mutex_consistent when it is too late').toFail('EINVAL')
    },
  },
  {
    id: 'psync.robust-exec',
    mechanism: 'pthread-mutex-robust',
    theme: 'crash',
    says: 'An owner that executes another program has died as far as the mutex is concerned, though its process lives.',
    cites: ['XSH exec', 'get_robust_list(2)'],
    async run(stage) {
      const { producer: owner } = await pthreadMutexRobust.open(stage)
      const [r, w] = await makePipe(owner, 'O_CLOEXEC')
      const heir = owner.in(await owner.peer.fork('heir'))
      await owner.must('dup2', r, 0)
      expectOutcome(await owner.acquire(), 'lock').toSucceed()
      const waiting = heir.acquire()
      await heir.blocked()

      const ended = owner.peer.exit()
      void owner.call('exec', 'self', ['program', 'hold'])
      expectOutcome(await waiting, 'the lock that had waited').toFail('EOWNERDEAD')
      expectValue(['running', 'sleeping'], 'the states of a process that lives').toContain(await owner.peer.state())
      await heir.must('close', w)
      expectExit(await ended, 'the program, once its input has ended,').toHaveExitedWith(0)
    },
  },
]
