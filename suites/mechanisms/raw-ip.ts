/** Raw IP over the loopback network: packets of a protocol of one's own, between two addresses. */

import type { Outcome } from '../../harness/model.ts'
import type { Channel, Grip, Io, Names } from '../../harness/pair/stage.ts'
import { datagramTraits } from './datagrams.ts'
import { loopback, openBetween, rawSockets, type SocketKind, socketIo } from './sockets.ts'

/** For experiments (RFC 3692): the kernel speaks no such protocol. */
export const experimental = 253

export const inetRaw = (protocol: NonNullable<SocketKind['protocol']>): SocketKind => ({
  domain: 'AF_INET',
  type: 'SOCK_RAW',
  protocol,
})

/** What comes is a whole packet; its header is told beside what was sent. */
const rawIo: Io = {
  ...socketIo,
  transport: 'raw-ip',
  recv: (handle, max) => ['recv-ip', handle, max, 0],
}

/** An address of this case alone. There are no ports. */
export const hostOf = (names: Names): string => names.address('inet').replace(/:.*/, ':0')

/** Until it is bound a raw socket receives what anybody sends to anybody: that is taken out of the way. */
export const forgetStrangers = ({ call, handle }: Pick<Grip, 'call' | 'handle'>): Promise<Outcome> =>
  call('repeat', 100_000, 0, 'recv', handle, 64, 'MSG_DONTWAIT')

export const rawIp: Channel = {
  id: 'raw-ip',
  title: 'Raw IP socket',
  kind: 'channel',
  family: 'socket',
  os: 'linux',
  cites: ['raw(7)', 'ip(7)', 'RFC 791'],
  traits: {
    ...datagramTraits,
    // An address is nobody's own: whoever binds it receives a copy.
    naming: 'none',
    // 65535 less the header of IP.
    maxMessage: { is: 'at-most', bytes: 65_515, error: 'EMSGSIZE' },
  },
  needs: [...rawSockets, loopback],
  async open(stage) {
    const link = await openBetween(stage, inetRaw(experimental), hostOf(stage.names), hostOf(stage.names), rawIo)
    await Promise.all([forgetStrangers(link.producer), forgetStrangers(link.consumer)])
    return link
  },
}
