/**
 * A pipe that is fed with the pages of its producer and no copy of them. It holds so many pieces, each on a page of its
 * own, and takes of a longer send what it has room for.
 */

import { descriptorIo, endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel, Io } from '../../harness/pair/stage.ts'
import { pipe } from './pipe.ts'
import { pipeTraits } from './traits.ts'

/** A vmsplice that may not wait says so itself: O_NONBLOCK means nothing to it. */
const splicingIo: Io = {
  ...descriptorIo,
  transport: 'vmsplice',
  send: (handle, data, waits) => ['vmsplice', handle, data, waits ? 0 : 'SPLICE_F_NONBLOCK'],
}

export const vmsplicePipe: Channel = {
  id: 'vmsplice-pipe',
  title: 'Pipe fed by vmsplice',
  kind: 'channel',
  family: 'pipe',
  os: 'linux',
  cites: ['vmsplice(2)', 'splice(2)', 'pipe(7)'],
  traits: { ...pipeTraits, maxMessage: { is: 'taken-in-part', bytes: 65_536 }, cutSend: 'whole-or-nothing' },
  async open(stage) {
    const { producer, consumer } = await pipe.open(stage)
    return linkOf(endOf(producer.peer, producer.handle, splicingIo), consumer)
  },
}
