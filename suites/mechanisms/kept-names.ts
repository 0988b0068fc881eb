/**
 * Names that have an owner and a mode, and stay until somebody removes them, whatever became of who made them: paths, the
 * names of POSIX, the keys of System V.
 */

import type { Outcome } from '../../harness/model.ts'
import type { Naming, Peer } from '../../harness/pair/stage.ts'
import { becomeNobody } from './nobody.ts'

/** What is said of all of them. */
export const keptNames = {
  dropRights: becomeNobody,
  collision: { error: 'EEXIST' },
  missing: { error: 'ENOENT' },
  denied: { error: 'EACCES' },
  orphaned: 'opens',
} as const satisfies Partial<Naming>

interface Kept extends Pick<Naming, 'name' | 'open'> {
  /** Exclusive creation. */
  create(peer: Peer, name: string, mode: number): Promise<Outcome>
  /** The call that takes the name away. */
  readonly unlink: string
}

/** Names that one call makes and one takes away. */
export const keptNaming = ({ name, create, open, unlink }: Kept): Naming => ({
  ...keptNames,
  name,
  create: (peer, wanted) => create(peer, wanted, 0o666),
  createPrivate: (peer, wanted) => create(peer, wanted, 0o600),
  open,
  remove: (peer, made) => peer.call(unlink, made),
})
