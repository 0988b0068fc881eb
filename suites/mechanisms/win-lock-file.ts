/**
 * A file that is there while the lock is held: made by whoever comes first, and removed by the system when the handle is
 * closed by which it was made, be it because its maker died. No call waits for it.
 */

import type { Outcome } from '../../harness/model.ts'
import { linkOf, lockOf } from '../../harness/pair/link.ts'
import type { Lock, LockEnd, Naming, Peer } from '../../harness/pair/stage.ts'
import { namesOfFiles } from './win-files.ts'

const removedOnClose = 'FILE_ATTRIBUTE_TEMPORARY|FILE_FLAG_DELETE_ON_CLOSE'

const naming: Naming = { ...namesOfFiles('lock', removedOnClose), orphaned: { error: 'ERROR_FILE_NOT_FOUND' } }

const noHandle = -1

/** Who acquires it does so by a handle that is new each time, and releases it by that one. */
function lockFileIn(peer: Peer, path: string): LockEnd {
  let holding = noHandle
  const attempt = () => ['CreateFile', path, 'GENERIC_WRITE', 0, 'CREATE_NEW', removedOnClose] as const
  const end = lockOf(peer, noHandle, {
    acquire: attempt,
    tryAcquire: attempt,
    release: () => ['CloseHandle', holding],
  })
  const keeping = async (attempted: Promise<Outcome>): Promise<Outcome> => {
    const outcome = await attempted
    if (outcome.error === undefined) holding = outcome.ret
    return outcome
  }
  return {
    ...end,
    acquire: () => keeping(end.acquire()),
    tryAcquire: () => keeping(end.tryAcquire()),
    in: (other) => lockFileIn(other, path),
  }
}

export const winLockFile: Lock = {
  id: 'win-lock-file',
  title: 'Windows lock file (CREATE_NEW)',
  kind: 'lock',
  family: 'file',
  os: 'windows',
  cites: ['MS:CreateFileW CREATE_NEW', 'MS:CreateFileW FILE_FLAG_DELETE_ON_CLOSE'],
  traits: {
    whenHeld: { error: 'ERROR_FILE_EXISTS' },
    holderKilled: { is: 'released' },
    releasedBy: 'its-holder',
    timedAcquire: { is: 'none' },
    persistence: 'nothing',
    naming: 'path',
    inheritance: 'system-wide',
    interrupted: 'never-waits',
  },
  naming,
  async open({ start, names }) {
    const path = naming.name(names)
    const [producer, consumer] = [await start('producer'), await start('consumer')]
    return linkOf(lockFileIn(producer, path), lockFileIn(consumer, path), path)
  },
}
