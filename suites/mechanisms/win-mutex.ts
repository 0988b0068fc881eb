/** The mutex of Windows: it belongs to a thread. Who acquires it after its owner has died is told so, and has it. */

import { linkOf, lockOf } from '../../harness/pair/link.ts'
import type { Lock, LockIo } from '../../harness/pair/stage.ts'
import {
  namedObjectTraits,
  objectNaming,
  pairWithObject,
  timeIsOver,
  waitFor,
  waitWithDeadline,
} from './win-objects.ts'

const free = { sort: 'Mutex', made: ['FALSE'] } as const

const io: LockIo = {
  baton: 'win-mutex',
  acquire: (mutex) => waitFor(mutex, 'INFINITE'),
  tryAcquire: (mutex) => waitFor(mutex, 0),
  timedAcquire: waitFor,
  release: (mutex) => ['ReleaseMutex', mutex],
}

export const winMutex: Lock = {
  id: 'win-mutex',
  title: 'Windows mutex',
  kind: 'lock',
  family: 'synchronisation',
  os: 'windows',
  cites: ['MS "Mutex Objects"', 'MS:CreateMutexW', 'MS:WaitForSingleObject'],
  traits: {
    ...namedObjectTraits,
    whenHeld: timeIsOver,
    holderKilled: { is: 'told', says: { result: 'WAIT_ABANDONED' } },
    releasedBy: 'its-holder',
    timedAcquire: waitWithDeadline,
  },
  naming: objectNaming(free),
  async open(stage) {
    const { name, producer, consumer, made, opened } = await pairWithObject(stage, free)
    return linkOf(lockOf(producer, made, io), lockOf(consumer, opened, io), name)
  },
}
