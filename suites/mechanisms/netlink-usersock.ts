/** Netlink between processes: messages through the kernel, which waits with a sender until its receiver has room. */

import type { Channel, Names } from '../../harness/pair/stage.ts'
import { boundNaming, datagramTraits, numberFrom } from './datagrams.ts'
import { openBetween, type SocketKind } from './sockets.ts'

export const netlinkKind: SocketKind = { domain: 'AF_NETLINK', type: 'SOCK_DGRAM', protocol: 'NETLINK_USERSOCK' }

/** Above what process ids go to, which sockets get for a port by themselves. */
export const portOf = (names: Names): string => `netlink:${numberFrom(names, 2 ** 22, 2 ** 31)}`

const naming = boundNaming(netlinkKind, portOf, 1)

export const netlinkUsersock: Channel = {
  id: 'netlink-usersock',
  title: 'Netlink between processes',
  kind: 'channel',
  family: 'socket',
  os: 'linux',
  cites: ['netlink(7)'],
  traits: {
    ...datagramTraits,
    naming: 'address',
    zeroLength: { error: 'ENODATA' },
    // As a Unix socket: 32 bytes of the send buffer are the kernel's.
    maxMessage: { is: 'at-most', bytes: { sendBufferLess: 32 }, error: 'EMSGSIZE' },
    whenFull: { error: 'EAGAIN' },
    writeAfterGone: { is: 'at-once', signal: 'none', error: 'ECONNREFUSED' },
    cutSend: 'whole-or-nothing',
    blockedSender: 'woken',
  },
  naming,
  open: (stage) => openBetween(stage, netlinkKind, portOf(stage.names), portOf(stage.names)),
}
