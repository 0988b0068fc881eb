/** The stream socket of the Unix domain: bytes both ways, as in a pipe. */

import { streamSocketTraits } from './traits.ts'
import { stream, unixChannels } from './unix-sockets.ts'

export const {
  path: unixStream,
  abstract: unixStreamAbstract,
  pair: unixStreamPair,
} = unixChannels(stream, {
  id: 'unix-stream',
  title: 'Unix-domain stream socket',
  cites: ['unix(7)', 'socket(7)', 'XSH socket'],
  traits: streamSocketTraits,
})
