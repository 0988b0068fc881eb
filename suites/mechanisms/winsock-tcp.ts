/** TCP over the loopback network by Winsock: the consumer listens, the producer connects. */

import type { Channel } from '../../harness/pair/stage.ts'
import { connectTo, listenAt, openAt, type SocketKind } from './sockets.ts'
import { winsock, winsockNaming, winsockNeeds, winsockStreamTraits } from './winsock.ts'

/** What the sockets of `winsock-tcp` are. */
export const winsockStream: SocketKind = { domain: 'AF_INET', type: 'SOCK_STREAM', api: winsock }

const naming = winsockNaming(
  {
    name: (names) => names.address('inet'),
    create: async (peer, address) => (await listenAt(peer, winsockStream, address)).said,
    open: (peer, address) => connectTo(peer, winsockStream, address),
  },
  'WSAECONNREFUSED',
)

export const winsockTcp: Channel = {
  id: 'winsock-tcp',
  title: 'TCP by Winsock',
  kind: 'channel',
  family: 'socket',
  os: 'windows',
  cites: ['MS:socket', 'MS:connect', 'MS:send', 'MS:recv', 'MS "Windows Sockets Error Codes"'],
  traits: { ...winsockStreamTraits, naming: 'address' },
  needs: winsockNeeds,
  naming,
  open: (stage) => openAt(stage, winsockStream, naming.name(stage.names)),
}
