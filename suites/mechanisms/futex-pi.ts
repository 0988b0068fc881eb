/**
 * The priority-inheriting futex: a lock whose owner the kernel knows, by the number in the word. Nobody is told of an
 * owner that died, but that there is no such process any more.
 */

import type { Lock, LockIo } from '../../harness/pair/stage.ts'
import { lockOnThePage, openLock, pthreadLockTraits } from './pthread-locks.ts'

const io: LockIo = {
  baton: 'futex-pi',
  acquire: (word) => ['futex-lock-pi', word],
  tryAcquire: (word) => ['futex-trylock-pi', word],
  timedAcquire: (word, milliseconds) => ['futex-lock-pi', word, 0, milliseconds],
  release: (word) => ['futex-unlock-pi', word],
}

export const futexPi: Lock = {
  ...lockOnThePage,
  id: 'futex-pi',
  title: 'Futex, priority-inheriting',
  cites: ['futex(2)'],
  traits: {
    ...pthreadLockTraits,
    whenHeld: { error: 'EAGAIN' },
    holderKilled: { is: 'told', says: { error: 'ESRCH' } },
  },
  open: (stage) => openLock(stage, io),
}
