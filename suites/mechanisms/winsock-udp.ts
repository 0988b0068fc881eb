/** UDP over the loopback network by Winsock: each end is bound to an address and connected to the other's. */

import type { Outcome } from '../../harness/model.ts'
import type { Channel, Names, Peer } from '../../harness/pair/stage.ts'
import { newSocket, openBetween, type SocketKind } from './sockets.ts'
import { winsock, winsockDatagramTraits, winsockNaming, winsockNeeds } from './winsock.ts'

/** What the sockets of `winsock-udp` are. */
export const winsockDatagram: SocketKind = { domain: 'AF_INET', type: 'SOCK_DGRAM', api: winsock }

/** Of the loopback network's addresses the one that is an interface's: a datagram leaves from that one, whatever is bound. */
export const ownAddress = (names: Names): string => names.address('inet').replace(/^[\d.]+/, '127.0.0.1')

/** To open an address is to send to it, and to hear nothing of that for a while: a connect alone asks nobody. */
async function sendAndListen(peer: Peer, address: string): Promise<Outcome> {
  const socket = await newSocket(peer, winsockDatagram)
  await peer.must('connect', socket, address)
  await peer.must('setsockopt-timeout', socket, 'SOL_SOCKET', 'SO_RCVTIMEO', 50)
  const sent = await peer.call('send', socket, 'hello?', 0)
  const heard = await peer.call('recv', socket, 64, 0)
  return heard.error === 'WSAETIMEDOUT' ? sent : heard
}

const naming = winsockNaming(
  {
    name: ownAddress,
    create: async (peer, address) => peer.call('bind', await newSocket(peer, winsockDatagram), address),
    open: sendAndListen,
  },
  'WSAECONNRESET',
)

export const winsockUdp: Channel = {
  id: 'winsock-udp',
  title: 'UDP by Winsock',
  kind: 'channel',
  family: 'socket',
  os: 'windows',
  cites: ['MS:sendto', 'MS:recvfrom', 'MS "Windows Sockets Error Codes"', 'RFC 768'],
  traits: {
    ...winsockDatagramTraits,
    naming: 'address',
    // 65535 less the headers of IP, 20 bytes, and UDP, 8.
    maxMessage: { is: 'at-most', bytes: 65_507, error: 'WSAEMSGSIZE' },
  },
  needs: winsockNeeds,
  naming,
  open: (stage) => openBetween(stage, winsockDatagram, ownAddress(stage.names), ownAddress(stage.names)),
}
