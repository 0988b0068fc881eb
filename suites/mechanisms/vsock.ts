/** Sockets between a virtual machine and its host, here from the machine to itself: streams, and records. */

import type { ChannelTraits, Need } from '../../harness/model.ts'
import type { Channel, Names, Naming } from '../../harness/pair/stage.ts'
import { numberFrom } from './datagrams.ts'
import { addressNaming, connectTo, listenAt, openAt, type SocketKind } from './sockets.ts'
import { messageSocketTraits, streamSocketTraits } from './traits.ts'

/** Above the ports that ask for a capability. */
export const vsockAddress = (names: Names): string => `vsock:VMADDR_CID_LOCAL:${numberFrom(names, 1024, 2 ** 30)}`

const namingOf = (kind: SocketKind): Naming => {
  const listen: Naming['create'] = async (peer, address) => (await listenAt(peer, kind, address)).said
  const connect: Naming['open'] = (peer, address) => connectTo(peer, kind, address)
  return addressNaming({ name: vsockAddress, create: listen, open: connect }, 'ECONNRESET')
}

const patienceMs = 200

const reachable = (type: SocketKind['type']): Need => ({
  works: ['reach-vsock', type, patienceMs],
  otherwise: 'nothing carries AF_VSOCK from this machine to itself; load the module: modprobe vsock_loopback',
})

const vsockOf = (kind: SocketKind, about: Pick<Channel, 'id' | 'title'>, traits: ChannelTraits): Channel => ({
  ...about,
  kind: 'channel',
  family: 'socket',
  os: 'linux',
  cites: ['vsock(7)'],
  traits: { ...traits, naming: 'address', readiness: { is: 'poll', atEnd: 'POLLIN' } },
  needs: [reachable(kind.type)],
  naming: namingOf(kind),
  open: (stage) => openAt(stage, kind, vsockAddress(stage.names)),
})

export const vsockStreamKind: SocketKind = { domain: 'AF_VSOCK', type: 'SOCK_STREAM' }

export const vsockStream = vsockOf(
  vsockStreamKind,
  { id: 'vsock-stream', title: 'Stream socket of a virtual machine' },
  streamSocketTraits,
)

export const vsockSeqpacket = vsockOf(
  { domain: 'AF_VSOCK', type: 'SOCK_SEQPACKET' },
  { id: 'vsock-seqpacket', title: 'Sequenced-packet socket of a virtual machine' },
  {
    ...messageSocketTraits,
    // The room that the receiver offers, unless it is changed.
    maxMessage: { is: 'at-most', bytes: 262_144, error: 'EMSGSIZE' },
    writeAfterGone: { is: 'at-once', signal: 'none', error: 'EPIPE' },
  },
)
