/**
 * The program that ONC RPC is tried with, its server and its clients. The server is a peer inside `rpc-serve`, on a socket
 * that it has bound itself; its clients name its address, so that rpcbind is not needed. What the procedures do is said in
 * native/calls/linux/rpc/server.h.
 */

import type { Need, Outcome } from '../../harness/model.ts'
import type { Peer, Stage } from '../../harness/pair/stage.ts'
import { listenAt, newSocket, type SocketKind } from './sockets.ts'
import { inetStream } from './tcp.ts'
import { inetDatagram } from './udp.ts'
import { stream } from './unix-sockets.ts'

/** A number out of the range that is everybody's own, and the one version that is served. */
export const program = 0x2000_0001
export const version = 2

/** Numbers of procedures. */
export const procedures = { null: 0, echo: 1, double: 2, length: 3, count: 4, silent: 5, refuse: 6, who: 7 } as const

/** The calls, and the library that they open. */
export const rpcLibrary: readonly Need[] = [
  { call: 'rpc-serve', otherwise: 'build it where libtirpc-dev is installed' },
  { works: ['rpc-library'], otherwise: 'install libtirpc3' },
]

/** A server at an address. */
export interface Server {
  readonly kind: SocketKind
  readonly address: string
}

/** A socket that a server can be on: bound, and listening where it is a stream. */
export async function bindServer(peer: Peer, { kind, address }: Server): Promise<{ socket: number; said: Outcome }> {
  if (kind.type === 'SOCK_STREAM') {
    const { listener, said } = await listenAt(peer, kind, address, 8)
    return { socket: listener, said }
  }
  const socket = await newSocket(peer, kind)
  return { socket, said: await peer.call('bind', socket, address) }
}

/** Brings a peer into the call that serves, and does not wait for that call: it has no end. */
async function startServing(peer: Peer, server: Server): Promise<void> {
  const { socket, said } = await bindServer(peer, server)
  if (said.error !== undefined) throw new TypeError(`nobody can serve at ${server.address}: ${said.error}`)
  void peer.call('rpc-serve', socket, program, version)
  await peer.blocked()
}

/** A client of any program and version at an address, and what the library said. */
export const newClient = async (peer: Peer, { kind, address }: Server, of = { program, version }): Promise<Outcome> =>
  peer.call('rpc-client', await newSocket(peer, kind), address, of.program, of.version)

/** A client of the program itself, which has to be there for the story to go on. */
async function mustCall(peer: Peer, server: Server): Promise<number> {
  const client = await newClient(peer, server)
  if (client.error !== undefined) throw new TypeError(`there is no server at ${server.address}: ${client.error}`)
  return client.ret
}

/** How often a call was carried out, this one included, as a client tells that is made for the purpose. */
export async function executions(peer: Peer, server: Server): Promise<Outcome> {
  const client = await newClient(peer, server)
  if (client.error !== undefined) return client
  return peer.call('rpc-call', client.ret, procedures.count, [], [['int']])
}

/** A server, a caller that has a client of it, and where they meet. */
export interface Served {
  readonly at: Server
  readonly server: Peer
  readonly caller: Peer
  readonly client: number
}

export async function served({ start }: Stage, at: Server, roles: readonly [server: string, caller: string]) {
  const [server, caller] = [await start(roles[0]), await start(roles[1])]
  await startServing(server, at)
  // The library writes to a connection without asking whether anybody reads it.
  await caller.must('sigaction', 'SIGPIPE', 'SIG_IGN')
  return { at, server, caller, client: await mustCall(caller, at) } satisfies Served
}

/** Where a server of each kind may be. */
export const servers = {
  tcp: ({ names }: Stage): Server => ({ kind: inetStream, address: names.address('inet') }),
  udp: ({ names }: Stage): Server => ({ kind: inetDatagram, address: names.address('inet') }),
  unix: ({ names }: Stage): Server => ({ kind: stream, address: names.path('rpc') }),
}
