/** The record lock of POSIX: it belongs to a process, on a range of a file. */

import type { Lock } from '../../harness/pair/stage.ts'
import { fileLockTraits, lockedFile, lockNaming, rangeLockIo } from './file-locks.ts'

const io = rangeLockIo('fcntl-lock', 'F_SETLK', 'F_SETLKW')

export const fcntlLock: Lock = {
  id: 'fcntl-lock',
  title: 'File lock of a process (fcntl)',
  kind: 'lock',
  family: 'file',
  os: 'linux',
  cites: ['XSH fcntl F_SETLK', 'fcntl(2)'],
  traits: {
    ...fileLockTraits,
    whenHeld: { error: ['EAGAIN', 'EACCES'] },
    inheritance: 'never',
    releasedBy: 'its-holder',
  },
  naming: lockNaming,
  open: (stage) => lockedFile(stage, io),
}
