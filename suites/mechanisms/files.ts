/** Files as mechanisms use them: made exclusively, opened for both directions, and found again with what was left in them. */

import type { Naming, Peer } from '../../harness/pair/stage.ts'
import { keptNaming } from './kept-names.ts'

export const createFile = (peer: Peer, path: string, mode = 0o666) =>
  peer.call('open', path, 'O_RDWR|O_CREAT|O_EXCL', mode)

export const fileNaming = (stem: string, heritage: NonNullable<Naming['heritage']>): Naming => ({
  ...keptNaming({
    name: (names) => names.path(stem),
    create: createFile,
    open: (peer, path) => peer.call('open', path, 'O_RDWR'),
    unlink: 'unlink',
  }),
  heritage,
})
