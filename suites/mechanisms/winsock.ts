/**
 * What the socket mechanisms of Windows share: Winsock has to be started in each process that uses it, a socket is closed
 * by a call of its own, and errors have names of their own. Everything else is as in sockets.ts.
 */

import type { ChannelTraits, Need } from '../../harness/model.ts'
import { endOf } from '../../harness/pair/link.ts'
import type { End, Io, Naming, Peer } from '../../harness/pair/stage.ts'
import { datagramTraits } from './datagrams.ts'
import { addressNaming, loopback, type SocketApi } from './sockets.ts'
import { streamSocketTraits } from './traits.ts'
import { actRestricted } from './win-user.ts'

/** MAKEWORD(2, 2), the version of Winsock that there is. */
export const startWords = ['WSAStartup', 0x202] as const

/** Once for each process; again is counted, and changes nothing. */
export const startWinsock = (peer: Pick<Peer, 'must'>): Promise<number> => peer.must(...startWords)

export const winsockIo: Io = {
  transport: 'socket',
  send: (handle, data) => ['send', handle, data, 0],
  recv: (handle, max) => ['recv', handle, max, 0],
  close: (handle) => ['closesocket', handle],
  blocking: (handle, on) => ['ioctlsocket-FIONBIO', handle, on ? 0 : 1],
  // POLLIN would ask for urgent data too.
  ready: (handle, milliseconds) => ['WSAPoll', [[handle, 'POLLRDNORM']], milliseconds],
  narrow: (handle) => [['setsockopt', handle, 'SOL_SOCKET', 'SO_SNDBUF', 4096]],
}

/** A child inherits the socket and not that Winsock was started: that is the first thing it does. */
const winsockEnd = (peer: Peer, handle: number, io: Io): End => ({
  ...endOf(peer, handle, io),
  in(other) {
    void startWinsock(other)
    return winsockEnd(other, handle, io)
  },
})

/** No `reuse`: an address can be bound again while connections linger, and SO_REUSEADDR would share it with strangers. */
export const winsock: SocketApi = { prepare: startWinsock, io: winsockIo, end: winsockEnd }

/** What every socket of Windows promises where its words differ from those of POSIX. */
const winsockTraits = {
  whenEmpty: { error: 'WSAEWOULDBLOCK' },
  timedReceive: { is: 'poll' },
  inheritance: 'handle',
  interrupted: 'no-signals',
} as const

export const winsockStreamTraits: ChannelTraits = {
  ...streamSocketTraits,
  ...winsockTraits,
  whenFull: { error: 'WSAEWOULDBLOCK' },
  // A reset is what "normally results if the peer application on the remote host is suddenly stopped".
  peerDied: { anyOf: [{ ret: 0 }, { error: 'WSAECONNRESET' }] },
  writeAfterGone: { is: 'within-two-sends', signal: 'none', error: ['WSAECONNRESET', 'WSAECONNABORTED'] },
  readiness: { is: 'poll', there: 'POLLRDNORM', atEnd: 'POLLHUP' },
}

export const winsockDatagramTraits: ChannelTraits = {
  ...datagramTraits,
  ...winsockTraits,
  shortRead: { is: 'fails-with-part', error: 'WSAEMSGSIZE' },
  // That nobody was there comes back to the socket, and a receive finds it.
  writeAfterGone: { is: 'by-a-receive', signal: 'none', error: 'WSAECONNRESET' },
  readiness: { is: 'poll', there: 'POLLRDNORM', atEnd: 'nothing' },
}

export const winsockNaming = (about: Pick<Naming, 'name' | 'create' | 'open'>, refused: string): Naming => ({
  ...addressNaming(about, refused, 'WSAEADDRINUSE'),
  dropRights: actRestricted,
})

/** In a fresh network namespace, where Wine may run, the loopback interface is down. */
export const winsockNeeds: readonly Need[] = [loopback]
