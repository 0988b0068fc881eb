/** The mutex of pthreads, shared between processes. Who dies with it takes it along. */

import type { Lock } from '../../harness/pair/stage.ts'
import { lockOnThePage, openMutex, shared } from './pthread-locks.ts'

export const pthreadMutex: Lock = {
  ...lockOnThePage,
  id: 'pthread-mutex',
  title: 'Process-shared mutex',
  cites: ['XSH pthread_mutex_lock', 'XSH pthread_mutexattr_setpshared'],
  open: openMutex(shared),
}
