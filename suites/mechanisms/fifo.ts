/** The FIFO: a pipe with a name, which two strangers open and each waits for the other. */

import { descriptorIo, endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel } from '../../harness/pair/stage.ts'
import { keptNaming } from './kept-names.ts'
import { pipeTraits } from './traits.ts'

const naming = keptNaming({
  name: (names) => names.path('fifo'),
  create: (peer, path, mode) => peer.call('mkfifo', path, mode),
  // For reading, and without waiting for a writer: such an open succeeds by itself.
  open: (peer, path) => peer.call('open', path, 'O_RDONLY|O_NONBLOCK'),
  unlink: 'unlink',
})

export const fifo: Channel = {
  id: 'fifo',
  title: 'FIFO (named pipe)',
  kind: 'channel',
  family: 'pipe',
  os: 'linux',
  cites: ['fifo(7)', 'mkfifo(3)', 'XSH mkfifo'],
  traits: { ...pipeTraits, naming: 'path', persistence: 'name' },
  naming,
  async open(stage) {
    const path = naming.name(stage.names)
    const producer = await stage.start('producer')
    const consumer = await stage.start('consumer')
    await producer.must('mkfifo', path, 0o600)
    const opening = consumer.must('open', path, 'O_RDONLY')
    const w = await producer.must('open', path, 'O_WRONLY')
    const r = await opening
    return linkOf(endOf(producer, w, descriptorIo), endOf(consumer, r, descriptorIo), path)
  },
}
