/** The message queue of System V: whoever knows its key sends to it and receives from it, in the order of sending or by type. */

import { endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel, Io } from '../../harness/pair/stage.ts'
import { bequest, isBequest } from './bequest.ts'
import { keyNaming, type SystemV, sharedByKey, systemVTraits } from './system-v.ts'
import { queueTraits } from './traits.ts'

export const queues: SystemV = {
  stem: 'queue',
  get: (key, flags) => ['msgget', key, flags],
  removal: 'msgctl-IPC_RMID',
}

const anyType = 0

/** Every message is of the same type, and a receive takes the first of any. */
const queueIo: Io = {
  transport: 'sysv-msg',
  send: (id, data, waits) => ['msgsnd', id, 1, data, waits ? 0 : 'IPC_NOWAIT'],
  recv: (id, max, waits) => ['msgrcv', id, max, anyType, waits ? 0 : 'IPC_NOWAIT'],
}

const naming = keyNaming(queues, {
  leave: (peer, { ret: id }) => peer.call('msgsnd', id, 1, bequest, 'IPC_NOWAIT'),
  find: async (peer, { ret: id }) => isBequest(await peer.call('msgrcv', id, bequest.length, anyType, 'IPC_NOWAIT')),
})

export const sysvMsg: Channel = {
  id: 'sysv-msg',
  title: 'System V message queue',
  kind: 'channel',
  family: 'queue',
  os: 'linux',
  cites: ['sysvipc(7)', 'XSH msgget', 'XSH msgsnd', 'XSH msgrcv'],
  traits: {
    ...queueTraits,
    ...systemVTraits,
    shortRead: { is: 'refused', error: 'E2BIG' },
    maxMessage: { is: 'at-most', bytes: { sysctl: 'kernel/msgmax' }, error: 'EINVAL' },
    whenEmpty: { error: 'ENOMSG' },
    readiness: { is: 'none' },
    timedReceive: { is: 'none' },
  },
  naming,
  async open(stage) {
    const { producer, consumer, id, key } = await sharedByKey(stage, queues)
    return linkOf(endOf(producer, id, queueIo), endOf(consumer, id, queueIo), key)
  },
}
