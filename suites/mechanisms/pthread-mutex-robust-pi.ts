/** The robust mutex that lends its owner the priority of those who wait: the kernel itself keeps its owner and its queue. */

import type { Lock } from '../../harness/pair/stage.ts'
import { openMutex, robustInheriting } from './pthread-locks.ts'
import { pthreadMutexRobust } from './pthread-mutex-robust.ts'

export const pthreadMutexRobustPi: Lock = {
  ...pthreadMutexRobust,
  id: 'pthread-mutex-robust-pi',
  title: 'Process-shared mutex, robust and priority-inheriting',
  cites: ['XSH pthread_mutexattr_setprotocol', 'XSH pthread_mutexattr_setrobust'],
  open: openMutex(robustInheriting),
}
