/** The record lock of an open file description: it belongs to whoever has the descriptor, on a range of a file. */

import type { Lock } from '../../harness/pair/stage.ts'
import { fcntlLock } from './fcntl-lock.ts'
import { fileLockTraits, lockedFile, rangeLockIo } from './file-locks.ts'

const io = rangeLockIo('ofd-lock', 'F_OFD_SETLK', 'F_OFD_SETLKW')

export const ofdLock: Lock = {
  ...fcntlLock,
  id: 'ofd-lock',
  title: 'File lock of a description (fcntl OFD)',
  cites: ['XSH fcntl F_OFD_SETLK', 'fcntl(2)'],
  traits: { ...fileLockTraits, whenHeld: fcntlLock.traits.whenHeld },
  open: (stage) => lockedFile(stage, io),
}
