/** Reliable datagrams of RDS over the loopback network: each end is bound to an address and sends to the other's. */

import type { Channel, End, Io } from '../../harness/pair/stage.ts'
import { datagramTraits } from './datagrams.ts'
import { loopback, openBetween, type SocketKind, socketIo } from './sockets.ts'

const kind: SocketKind = { domain: 'AF_RDS', type: 'SOCK_SEQPACKET' }

/** A plain write() of a sequenced packet marks the end of a record, which RDS does not take. */
const rdsIo: Io = {
  ...socketIo,
  transport: 'rds',
  send: (handle, data) => ['send', handle, data, 0],
}

/** RDS sends no more at once than it was asked to buffer. */
const longest = 65_536

const bufferLongest = ({ must, handle }: End) => must('setsockopt', handle, 'SOL_SOCKET', 'SO_SNDBUF', longest)

export const rds: Channel = {
  id: 'rds',
  title: 'Reliable Datagram Sockets',
  kind: 'channel',
  family: 'socket',
  os: 'linux',
  cites: ['rds(7)', 'Linux Documentation/networking/rds.rst'],
  traits: {
    ...datagramTraits,
    // Nobody is told whether an address is anybody's.
    naming: 'none',
    maxMessage: { is: 'at-most', bytes: longest, error: 'EMSGSIZE' },
    whenFull: { error: ['ENOBUFS', 'EAGAIN'] },
    cutSend: 'whole-or-nothing',
    blockedSender: 'woken',
    timedReceive: { is: 'poll' },
  },
  needs: [
    {
      works: ['socket', 'AF_RDS', 'SOCK_SEQPACKET', 0],
      otherwise: 'the kernel has no RDS; load the module: modprobe rds',
    },
    loopback,
  ],
  async open(stage) {
    const link = await openBetween(stage, kind, stage.names.address('inet'), stage.names.address('inet'), rdsIo)
    await Promise.all([bufferLongest(link.producer), bufferLongest(link.consumer)])
    return link
  },
}
