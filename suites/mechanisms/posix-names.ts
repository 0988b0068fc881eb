/** What names of the form `/name` promise, whatever they name: a queue, a semaphore, shared memory. */

import type { Need, Outcome } from '../../harness/model.ts'
import type { Naming, Peer } from '../../harness/pair/stage.ts'
import { becomeNobody } from './nobody.ts'

interface Named {
  readonly stem: string
  /** Exclusive creation. */
  create(peer: Peer, name: string, mode: number): Promise<Outcome>
  open(peer: Peer, name: string): Promise<Outcome>
  /** The call that takes the name away. */
  readonly unlink: string
  readonly heritage: NonNullable<Naming['heritage']>
}

export function posixNaming({ stem, create, open, unlink, heritage }: Named): Naming {
  const creating = (mode: number) => async (peer: Peer, name: string) => {
    await peer.must('umask', 0)
    return create(peer, name, mode)
  }
  return {
    name: (names) => names.posix(stem),
    create: creating(0o666),
    createPrivate: creating(0o600),
    open,
    remove: (peer, name) => peer.call(unlink, name),
    heritage,
    dropRights: becomeNobody,
    collision: { error: 'EEXIST' },
    missing: { error: 'ENOENT' },
    denied: { error: 'EACCES' },
    orphaned: 'opens',
  }
}

/** Where Linux keeps the names of semaphores and of shared memory. */
export const sharedMemoryFolder: Need = {
  works: ['access', '/dev/shm', 'W_OK|X_OK'],
  otherwise: 'mount a tmpfs there that everybody may write to',
}
