/**
 * A file that is there while the lock is held: made by whoever comes first, removed to release it. No call waits for it, no
 * process owns it, and the system does not remove it when its maker dies.
 */

import { linkOf, lockOf } from '../../harness/pair/link.ts'
import type { Lock, LockIo } from '../../harness/pair/stage.ts'
import { fileLockTraits, lockNaming } from './file-locks.ts'

const ioOf = (path: string): LockIo => {
  const attempt = () => ['open', path, 'O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC', 0o600] as const
  return { acquire: attempt, tryAcquire: attempt, release: () => ['unlink', path] }
}

const noHandle = -1

export const lockFile: Lock = {
  id: 'lock-file',
  title: 'Lock file (O_EXCL)',
  kind: 'lock',
  family: 'file',
  os: 'linux',
  cites: ['XSH open O_EXCL', 'open(2)', 'XSH unlink'],
  traits: {
    ...fileLockTraits,
    whenHeld: { error: 'EEXIST' },
    holderKilled: { is: 'stays-locked' },
    inheritance: 'system-wide',
    interrupted: 'never-waits',
  },
  naming: lockNaming,
  async open(stage) {
    const path = lockNaming.name(stage.names)
    const io = ioOf(path)
    const [producer, consumer] = [await stage.start('producer'), await stage.start('consumer')]
    return linkOf(lockOf(producer, noHandle, io), lockOf(consumer, noHandle, io), path)
  },
}
