/** The named pipe of Windows in byte mode: a duplex stream. */

import type { Channel } from '../../harness/pair/stage.ts'
import { namedPipeTraits } from './traits.ts'
import { namedPipeNaming, openNamedPipe } from './win-named-pipe.ts'

export const winNamedPipeByte: Channel = {
  id: 'win-named-pipe-byte',
  title: 'Windows named pipe, byte mode',
  kind: 'channel',
  family: 'pipe',
  os: 'windows',
  cites: ['MS:CreateNamedPipeW', 'MS "Named Pipe Type, Read, and Wait Modes"'],
  traits: namedPipeTraits,
  naming: namedPipeNaming('BYTE'),
  open: (stage, how) => openNamedPipe(stage, 'BYTE', how),
}
