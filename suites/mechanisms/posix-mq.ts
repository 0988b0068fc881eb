/** The message queue of POSIX: one process makes it, a stranger opens its name, and both send and receive. */

import { endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel, Naming } from '../../harness/pair/stage.ts'
import { bequest, isBequest } from './bequest.ts'
import { keptNaming } from './kept-names.ts'
import { createQueue, queueIo, queueSize, queuesOf } from './posix-queues.ts'
import { queueTraits } from './traits.ts'

const naming: Naming = {
  ...keptNaming({
    name: (names) => names.posix('queue'),
    create: createQueue,
    open: (peer, name) => peer.call('mq_open', name, 'O_RDWR'),
    unlink: 'mq_unlink',
  }),
  heritage: {
    leave: (peer, { ret: queue }) => peer.call('mq_send', queue, bequest, 0),
    async find(peer, { ret: queue }) {
      await peer.must('mq_setattr', queue, 'O_NONBLOCK')
      return isBequest(await peer.call('mq_receive', queue, queueSize.bytes))
    },
  },
}

export const posixMq: Channel = {
  id: 'posix-mq',
  title: 'POSIX message queue',
  kind: 'channel',
  family: 'queue',
  os: 'linux',
  cites: ['mq_overview(7)', 'XSH mq_open'],
  traits: {
    ...queueTraits,
    shortRead: { is: 'refused', error: 'EMSGSIZE' },
    maxMessage: { is: 'at-most', bytes: queueSize.bytes, error: 'EMSGSIZE' },
    readiness: { is: 'poll', atEnd: 'nothing' },
    timedReceive: { is: 'argument', says: { error: 'ETIMEDOUT' } },
  },
  needs: queuesOf(queueSize),
  naming,
  async open({ start, names }) {
    const name = naming.name(names)
    const producer = await start('producer')
    const consumer = await start('consumer')
    const { ret: w } = await createQueue(producer, name)
    const r = await consumer.must('mq_open', name, 'O_RDWR')
    return linkOf(endOf(producer, w, queueIo), endOf(consumer, r, queueIo), name)
  },
}
