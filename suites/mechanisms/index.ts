/** The table of contents of mechanisms: one file each. */

import type { Mechanism } from '../../harness/pair/stage.ts'
import { fifo } from './fifo.ts'
import { pipe } from './pipe.ts'
import { pipePacket } from './pipe-packet.ts'
import { unixStream } from './unix-stream.ts'
import { winAnonymousPipe } from './win-anonymous-pipe.ts'
import { winNamedPipeByte } from './win-named-pipe-byte.ts'
import { winNamedPipeMessage } from './win-named-pipe-message.ts'

export const mechanisms: readonly Mechanism[] = [
  pipe,
  pipePacket,
  fifo,
  unixStream,
  winAnonymousPipe,
  winNamedPipeByte,
  winNamedPipeMessage,
]
