/** The stream socket of the Unix domain, with a path for a name: the consumer listens, the producer connects. */

import type { Outcome } from '../../harness/model.ts'
import { descriptorIo, endOf, linkOf } from '../../harness/pair/link.ts'
import type { Mechanism, Naming, Peer } from '../../harness/pair/stage.ts'
import { becomeNobody } from './nobody.ts'
import { streamSocketTraits } from './traits.ts'

const newSocket = (peer: Peer) => peer.must('socket', 'AF_UNIX', 'SOCK_STREAM', 0)

/** A socket that listens at a path; answers what the first step that failed said, or the last. */
async function listenAt(peer: Peer, path: string, mask: number): Promise<Outcome> {
  const listener = await newSocket(peer)
  await peer.must('umask', mask)
  const bound = await peer.call('bind', listener, path)
  return bound.error === undefined ? peer.call('listen', listener, 1) : bound
}

const naming: Naming = {
  name: (names) => names.path('socket'),
  create: (peer, path) => listenAt(peer, path, 0),
  // To connect is to write.
  createPrivate: (peer, path) => listenAt(peer, path, 0o177),
  open: async (peer, path) => peer.call('connect', await newSocket(peer), path),
  remove: (peer, path) => peer.call('unlink', path),
  dropRights: becomeNobody,
  collision: { error: 'EADDRINUSE' },
  missing: { error: 'ENOENT' },
  denied: { error: 'EACCES' },
  orphaned: { error: 'ECONNREFUSED' },
}

export const unixStream: Mechanism = {
  id: 'unix-stream',
  title: 'Unix-domain stream socket',
  family: 'socket',
  os: 'linux',
  cites: ['unix(7)', 'socket(7)', 'XSH socket'],
  traits: { ...streamSocketTraits, naming: 'path', persistence: 'name' },
  naming,
  async open(stage) {
    const path = naming.name(stage.names)
    const producer = await stage.start('producer')
    const consumer = await stage.start('consumer')
    const listener = await newSocket(consumer)
    await consumer.must('bind', listener, path)
    await consumer.must('listen', listener, 1)
    const w = await newSocket(producer)
    await producer.must('connect', w, path)
    const r = await consumer.must('accept', listener)
    await consumer.must('close', listener)
    return linkOf(endOf(producer, w, descriptorIo), endOf(consumer, r, descriptorIo), path)
  },
}
