/** Semaphores of POSIX, named or not: how they are counted up and down, and what they promise. */

import type { CounterTraits } from '../../harness/model.ts'
import type { CounterIo } from '../../harness/pair/stage.ts'

/** SEM_VALUE_MAX of every C library of Linux. */
export const highestValue = 2_147_483_647

/** The handle is an address. What sem_open maps is what sem_init makes, so that one fills both. */
export const semaphoreIo: CounterIo = {
  bell: 'posix-sem',
  add: (semaphore) => ['sem_post', semaphore],
  take: (semaphore) => ['sem_wait', semaphore],
  tryTake: (semaphore) => ['sem_trywait', semaphore],
  timedTake: (semaphore, milliseconds) => ['sem_timedwait', semaphore, milliseconds],
  fill: (semaphore, below) => ['sem_init', semaphore, 1, highestValue - below],
}

export const semaphoreTraits: CounterTraits = {
  atMaximum: { is: 'fails', error: 'EOVERFLOW' },
  whenEmpty: { error: 'EAGAIN' },
  takes: 'one',
  takerKilled: 'not-given-back',
  readiness: 'none',
  timedTake: { is: 'argument', says: { error: 'ETIMEDOUT' } },
  persistence: 'nothing',
  naming: 'none',
  inheritance: 'memory',
  interrupted: 'eintr-or-restart',
}
