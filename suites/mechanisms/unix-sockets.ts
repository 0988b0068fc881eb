/**
 * Sockets of the Unix domain, whatever their type: with a path for a name, with an abstract name, or in pairs that have
 * none. What a type promises stands in its own file; how a socket gets its name and its peer stands here.
 */

import type { ChannelTraits, Outcome } from '../../harness/model.ts'
import { endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel, Link, Names, Naming, Peer, Stage } from '../../harness/pair/stage.ts'
import { numbersOut } from '../../harness/pair/wire.ts'
import { becomeNobody } from './nobody.ts'
import { connectTo, listenAt, newSocket, openAt, openBetween, type SocketKind, socketIo } from './sockets.ts'

export type UnixKind = SocketKind & { readonly domain: 'AF_UNIX' }

export const stream: UnixKind = { domain: 'AF_UNIX', type: 'SOCK_STREAM' }
export const datagram: UnixKind = { domain: 'AF_UNIX', type: 'SOCK_DGRAM' }
export const seqpacket: UnixKind = { domain: 'AF_UNIX', type: 'SOCK_SEQPACKET' }

/** Two sockets that are each other's peer, both in the process that made them. */
export async function makePair(peer: Pick<Peer, 'call'>, kind: UnixKind): Promise<readonly [number, number]> {
  return numbersOut(await peer.call('socketpair', kind.domain, kind.type, 0), 'fds') as [number, number]
}

async function openPair(stage: Stage, kind: UnixKind): Promise<Link> {
  const producer = await stage.start('producer')
  const [w, r] = await makePair(producer, kind)
  const consumer = await producer.fork('consumer')
  await Promise.all([producer.must('close', r), consumer.must('close', w)])
  return linkOf(endOf(producer, w, socketIo), endOf(consumer, r, socketIo))
}

/** A socket that can be reached by a name; answers what the first step that failed said, or the last. */
async function nameSocket(peer: Peer, kind: UnixKind, name: string): Promise<Outcome> {
  if (kind.type !== 'SOCK_DGRAM') return (await listenAt(peer, kind, name)).said
  return peer.call('bind', await newSocket(peer, kind), name)
}

const namingOf = (kind: UnixKind, name: (names: Names) => string): Naming => ({
  name,
  create: (peer, address) => nameSocket(peer, kind, address),
  createPrivate: (peer, address) => nameSocket(peer, kind, address),
  open: (peer, address) => connectTo(peer, kind, address),
  dropRights: becomeNobody,
  collision: { error: 'EADDRINUSE' },
  missing: { error: 'ECONNREFUSED' },
  orphaned: { error: 'ECONNREFUSED' },
})

/** The file that a path becomes lets those connect who may write to it. */
async function nameFile(peer: Peer, kind: UnixKind, path: string, mode: number): Promise<Outcome> {
  await peer.must('umask', 0o777 & ~mode)
  return nameSocket(peer, kind, path)
}

const pathNaming = (kind: UnixKind): Naming => ({
  ...namingOf(kind, (names) => names.path('socket')),
  create: (peer, path) => nameFile(peer, kind, path, 0o777),
  createPrivate: (peer, path) => nameFile(peer, kind, path, 0o600),
  remove: (peer, path) => peer.call('unlink', path),
  missing: { error: 'ENOENT' },
  denied: { error: 'EACCES' },
})

type About = Pick<Channel, 'id' | 'title' | 'cites'> & { readonly traits: ChannelTraits }

/** The mechanism of one kind of socket, and its two variants: by path, by abstract name, in pairs. */
export function unixChannels(kind: UnixKind, { id, title, cites, traits }: About) {
  const common = { kind: 'channel', family: 'socket', os: 'linux' } as const
  const openBy = (naming: Naming) => (stage: Stage) => {
    const name = () => naming.name(stage.names)
    return kind.type === 'SOCK_DGRAM' ? openBetween(stage, kind, name(), name()) : openAt(stage, kind, name())
  }
  const [byPath, byAbstractName] = [pathNaming(kind), namingOf(kind, (names) => names.abstract('socket'))]
  const path: Channel = {
    ...common,
    id,
    title,
    cites: [...cites, 'XSH bind'],
    traits: { ...traits, naming: 'path', persistence: 'name' },
    naming: byPath,
    open: openBy(byPath),
  }
  const abstract: Channel = {
    ...common,
    id: `${id}-abstract`,
    title: `${title} with an abstract name`,
    cites,
    traits: { ...traits, naming: 'abstract' },
    naming: byAbstractName,
    open: openBy(byAbstractName),
  }
  const pair: Channel = {
    ...common,
    id: `${id}-pair`,
    title: `${title} out of a pair`,
    cites: [...cites, 'XSH socketpair'],
    traits,
    open: (stage) => openPair(stage, kind),
  }
  return { path, abstract, pair }
}
