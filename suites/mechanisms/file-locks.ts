/** What locks on files have in common: the file, which has a name and a mode and stays when everybody has died. */

import type { LockTraits } from '../../harness/model.ts'
import { linkOf, lockOf } from '../../harness/pair/link.ts'
import type { LinkOf, LockEnd, LockIo, Naming, Peer, Stage } from '../../harness/pair/stage.ts'
import { becomeNobody } from './nobody.ts'

const inheritance = 'left by who died'

export const createFile = (peer: Peer, path: string, mode = 0o666) =>
  peer.call('open', path, 'O_RDWR|O_CREAT|O_EXCL', mode)

export const fileNaming: Naming = {
  name: (names) => names.path('lock'),
  create: (peer, path) => createFile(peer, path),
  createPrivate: (peer, path) => createFile(peer, path, 0o600),
  open: (peer, path) => peer.call('open', path, 'O_RDWR'),
  remove: (peer, path) => peer.call('unlink', path),
  heritage: {
    leave: (peer, made) => peer.call('write', made.ret, inheritance),
    async find(peer, opened) {
      const found = await peer.call('read', opened.ret, 64)
      return Buffer.from(found.hex ?? '', 'hex').toString() === inheritance
    },
  },
  dropRights: becomeNobody,
  collision: { error: 'EEXIST' },
  missing: { error: 'ENOENT' },
  denied: { error: 'EACCES' },
  orphaned: 'opens',
}

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
  const path = fileNaming.name(stage.names)
  const producer = await stage.start('producer')
  const consumer = await stage.start('consumer')
  const mine = await producer.must('open', path, 'O_RDWR|O_CREAT', 0o600)
  const yours = await consumer.must('open', path, 'O_RDWR')
  return linkOf(lockOf(producer, mine, io), lockOf(consumer, yours, io), path)
}

/** fcntl(2) in one of its two kinds, for writing, from the beginning of the file to its end. */
export const rangeLockIo = (attempt: string, wait: string): LockIo => ({
  acquire: (file) => ['fcntl-lock', file, wait, 'F_WRLCK'],
  tryAcquire: (file) => ['fcntl-lock', file, attempt, 'F_WRLCK'],
  release: (file) => ['fcntl-lock', file, attempt, 'F_UNLCK'],
})
