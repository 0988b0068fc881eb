/**
 * What cases between the two systems stand on: a process that speaks BSD sockets on Linux, one that speaks Winsock on
 * Windows, and a connection from one to the other. What each system has its own word for stands in one table.
 */

import type { Os } from '../../../harness/model.ts'
import type { End, Peer, Stage, Words } from '../../../harness/pair/stage.ts'
import { connectAt, mustListenAt, type SocketKind } from '../../mechanisms/sockets.ts'
import { inetStream } from '../../mechanisms/tcp.ts'
import { inetDatagram } from '../../mechanisms/udp.ts'
import { winsockStream } from '../../mechanisms/winsock-tcp.ts'
import { winsockDatagram } from '../../mechanisms/winsock-udp.ts'

/** One thing, and what each system calls it. */
interface Language {
  readonly role: string
  readonly stream: SocketKind
  readonly datagram: SocketKind
  readonly close: string
  /** The call by which a socket's own calls stop waiting. */
  withoutWaiting(socket: number): Words
  /** How a process says that it will send no more. */
  readonly endOfSending: string
  /** For a send that is to fail and not to kill. */
  readonly quietly: string | number
  readonly reset: string
  readonly refused: string
  readonly sendAfterEnd: string
  /** What connect says that may not wait. */
  readonly underWay: string
}

export const languages: Readonly<Record<Os, Language>> = {
  linux: {
    role: 'bsd',
    stream: inetStream,
    datagram: inetDatagram,
    close: 'close',
    withoutWaiting: (socket) => ['fcntl', socket, 'F_SETFL', 'O_NONBLOCK'],
    endOfSending: 'SHUT_WR',
    quietly: 'MSG_NOSIGNAL',
    reset: 'ECONNRESET',
    refused: 'ECONNREFUSED',
    sendAfterEnd: 'EPIPE',
    underWay: 'EINPROGRESS',
  },
  windows: {
    role: 'winsock',
    stream: winsockStream,
    datagram: winsockDatagram,
    close: 'closesocket',
    withoutWaiting: (socket) => ['ioctlsocket-FIONBIO', socket, 1],
    endOfSending: 'SD_SEND',
    quietly: 0,
    reset: 'WSAECONNRESET',
    refused: 'WSAECONNREFUSED',
    sendAfterEnd: 'WSAESHUTDOWN',
    underWay: 'WSAEWOULDBLOCK',
  },
}

export type Pair = Readonly<Record<Os, Peer>>

/** A process on each system. Two targets may be far from each other: then there is nothing to be learnt between them. */
export async function bothSystems(stage: Stage): Promise<Pair> {
  const linux = await stage.start(languages.linux.role, 'linux')
  const windows = await stage.start(languages.windows.role, 'windows')
  const address = stage.names.address('inet')
  const listener = await mustListenAt(linux, inetStream, address)
  const reached = await windows.call('reach', 'AF_INET', 'SOCK_STREAM', address, 1000)
  if (reached.error !== undefined)
    stage.unsupported(
      `its two targets have no loopback network in common: connect fails with ${reached.error}; have both on one machine`,
    )
  await linux.must('close', listener)
  return { linux, windows }
}

/** An end of a connection, and the system that it is on. */
export interface Side extends End {
  readonly os: Os
  readonly words: Language
}

const sideOf = (end: End, os: Os): Side => ({ ...end, os, words: languages[os] })

/** A connection: one system listens, and the other one connects. */
export async function connectionOf(stage: Stage, pair: Pair, from: Os): Promise<{ client: Side; server: Side }> {
  const to = otherThan(from)
  const address = stage.names.address('inet')
  const link = await connectAt(pair[from], pair[to], languages[from].stream, address, languages[to].stream)
  return { client: sideOf(link.producer, from), server: sideOf(link.consumer, to) }
}

export const otherThan = (os: Os): Os => (os === 'linux' ? 'windows' : 'linux')

/** Plays a story twice between the same two processes: each is the client once, and the server once. */
export async function bothWaysRound(stage: Stage, story: (client: Side, server: Side) => Promise<void>): Promise<void> {
  const pair = await bothSystems(stage)
  for (const from of ['windows', 'linux'] as const) {
    const { client, server } = await connectionOf(stage, pair, from)
    await story(client, server)
  }
}

/** Closes so that the other side is told of a reset, and of no end. */
export async function abort({ must, handle, words }: Side): Promise<void> {
  await must('setsockopt-linger', handle, 1, 0)
  await must(words.close, handle)
}
