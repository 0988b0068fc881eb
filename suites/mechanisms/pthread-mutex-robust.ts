/** The robust mutex: who acquires it after its owner has died is told so, and has it. */

import type { Lock } from '../../harness/pair/stage.ts'
import { lockOnThePage, openMutex, pthreadLockTraits, robust } from './pthread-locks.ts'

export const pthreadMutexRobust: Lock = {
  ...lockOnThePage,
  id: 'pthread-mutex-robust',
  title: 'Process-shared mutex, robust',
  cites: ['XSH pthread_mutex_lock', 'XSH pthread_mutexattr_setrobust'],
  traits: { ...pthreadLockTraits, holderKilled: { is: 'told', says: { error: 'EOWNERDEAD' } } },
  open: openMutex(robust),
}
