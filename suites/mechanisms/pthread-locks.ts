/**
 * What the locks of pthreads have in common: they are known by their address in shared memory, belong to the process that
 * acquired them, and return their errors.
 */

import type { LockTraits } from '../../harness/model.ts'
import { linkOf, lockOf } from '../../harness/pair/link.ts'
import type { LinkOf, LockEnd, LockIo, Peer, Stage } from '../../harness/pair/stage.ts'
import { livesOnThePage, type Prepare, pairOnPage } from './shared-page.ts'

export const pthreadLockTraits: LockTraits = {
  ...livesOnThePage,
  whenHeld: { error: 'EBUSY' },
  holderKilled: { is: 'stays-locked' },
  releasedBy: 'its-holder',
  timedAcquire: { is: 'argument', says: { error: 'ETIMEDOUT' } },
}

/** What every lock of this sort is. */
export const lockOnThePage = {
  kind: 'lock',
  family: 'synchronisation',
  os: 'linux',
  traits: pthreadLockTraits,
} as const

export const mutexIo: LockIo = {
  baton: 'pthread-mutex',
  acquire: (mutex) => ['pthread_mutex_lock', mutex],
  tryAcquire: (mutex) => ['pthread_mutex_trylock', mutex],
  timedAcquire: (mutex, milliseconds) => ['pthread_mutex_timedlock', mutex, milliseconds],
  release: (mutex) => ['pthread_mutex_unlock', mutex],
}

export const shared = 'PTHREAD_PROCESS_SHARED'
export const robust = `${shared}|PTHREAD_MUTEX_ROBUST`
export const robustInheriting = `${robust}|PTHREAD_PRIO_INHERIT`

/** Makes a mutex, or ends the case where the system has none of that sort. */
export async function makeMutex(stage: Stage, peer: Peer, mutex: number, flags: string): Promise<void> {
  const made = await peer.call('pthread_mutex_init', mutex, flags)
  if (made.error === 'EOPNOTSUPP') {
    stage.unsupported(
      `pthread_mutex_init of ${flags} fails with EOPNOTSUPP; needs a kernel with these futex operations`,
    )
  }
  if (made.error !== undefined) throw new TypeError(`pthread_mutex_init of ${flags} fails with ${made.error}`)
}

/** A mutex that two processes share. */
export const openMutex = (flags: string) => (stage: Stage) =>
  openLock(stage, mutexIo, (peer, mutex) => makeMutex(stage, peer, mutex, flags))

export async function openLock(stage: Stage, io: LockIo, prepare?: Prepare): Promise<LinkOf<LockEnd>> {
  const { producer, consumer, page } = await pairOnPage(stage, prepare)
  return linkOf(lockOf(producer, page, io), lockOf(consumer, page, io))
}
