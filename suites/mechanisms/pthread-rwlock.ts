/** The read-write lock of pthreads, shared between processes, as a writer acquires it. */

import type { Lock, LockIo } from '../../harness/pair/stage.ts'
import { lockOnThePage, openLock, shared } from './pthread-locks.ts'

const writeIo: LockIo = {
  baton: 'pthread-rwlock',
  acquire: (lock) => ['pthread_rwlock_wrlock', lock],
  tryAcquire: (lock) => ['pthread_rwlock_trywrlock', lock],
  timedAcquire: (lock, milliseconds) => ['pthread_rwlock_timedwrlock', lock, milliseconds],
  release: (lock) => ['pthread_rwlock_unlock', lock],
}

export const pthreadRwlock: Lock = {
  ...lockOnThePage,
  id: 'pthread-rwlock',
  title: 'Process-shared read-write lock, written',
  cites: ['XSH pthread_rwlock_wrlock', 'XSH pthread_rwlockattr_setpshared'],
  open: (stage) => openLock(stage, writeIo, (peer, lock) => peer.must('pthread_rwlock_init', lock, shared)),
}
