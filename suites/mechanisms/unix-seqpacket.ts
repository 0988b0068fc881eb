/** The sequenced-packet socket of the Unix domain: messages both ways over a connection, with an end. */

import { messageSocketTraits } from './traits.ts'
import { seqpacket, unixChannels } from './unix-sockets.ts'

export const {
  path: unixSeqpacket,
  abstract: unixSeqpacketAbstract,
  pair: unixSeqpacketPair,
} = unixChannels(seqpacket, {
  id: 'unix-seqpacket',
  title: 'Unix-domain sequenced-packet socket',
  cites: ['unix(7)', 'socket(7)', 'XSH socket'],
  traits: {
    ...messageSocketTraits,
    zeroLength: 'looks-like-end',
    // What was unread when the other end closed is told first, as in a stream; a signal is never sent (uds-seqpacket.sigpipe).
    writeAfterGone: { is: 'at-once', signal: 'none', error: ['EPIPE', 'ECONNRESET'] },
  },
})
