/** Reliable datagrams of TIPC, within one node: each end is bound to a service and sends to the other's. */

import type { Need } from '../../harness/model.ts'
import type { Channel, Names } from '../../harness/pair/stage.ts'
import { datagramTraits, numberFrom } from './datagrams.ts'
import { openBetween, type SocketKind } from './sockets.ts'

export const tipcKind: SocketKind = { domain: 'AF_TIPC', type: 'SOCK_RDM' }

/** The number of a service of this case alone, above those that TIPC keeps for itself. */
export const serviceOf = (names: Names): number => numberFrom(names, 2 ** 16, 2 ** 31)

const service = (names: Names): string => `tipc:${serviceOf(names)}:0`

export const tipc: Need = {
  works: ['socket', 'AF_TIPC', 'SOCK_RDM', 0],
  otherwise: 'the kernel has no TIPC; load the module: modprobe tipc',
}

export const tipcRdm: Channel = {
  id: 'tipc-rdm',
  title: 'TIPC reliable datagrams',
  kind: 'channel',
  family: 'socket',
  os: 'linux',
  cites: ['tipc(7)', 'Linux Documentation/networking/tipc.rst'],
  traits: {
    ...datagramTraits,
    // A service is offered by as many as bind it.
    naming: 'none',
    // It is sent, and skipped by the receiver.
    zeroLength: 'no-op',
    maxMessage: { is: 'at-most', bytes: 66_000, error: 'EMSGSIZE' },
    writeAfterGone: { is: 'at-once', signal: 'none', error: 'EHOSTUNREACH' },
  },
  needs: [tipc],
  open: (stage) => openBetween(stage, tipcKind, service(stage.names), service(stage.names)),
}
