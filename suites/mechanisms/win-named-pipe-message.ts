/** The named pipe of Windows in message mode: what is written at once is read at once, or told to be longer. */

import type { Channel } from '../../harness/pair/stage.ts'
import { namedPipeTraits } from './traits.ts'
import { namedPipeNaming, openNamedPipe } from './win-named-pipe.ts'

export const winNamedPipeMessage: Channel = {
  id: 'win-named-pipe-message',
  title: 'Windows named pipe, message mode',
  kind: 'channel',
  family: 'pipe',
  os: 'windows',
  cites: ['MS:CreateNamedPipeW', 'MS "Named Pipe Type, Read, and Wait Modes"'],
  traits: {
    ...namedPipeTraits,
    framing: 'message',
    shortRead: { is: 'more-data' },
    zeroLength: 'empty-message',
    cutSend: 'whole-or-nothing',
  },
  naming: namedPipeNaming('MESSAGE'),
  open: (stage, how) => openNamedPipe(stage, 'MESSAGE', how),
}
