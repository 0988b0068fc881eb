/** ONC RPC over TCP, UDP and Unix sockets: one process serves, the other calls it and waits for the answer. */

import type { CallTraits } from '../../harness/model.ts'
import { callerOf, linkOf } from '../../harness/pair/link.ts'
import type { Call, CallEnd, CallIo, LinkOf, Naming, Stage } from '../../harness/pair/stage.ts'
import { becomeNobody } from './nobody.ts'
import { bindServer, executions, newClient, rpcLibrary, type Server, served, servers } from './rpc-program.ts'
import { loopback, type SocketKind } from './sockets.ts'
import { inetStream } from './tcp.ts'
import { stream } from './unix-sockets.ts'

const ioOf = (server: Server): CallIo => ({
  echo: (client, data) => ['rpc-echo', client, data],
  timedEcho: (client, data, milliseconds) => ['rpc-echo', client, data, milliseconds],
  executions: (peer) => executions(peer, server),
})

/** How soon a datagram client asks again: soon enough for a case to see it. */
const retryMs = 3

async function open(stage: Stage, at: Server): Promise<LinkOf<CallEnd>> {
  const { server: consumer, caller: producer, client } = await served(stage, at, ['consumer', 'producer'])
  if (at.kind.type === 'SOCK_DGRAM') await producer.must('rpc-set-retry', client, retryMs)
  const io = ioOf(at)
  return linkOf(callerOf(producer, client, io), callerOf(consumer, client, io), at.address)
}

const gone = { error: ['RPC_CANTRECV', 'RPC_CANTSEND'] }

const traits: CallTraits = {
  execution: 'exactly-once',
  serverGone: gone,
  serverMissing: { error: 'RPC_SYSTEMERROR' },
  timedCall: { is: 'argument', says: { error: 'RPC_TIMEDOUT' } },
  maxArgument: { is: 'unlimited' },
  persistence: 'nothing',
  naming: 'address',
  inheritance: 'never',
  interrupted: 'always-restarts',
}

/** To create is to have a socket there; to open is to have a client of it. */
const namingOf = (kind: SocketKind, name: Naming['name']): Naming => ({
  name,
  create: async (peer, address) => (await bindServer(peer, { kind, address })).said,
  createPrivate: async (peer, address) => {
    await peer.must('umask', 0o177)
    return (await bindServer(peer, { kind, address })).said
  },
  open: (peer, address) => newClient(peer, { kind, address }),
  dropRights: becomeNobody,
  collision: { error: 'EADDRINUSE' },
  missing: { error: 'RPC_SYSTEMERROR' },
  orphaned: { error: 'RPC_SYSTEMERROR' },
})

const cites = ['rpc(3)', 'rpc_clnt_calls(3)', 'rpc_svc_calls(3)', 'RFC 5531']
const common = { kind: 'call', family: 'rpc', os: 'linux' } as const

const tcpNaming = namingOf(inetStream, (names) => names.address('inet'))
export const rpcTcp: Call = {
  ...common,
  id: 'rpc-tcp',
  title: 'ONC RPC over TCP',
  cites: [...cites, 'tcp(7)'],
  needs: [...rpcLibrary, loopback],
  traits,
  naming: tcpNaming,
  open: (stage) => open(stage, servers.tcp(stage)),
}

/** A datagram client knows of its server only what the answer to a call tells it. */
export const rpcUdp: Call = {
  ...common,
  id: 'rpc-udp',
  title: 'ONC RPC over UDP',
  cites: [...cites, 'udp(7)'],
  needs: [...rpcLibrary, loopback],
  traits: {
    ...traits,
    execution: 'at-least-once',
    serverMissing: gone,
    naming: 'none',
    // 8800 bytes, less the 44 of a call that claims no identity.
    maxArgument: { is: 'at-most', bytes: 8756, error: 'RPC_CANTENCODEARGS' },
  },
  open: (stage) => open(stage, servers.udp(stage)),
}

const unixNaming: Naming = {
  ...namingOf(stream, (names) => names.path('rpc')),
  remove: (peer, path) => peer.call('unlink', path),
  denied: { error: 'RPC_SYSTEMERROR' },
}
export const rpcUnix: Call = {
  ...common,
  id: 'rpc-unix',
  title: 'ONC RPC over a Unix socket',
  cites: [...cites, 'unix(7)'],
  needs: rpcLibrary,
  traits: { ...traits, naming: 'path', persistence: 'name' },
  naming: unixNaming,
  open: (stage) => open(stage, servers.unix(stage)),
}
