/** The pipe in packet mode: each write of at most PIPE_BUF bytes is a packet, and is read whole or cut, never joined. */

import { descriptorIo } from '../../harness/pair/link.ts'
import type { Channel, Io } from '../../harness/pair/stage.ts'
import { openPipe } from './pipe-ends.ts'
import { pipeTraits } from './traits.ts'

/** F_SETFL sets every flag at once, so that O_DIRECT has to be said again. */
const packetIo: Io = {
  ...descriptorIo,
  blocking: (handle, on) => ['fcntl', handle, 'F_SETFL', on ? 'O_DIRECT' : 'O_DIRECT|O_NONBLOCK'],
}

export const pipePacket: Channel = {
  id: 'pipe-packet',
  title: 'Pipe in packet mode (O_DIRECT)',
  kind: 'channel',
  family: 'pipe',
  os: 'linux',
  cites: ['pipe(2)', 'pipe(7)'],
  traits: {
    ...pipeTraits,
    framing: 'message',
    shortRead: { is: 'discards-rest' },
    maxMessage: { is: 'split-beyond', bytes: 4096 },
  },
  open: (stage) => openPipe(stage, packetIo, 'O_DIRECT'),
}
