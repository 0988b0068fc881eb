/** The stream socket of the Unix domain by Winsock: a path is its address, and a file of the file system. */

import type { Need } from '../../harness/model.ts'
import type { Channel } from '../../harness/pair/stage.ts'
import { connectTo, listenAt, openAt, type SocketKind } from './sockets.ts'
import { startWords, winsock, winsockNaming, winsockStreamTraits } from './winsock.ts'

export const winsockUnixStream: SocketKind = { domain: 'AF_UNIX', type: 'SOCK_STREAM', api: winsock }

/** Windows has had it since version 1803, and Wine not yet in version 9. */
export const hasUnixSockets: Need = {
  works: ['in-turn', 1, startWords, ['socket', 'AF_UNIX', 'SOCK_STREAM', 0]],
  otherwise: 'it takes Windows 10 version 1803 or later, or a Wine that has AF_UNIX',
}

/** Who may open it is who may write to the file; it is made with the rights that its folder hands down. */
const naming = {
  ...winsockNaming(
    {
      name: (names) => names.path('socket'),
      create: async (peer, path) => (await listenAt(peer, winsockUnixStream, path)).said,
      open: (peer, path) => connectTo(peer, winsockUnixStream, path),
    },
    'WSAECONNREFUSED',
  ),
  // What a path says that leads to no file is documented nowhere.
  missing: { error: ['WSAECONNREFUSED', 'WSAENETDOWN', 'WSAEINVAL'] },
  remove: (peer, path) => peer.call('DeleteFile', path),
} satisfies Channel['naming']

export const winsockUnix: Channel = {
  id: 'winsock-unix',
  title: 'Unix-domain stream socket by Winsock',
  kind: 'channel',
  family: 'socket',
  os: 'windows',
  cites: ['MS DevBlogs "AF_UNIX comes to Windows"', 'MS:socket'],
  traits: { ...winsockStreamTraits, naming: 'path', persistence: 'name' },
  needs: [hasUnixSockets],
  naming,
  open: (stage) => openAt(stage, winsockUnixStream, naming.name(stage.names)),
}
