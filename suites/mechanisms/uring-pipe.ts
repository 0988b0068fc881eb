/** A pipe that is read and written by way of io_uring: a write takes what there is room for, and waits where there is none. */

import type { Channel } from '../../harness/pair/stage.ts'
import { ioUring, readWriteIo, usedByRings } from './io-uring.ts'
import { pipe } from './pipe.ts'
import { pipeTraits } from './traits.ts'

export const uringPipe: Channel = {
  id: 'uring-pipe',
  title: 'Pipe by way of io_uring',
  kind: 'channel',
  family: 'pipe',
  os: 'linux',
  cites: ['io_uring_enter(2)', 'pipe(7)'],
  needs: [ioUring],
  traits: {
    ...pipeTraits,
    maxMessage: { is: 'taken-in-part', bytes: 65_536 },
    cutSend: 'whole-or-nothing',
    interrupted: 'always-eintr',
  },
  open: async (stage) => usedByRings(await pipe.open(stage), readWriteIo),
}
