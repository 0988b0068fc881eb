/** What locks on files have in common: the file, which has a name and a mode and stays when everybody has died. */

import type { LockTraits } from '../../harness/model.ts'
import { linkOf, lockOf } from '../../harness/pair/link.ts'
import type { LinkOf, LockEnd, LockIo, Stage } from '../../harness/pair/stage.ts'
import { bequest, isBequest } from './bequest.ts'
import { fileNaming } from './files.ts'

export const lockNaming = fileNaming('lock', {
  leave: (peer, made) => peer.call('write', made.ret, bequest),
  find: async (peer, opened) => isBequest(await peer.call('read', opened.ret, 64)),
})

/** A lock that is held through a descriptor of the file. */
export const fileLockTraits: LockTraits = {
  whenHeld: { error: 'EAGAIN' },
  holderKilled: { is: 'released' },
  releasedBy: 'whoever-has-it',
  timedAcquire: { is: 'none' },
  persistence: 'name-and-contents',
  naming: 'path',
  inheritance: 'descriptor',
  interrupted: 'eintr-or-restart',
}

/** Two processes that have opened one file, each for itself. */
export async function lockedFile(stage: Stage, io: LockIo): Promise<LinkOf<LockEnd>> {
  const path = lockNaming.name(stage.names)
  const producer = await stage.start('producer')
  const consumer = await stage.start('consumer')
  const mine = await producer.must('open', path, 'O_RDWR|O_CREAT', 0o600)
  const yours = await consumer.must('open', path, 'O_RDWR')
  return linkOf(lockOf(producer, mine, io), lockOf(consumer, yours, io), path)
}

/** fcntl(2) in one of its two kinds, for writing, from the beginning of the file to its end. */
export const rangeLockIo = (baton: string, attempt: string, wait: string): LockIo => ({
  baton,
  acquire: (file) => ['fcntl-lock', file, wait, 'F_WRLCK'],
  tryAcquire: (file) => ['fcntl-lock', file, attempt, 'F_WRLCK'],
  release: (file) => ['fcntl-lock', file, attempt, 'F_UNLCK'],
})
