/** A pair of Unix-domain stream sockets that are used by way of io_uring: no send of it ever raises SIGPIPE. */

import type { Channel } from '../../harness/pair/stage.ts'
import { ioUring, sendReceiveIo, usedByRings } from './io-uring.ts'
import { streamSocketTraits } from './traits.ts'
import { unixStreamPair } from './unix-stream.ts'

export const uringUnixStream: Channel = {
  id: 'uring-unix-stream',
  title: 'Unix-domain stream socket by way of io_uring',
  kind: 'channel',
  family: 'socket',
  os: 'linux',
  cites: ['io_uring_enter(2)', 'unix(7)'],
  needs: [ioUring],
  traits: {
    ...streamSocketTraits,
    writeAfterGone: { is: 'at-once', signal: 'none', error: 'EPIPE' },
    timedReceive: { is: 'poll' },
    interrupted: 'always-eintr',
  },
  open: async (stage) => usedByRings(await unixStreamPair.open(stage), sendReceiveIo),
}
