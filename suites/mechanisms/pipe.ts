/** The anonymous pipe: made by one process, inherited by the other over fork(), each closing the end it does not use. */

import { descriptorIo } from '../../harness/pair/link.ts'
import type { Channel } from '../../harness/pair/stage.ts'
import { openPipe } from './pipe-ends.ts'
import { pipeTraits } from './traits.ts'

export const pipe: Channel = {
  id: 'pipe',
  title: 'Pipe',
  kind: 'channel',
  family: 'pipe',
  os: 'linux',
  cites: ['pipe(2)', 'pipe(7)', 'XSH pipe'],
  traits: pipeTraits,
  open: (stage) => openPipe(stage, descriptorIo),
}
