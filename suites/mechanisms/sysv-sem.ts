/** The semaphore of System V: a number that whoever knows its key counts up and down, and that nothing gives back. */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, CounterEnd, CounterIo, LinkOf, Stage } from '../../harness/pair/stage.ts'
import { keyNaming, type SystemV, sharedByKey, systemVTraits } from './system-v.ts'

/** SEMVMX, which no system lets be changed. */
export const highestValue = 32_767

/** Sets of two: a case that needs a second semaphore has it. */
export const semaphores: SystemV = {
  stem: 'semaphores',
  get: (key, flags) => ['semget', key, 2, flags],
  removal: 'semctl-IPC_RMID',
}

/** The first of the set. With SEM_UNDO what was taken is given back by the kernel when its taker dies. */
const counting = (taking: '0' | 'SEM_UNDO'): CounterIo => ({
  ...(taking === '0' ? { bell: 'sysv-sem' } : { baton: 'sysv-sem-undo' }),
  add: (id) => ['semop', id, [[0, 1, 0]]],
  take: (id) => ['semop', id, [[0, -1, taking]]],
  tryTake: (id) => ['semop', id, [[0, -1, `IPC_NOWAIT|${taking}`]]],
  timedTake: (id, milliseconds) => ['semtimedop', id, [[0, -1, taking]], milliseconds],
  fill: (id, below) => ['semctl-SETVAL', id, 0, highestValue - below],
})

export async function openSemaphore(stage: Stage, taking: '0' | 'SEM_UNDO'): Promise<LinkOf<CounterEnd>> {
  const { producer, consumer, id, key } = await sharedByKey(stage, semaphores)
  const io = counting(taking)
  return linkOf(counterOf(producer, id, io), counterOf(consumer, id, io), key)
}

export const sysvSem: Counter = {
  id: 'sysv-sem',
  title: 'System V semaphore',
  kind: 'counter',
  family: 'semaphore',
  os: 'linux',
  cites: ['sysvipc(7)', 'XSH semget', 'XSH semop', 'semop(2)'],
  traits: {
    ...systemVTraits,
    atMaximum: { is: 'fails', error: 'ERANGE' },
    whenEmpty: { error: 'EAGAIN' },
    takes: 'one',
    takerKilled: 'not-given-back',
    readiness: 'none',
    timedTake: { is: 'argument', says: { error: 'EAGAIN' } },
  },
  naming: keyNaming(semaphores, {
    leave: (peer, { ret: id }) => peer.call('semop', id, [[0, 1, 0]]),
    find: async (peer, { ret: id }) => (await peer.call('semctl-GETVAL', id, 0)).ret === 1,
  }),
  open: (stage) => openSemaphore(stage, '0'),
}
