/** The lock of BSD: it belongs to an open file description, and is on the whole file. */

import type { Lock, LockIo } from '../../harness/pair/stage.ts'
import { fileLockTraits, lockedFile } from './file-locks.ts'
import { ofdLock } from './ofd-lock.ts'

const io: LockIo = {
  baton: 'flock',
  acquire: (file) => ['flock', file, 'LOCK_EX'],
  tryAcquire: (file) => ['flock', file, 'LOCK_EX|LOCK_NB'],
  release: (file) => ['flock', file, 'LOCK_UN'],
}

export const flock: Lock = {
  ...ofdLock,
  id: 'flock',
  title: 'File lock (flock)',
  cites: ['flock(2)'],
  traits: fileLockTraits,
  open: (stage) => lockedFile(stage, io),
}
