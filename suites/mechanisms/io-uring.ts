/**
 * Transfers by way of an io_uring: each is one io_uring_enter that hands over one request and waits for its completion.
 * A signal ends the wait whatever its handler was set to, and the request is taken back.
 */

import type { Need } from '../../harness/model.ts'
import { endOf, linkOf } from '../../harness/pair/link.ts'
import type { Io, Link } from '../../harness/pair/stage.ts'

export const ioUring: Need = {
  works: ['io_uring_setup', 4, 0],
  otherwise: 'allow it: sysctl kernel.io_uring_disabled=0, and a seccomp profile that knows io_uring',
}

/** How a request is made: its opcode, and the flags that it has when it may wait and when it may not. */
interface Transfer {
  readonly opcode: string
  readonly waiting: string | number
  readonly impatient: string
}

function uringIo(sending: Transfer, receiving: Transfer): Io {
  return {
    transport: 'io-uring',
    send: (handle, data, waits) => ['io_uring-send', handle, data, sending.opcode, flagsOf(sending, waits)],
    recv: (handle, max, waits) => ['io_uring-recv', handle, max, receiving.opcode, flagsOf(receiving, waits)],
    close: (handle) => ['close', handle],
    ready: (handle, milliseconds) => ['poll', [[handle, 'POLLIN']], milliseconds],
  }
}

const flagsOf = ({ waiting, impatient }: Transfer, waits: boolean) => (waits ? waiting : impatient)

/** As read and write do it. O_NONBLOCK means nothing to these: it is said request by request. */
export const readWriteIo = uringIo(
  { opcode: 'IORING_OP_WRITE', waiting: 0, impatient: 'RWF_NOWAIT' },
  { opcode: 'IORING_OP_READ', waiting: 0, impatient: 'RWF_NOWAIT' },
)

/** As send and recv do it. A send sends all that it was given only where it is told to wait for all. */
export const sendReceiveIo = uringIo(
  { opcode: 'IORING_OP_SEND', waiting: 'MSG_WAITALL', impatient: 'MSG_DONTWAIT' },
  { opcode: 'IORING_OP_RECV', waiting: 0, impatient: 'MSG_DONTWAIT' },
)

/** A link that is open already, used by rings. */
export const usedByRings = ({ producer, consumer }: Link, io: Io): Link =>
  linkOf(endOf(producer.peer, producer.handle, io), endOf(consumer.peer, consumer.handle, io))
