/** Files of Windows that several processes have open, and what becomes of their names. */

import type { Arg, Outcome } from '../../harness/model.ts'
import type { Naming, Peer } from '../../harness/pair/stage.ts'
import { actRestricted, userOf } from './win-user.ts'

/** How a file is opened: for reading and writing, and so that others may do the same and remove it, if not said otherwise. */
export interface FileOpening {
  readonly disposition: string
  readonly access?: string
  readonly share?: Arg
  readonly flags?: string
  readonly security?: string
}

export const openFile = (peer: Pick<Peer, 'call'>, path: string, how: FileOpening): Promise<Outcome> =>
  peer.call(
    'CreateFile',
    path,
    how.access ?? 'GENERIC_READ|GENERIC_WRITE',
    how.share ?? 'FILE_SHARE_READ|FILE_SHARE_WRITE|FILE_SHARE_DELETE',
    how.disposition,
    how.flags ?? 'FILE_ATTRIBUTE_NORMAL',
    how.security ?? 'inherit',
  )

/** A name whose file is made with these flags. */
export const namesOfFiles = (stem: string, flags?: string): Omit<Naming, 'heritage' | 'remove' | 'orphaned'> => {
  const made = { disposition: 'CREATE_NEW', ...(flags === undefined ? {} : { flags }) }
  return {
    name: (names) => names.path(stem),
    create: (peer, path) => openFile(peer, path, made),
    async createPrivate(peer, path) {
      const { sid } = await userOf(peer)
      return openFile(peer, path, { ...made, security: `D:P(A;;GA;;;${sid})` })
    },
    open: (peer, path) => openFile(peer, path, { disposition: 'OPEN_EXISTING' }),
    dropRights: actRestricted,
    collision: { error: 'ERROR_FILE_EXISTS' },
    missing: { error: 'ERROR_FILE_NOT_FOUND' },
    denied: { error: 'ERROR_ACCESS_DENIED' },
  }
}

/** A file that stays, with what was put in it, when everybody who had it open is gone. */
export const fileNaming = (stem: string, heritage: NonNullable<Naming['heritage']>): Naming => ({
  ...namesOfFiles(stem),
  remove: (peer, path) => peer.call('DeleteFile', path),
  heritage,
  orphaned: 'opens',
})
