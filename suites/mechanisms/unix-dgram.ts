/**
 * The datagram socket of the Unix domain: messages both ways between sockets that never lose one, and never learn that the
 * other has gone but by sending. Both ends are connected to each other, so that each takes from the other alone.
 */

import { messageSocketTraits } from './traits.ts'
import { datagram, unixChannels } from './unix-sockets.ts'

export const {
  path: unixDgram,
  abstract: unixDgramAbstract,
  pair: unixDgramPair,
} = unixChannels(datagram, {
  id: 'unix-dgram',
  title: 'Unix-domain datagram socket',
  cites: ['unix(7)', 'socket(7)', 'XSH socket'],
  traits: {
    ...messageSocketTraits,
    zeroLength: 'empty-message',
    peerGone: 'never-told',
    // The first send dissolves the connection.
    writeAfterGone: { is: 'at-once', signal: 'none', error: ['ECONNREFUSED', 'ENOTCONN'] },
    readiness: { is: 'poll', atEnd: 'nothing' },
  },
})
