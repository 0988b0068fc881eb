/**
 * The lock on a range of a file: it belongs to the process and the handle by which it was acquired, and who reads or
 * writes there without it is refused.
 */

import { linkOf, lockOf } from '../../harness/pair/link.ts'
import type { Lock, LockIo } from '../../harness/pair/stage.ts'
import { fileNaming, openFile } from './win-files.ts'

/** The range that is locked: what is written there does not matter, nor whether there is anything. */
const range = [0, 'MAXDWORD'] as const

const io: LockIo = {
  baton: 'win-file-lock',
  acquire: (file) => ['LockFileEx', file, 'LOCKFILE_EXCLUSIVE_LOCK', ...range],
  tryAcquire: (file) => ['LockFileEx', file, 'LOCKFILE_EXCLUSIVE_LOCK|LOCKFILE_FAIL_IMMEDIATELY', ...range],
  release: (file) => ['UnlockFileEx', file, ...range],
}

const bequest = 'left by who died'

const naming = fileNaming('lock', {
  leave: (peer, made) => peer.call('WriteFile', made.ret, bequest),
  async find(peer, opened) {
    const found = await peer.call('ReadFile', opened.ret, 64)
    return found.hex === Buffer.from(bequest).toString('hex')
  },
})

export const winFileLock: Lock = {
  id: 'win-file-lock',
  title: 'Windows file lock (LockFileEx)',
  kind: 'lock',
  family: 'file',
  os: 'windows',
  cites: ['MS:LockFileEx', 'MS:UnlockFileEx', 'MS "Locking and Unlocking Byte Ranges in Files"'],
  traits: {
    whenHeld: { error: 'ERROR_LOCK_VIOLATION' },
    holderKilled: { is: 'released' },
    releasedBy: 'its-holder',
    timedAcquire: { is: 'none' },
    persistence: 'name-and-contents',
    naming: 'path',
    inheritance: 'handle',
    interrupted: 'no-signals',
  },
  naming,
  async open({ start, names }) {
    const path = naming.name(names)
    const producer = await start('producer')
    const consumer = await start('consumer')
    const mine = await openFile(producer, path, { disposition: 'CREATE_NEW' })
    const yours = await openFile(consumer, path, { disposition: 'OPEN_EXISTING' })
    return linkOf(lockOf(producer, mine.ret, io), lockOf(consumer, yours.ret, io), path)
  },
}
