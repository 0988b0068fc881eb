/** UDP over the loopback network, of both versions of IP: each end is bound to an address and connected to the other's. */

import type { ChannelTraits, Need } from '../../harness/model.ts'
import type { Channel } from '../../harness/pair/stage.ts'
import { boundNaming, datagramTraits } from './datagrams.ts'
import { loopback, loopback6, openBetween, type SocketKind } from './sockets.ts'

const udpTraits: ChannelTraits = {
  ...datagramTraits,
  naming: 'address',
  // Each send to where nobody is brings an error back, and the next call takes it for its own.
  writeAfterGone: { is: 'every-other-send', signal: 'none', error: 'ECONNREFUSED' },
}

/** What the sockets of `udp` are. */
export const inetDatagram: SocketKind = { domain: 'AF_INET', type: 'SOCK_DGRAM' }

interface About extends Pick<Channel, 'id' | 'title' | 'cites'> {
  readonly family: 'inet' | 'inet6'
  readonly longest: number
  readonly need: Need
}

function udpOver({ family, longest, need, ...about }: About): Channel {
  const kind: SocketKind = family === 'inet' ? inetDatagram : { domain: 'AF_INET6', type: 'SOCK_DGRAM' }
  const naming = boundNaming(kind, (names) => names.address(family), 2)
  return {
    ...about,
    kind: 'channel',
    family: 'socket',
    os: 'linux',
    traits: { ...udpTraits, maxMessage: { is: 'at-most', bytes: longest, error: 'EMSGSIZE' } },
    needs: [need],
    naming,
    open: (stage) => openBetween(stage, kind, naming.name(stage.names), naming.name(stage.names)),
  }
}

export const udp = udpOver({
  id: 'udp',
  title: 'UDP',
  cites: ['udp(7)', 'ip(7)', 'RFC 768'],
  family: 'inet',
  // 65535 less the headers of IP, 20 bytes, and UDP, 8.
  longest: 65_507,
  need: loopback,
})

export const udp6 = udpOver({
  id: 'udp6',
  title: 'UDP over IPv6',
  cites: ['udp(7)', 'ipv6(7)', 'RFC 768', 'RFC 8200'],
  family: 'inet6',
  // The length of a packet of IPv6 does not count its own header.
  longest: 65_527,
  need: loopback6,
})
