/** TCP over the loopback network, of both versions of IP: the consumer listens, the producer connects. */

import type { ChannelTraits, Need } from '../../harness/model.ts'
import type { Channel, Naming } from '../../harness/pair/stage.ts'
import { addressNaming, connectTo, listenAt, loopback, loopback6, openAt, type SocketKind } from './sockets.ts'
import { streamSocketTraits } from './traits.ts'

const traits: ChannelTraits = {
  ...streamSocketTraits,
  naming: 'address',
  // The first send is answered with a reset, and the next finds it.
  writeAfterGone: { is: 'after-one-send', signal: 'SIGPIPE', error: 'EPIPE' },
  readiness: { is: 'poll', atEnd: 'POLLIN' },
}

const namingOf = (family: 'inet' | 'inet6', kind: SocketKind): Naming =>
  addressNaming({
    name: (names) => names.address(family),
    create: async (peer, address) => (await listenAt(peer, kind, address)).said,
    open: (peer, address) => connectTo(peer, kind, address),
  })

/** What the sockets of `tcp` are. */
export const inetStream: SocketKind = { domain: 'AF_INET', type: 'SOCK_STREAM' }

const tcpOver = (family: 'inet' | 'inet6', about: Pick<Channel, 'id' | 'title' | 'cites'>, need: Need): Channel => {
  const kind: SocketKind = family === 'inet' ? inetStream : { domain: 'AF_INET6', type: 'SOCK_STREAM' }
  const naming = namingOf(family, kind)
  return {
    ...about,
    kind: 'channel',
    family: 'socket',
    os: 'linux',
    traits,
    needs: [need],
    naming,
    open: (stage) => openAt(stage, kind, naming.name(stage.names)),
  }
}

export const tcp = tcpOver('inet', { id: 'tcp', title: 'TCP', cites: ['tcp(7)', 'ip(7)', 'RFC 9293'] }, loopback)
export const tcp6 = tcpOver(
  'inet6',
  { id: 'tcp6', title: 'TCP over IPv6', cites: ['tcp(7)', 'ipv6(7)', 'RFC 9293'] },
  loopback6,
)
