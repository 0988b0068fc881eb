/**
 * What socket mechanisms share: how a socket is made, listens and is connected to, by the plain calls. What is an address,
 * and what it costs to have one, is said by the mechanism.
 */

import type { Arg, Need, Outcome } from '../../harness/model.ts'
import { descriptorIo, endOf, linkOf } from '../../harness/pair/link.ts'
import type { End, Io, Link, Naming, Peer, Stage } from '../../harness/pair/stage.ts'
import { becomeNobody } from './nobody.ts'

/** A kind of socket. */
export interface SocketKind {
  readonly domain: 'AF_UNIX' | 'AF_INET' | 'AF_INET6' | 'AF_NETLINK' | 'AF_VSOCK' | 'AF_TIPC' | 'AF_RDS'
  readonly type: 'SOCK_STREAM' | 'SOCK_DGRAM' | 'SOCK_SEQPACKET' | 'SOCK_RAW' | 'SOCK_RDM'
  /** One that is not the only one of its domain and type. */
  readonly protocol?: Arg
  /** Whose words its calls go by: those of POSIX, where nothing else is said. */
  readonly api?: SocketApi
}

/** Where systems differ in how sockets are had: `socket`, `bind`, `listen`, `accept` and `connect` are the same. */
export interface SocketApi {
  /** What a process does before it makes a socket. */
  prepare(peer: Pick<Peer, 'must'>): Promise<unknown>
  /** What a server of the Internet sets about its listener, so that what lingers at its address does not stop it. */
  readonly reuse?: 'SO_REUSEADDR'
  readonly io: Io
  /** An end that is a connected socket. */
  end(peer: Peer, handle: number, io: Io): End
}

/**
 * A small send buffer does not grow, so that a link is soon full. The receive buffer is left alone: one that is made smaller
 * than what TCP has promised room for loses data, and waits until it is sent again.
 */
export const socketIo: Io = {
  ...descriptorIo,
  narrow: (handle) => [['setsockopt', handle, 'SOL_SOCKET', 'SO_SNDBUF', 4096]],
}

const posix: SocketApi = {
  prepare: () => Promise.resolve(),
  reuse: 'SO_REUSEADDR',
  io: socketIo,
  end: endOf,
}

const apiOf = ({ api = posix }: SocketKind): SocketApi => api

const connected = (peer: Peer, handle: number, kind: SocketKind, io = apiOf(kind).io): End =>
  apiOf(kind).end(peer, handle, io)

export async function newSocket(peer: Pick<Peer, 'must'>, kind: SocketKind): Promise<number> {
  const { domain, type, protocol = 0 } = kind
  await apiOf(kind).prepare(peer)
  return peer.must('socket', domain, type, protocol)
}

/** A socket for a listener, which may start again at once at an address that it has had. */
async function newListener(peer: Peer, kind: SocketKind): Promise<number> {
  const listener = await newSocket(peer, kind)
  const { reuse } = apiOf(kind)
  if (reuse !== undefined && kind.domain.startsWith('AF_INET'))
    await peer.must('setsockopt', listener, 'SOL_SOCKET', reuse, 1)
  return listener
}

/** Has a new socket listen at an address; answers what the first step that failed said, or the last. */
export async function listenAt(
  peer: Peer,
  kind: SocketKind,
  address: string,
  backlog = 1,
): Promise<{ readonly listener: number; readonly said: Outcome }> {
  const listener = await newListener(peer, kind)
  const bound = await peer.call('bind', listener, address)
  return { listener, said: bound.error === undefined ? await peer.call('listen', listener, backlog) : bound }
}

/** A socket that has to listen for the story to go on. */
export async function mustListenAt(peer: Peer, kind: SocketKind, address: string, backlog = 1): Promise<number> {
  const listener = await newListener(peer, kind)
  await peer.must('bind', listener, address)
  await peer.must('listen', listener, backlog)
  return listener
}

export const connectTo = async (peer: Peer, kind: SocketKind, address: string): Promise<Outcome> =>
  peer.call('connect', await newSocket(peer, kind), address)

/** Two strangers meet at an address: the consumer listens, the producer connects, and nobody else can. */
export async function openAt(stage: Stage, kind: SocketKind, address: string): Promise<Link> {
  const producer = await stage.start('producer')
  const consumer = await stage.start('consumer')
  return connectAt(producer, consumer, kind, address)
}

/** A new connection between two processes, each with its own kind of socket where they are not of one system. */
export async function connectAt(
  producer: Peer,
  consumer: Peer,
  kind: SocketKind,
  address: string,
  listening = kind,
): Promise<Link> {
  const listener = await mustListenAt(consumer, listening, address)
  const w = await newSocket(producer, kind)
  await producer.must('connect', w, address)
  const r = await consumer.must('accept', listener)
  const close = apiOf(listening).io.close?.(listener)
  if (close !== undefined) await consumer.must(...close)
  return linkOf(connected(producer, w, kind), connected(consumer, r, listening), address)
}

/** Two strangers without a listener: each binds a socket of its own and connects it to the other's. */
export async function openBetween(
  stage: Stage,
  kind: SocketKind,
  from: string,
  to: string,
  io = apiOf(kind).io,
): Promise<Link> {
  const producer = await stage.start('producer')
  const consumer = await stage.start('consumer')
  const w = await newSocket(producer, kind)
  const r = await newSocket(consumer, kind)
  await producer.must('bind', w, from)
  await consumer.must('bind', r, to)
  await producer.must('connect', w, to)
  await consumer.must('connect', r, from)
  return linkOf(connected(producer, w, kind, io), connected(consumer, r, kind, io), to)
}

/** Addresses that one socket has at a time, and that everybody may open, whoever made it. */
export const addressNaming = (
  { name, create, open }: Pick<Naming, 'name' | 'create' | 'open'>,
  refused = 'ECONNREFUSED',
  taken = 'EADDRINUSE',
): Naming => ({
  name,
  create,
  createPrivate: create,
  open,
  dropRights: becomeNobody,
  collision: { error: taken },
  missing: { error: refused },
  orphaned: { error: refused },
})

/** The capability over the network namespace: one that was gained in a user namespace alone does not reach it. */
export const rawSockets: readonly Need[] = [
  { capability: 'CAP_NET_RAW' },
  {
    works: ['socket', 'AF_INET', 'SOCK_RAW', 'IPPROTO_RAW'],
    otherwise: 'CAP_NET_RAW is needed where the network namespace was made; run as root there',
  },
]

/** The loopback interface is up: in a fresh network namespace it is not. A datagram's connect sends nothing. */
export const loopback: Need = {
  works: ['reach', 'AF_INET', 'SOCK_DGRAM', '127.0.0.1:9', 1000],
  otherwise: 'bring the loopback interface up: ip link set lo up',
}
export const loopback6: Need = {
  works: ['reach', 'AF_INET6', 'SOCK_DGRAM', '[::1]:9', 1000],
  otherwise:
    'bring the loopback interface up and give it IPv6: ip link set lo up; sysctl net.ipv6.conf.lo.disable_ipv6=0',
}
