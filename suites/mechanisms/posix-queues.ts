/**
 * Message queues of POSIX: how they are made, sent to and received from. A system has room for few of them, and whether
 * there is any left is no fault of theirs: a queue that cannot be had ends its case as `unsupported`, with the reason.
 */

import type { Need, Outcome } from '../../harness/model.ts'
import { Unsupported } from '../../harness/pair/failures.ts'
import type { Io, Peer } from '../../harness/pair/stage.ts'

/** How many messages a queue holds, and how long they may be. */
export interface QueueSize {
  readonly messages: number
  readonly bytes: number
}

/** Less than the kernel lets everybody have. */
export const queueSize: QueueSize = { messages: 8, bytes: 4096 }

export const queuesOf = ({ messages, bytes }: QueueSize): readonly Need[] => [
  { sysctl: 'fs/mqueue/msg_max', atLeast: messages },
  { sysctl: 'fs/mqueue/msgsize_max', atLeast: bytes },
]

/** What a refusal says of the machine, and what would mend it. */
const shortages: Readonly<Record<string, string>> = {
  EMFILE: "this user's queues take all that RLIMIT_MSGQUEUE allows; remove some, or raise it with 'ulimit -q'",
  ENOSPC: "there are as many queues as fs.mqueue.queues_max allows; remove some, or raise it with 'sysctl -w'",
  ENOMEM: 'there is no memory left for a queue; make some',
  ENOSYS: 'this kernel has no message queues; it needs CONFIG_POSIX_MQUEUE',
}

/** Exclusive creation of a queue, open for both directions. */
export async function createQueue(peer: Peer, name: string, mode = 0o600, size = queueSize): Promise<Outcome> {
  const made = await peer.call('mq_open', name, 'O_RDWR|O_CREAT|O_EXCL', mode, size.messages, size.bytes)
  const shortage = shortages[made.error ?? '']
  if (shortage !== undefined) throw new Unsupported(`mq_open fails with ${made.error}: ${shortage}`)
  return made
}

/** No priority, and no receive with less room than the longest message needs, unless that is asked for. */
export const queueIo: Io = {
  transport: 'posix-mq',
  send: (queue, data) => ['mq_send', queue, data, 0],
  recv: (queue, max) => ['mq_receive', queue, Math.max(max, queueSize.bytes)],
  recvShort: (queue, max) => ['mq_receive', queue, max],
  close: (queue) => ['mq_close', queue],
  blocking: (queue, on) => ['mq_setattr', queue, on ? 0 : 'O_NONBLOCK'],
  // On Linux a queue is a descriptor.
  ready: (queue, milliseconds) => ['poll', [[queue, 'POLLIN']], milliseconds],
  timedRecv: (queue, max, milliseconds) => ['mq_timedreceive', queue, Math.max(max, queueSize.bytes), milliseconds],
}
