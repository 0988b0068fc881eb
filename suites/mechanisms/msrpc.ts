/**
 * Microsoft RPC within one machine (ncalrpc): one process serves an endpoint, the other calls it and waits for the answer.
 * What the procedures do is said in native/calls/windows/rpc/server.cc.
 */

import type { Need, Outcome } from '../../harness/model.ts'
import { callerOf, linkOf } from '../../harness/pair/link.ts'
import type { Call, CallIo, Naming, Peer, Stage } from '../../harness/pair/stage.ts'
import { actRestricted, userOf } from './win-user.ts'

/** What the agent's build needs for the stubs that the calls are made of. */
export const stubs: readonly Need[] = [
  {
    call: 'RpcServerListen',
    otherwise: 'build it where midl is, which comes with the Windows SDK, or widl: apt install mingw-w64-tools',
  },
]

/** A server at an endpoint that others can call at once; what made it none, if it is none. */
async function serveAside(peer: Peer, endpoint: string, security?: string): Promise<Outcome> {
  const optional = security === undefined ? [] : [security]
  const made = await peer.call('RpcServerUseProtseqEp', endpoint, ...optional)
  if (made.error !== undefined) return made
  // Once for all endpoints of a process: the second time both say that it is done.
  await peer.call('RpcServerRegisterIf')
  await peer.call('RpcServerListen', 'TRUE')
  return made
}

/** A client's handle of whatever serves an endpoint. */
export const bindTo = (peer: Peer, endpoint: string): Promise<number> =>
  peer.must('RpcBindingFromStringBinding', endpoint)

/** Asks by a client made for the purpose how often the server has carried out a call, this one included. */
export const countAt = async (peer: Peer, endpoint: string): Promise<Outcome> =>
  peer.call('msrpc-count', await bindTo(peer, endpoint))

/** A server that is inside the call that serves until it is killed, and a client of it. */
export async function served({ start, names }: Stage, roles: readonly [server: string, client: string]) {
  const endpoint = names.endpoint('rpc')
  const [server, client] = [await start(roles[0]), await start(roles[1])]
  await server.must('RpcServerUseProtseqEp', endpoint)
  await server.must('RpcServerRegisterIf')
  void server.call('RpcServerListen', 'FALSE')
  await server.blocked()
  return { endpoint, server, client, binding: await bindTo(client, endpoint) }
}

/** A binding is made without asking for the server, and a call finds out. */
const naming: Naming = {
  name: (names) => names.endpoint('rpc'),
  create: (peer, endpoint) => serveAside(peer, endpoint),
  async createPrivate(peer, endpoint) {
    const { sid } = await userOf(peer)
    return serveAside(peer, endpoint, `D:(A;;GA;;;${sid})`)
  },
  open: countAt,
  dropRights: actRestricted,
  collision: { error: 'RPC_S_DUPLICATE_ENDPOINT' },
  missing: { error: 'RPC_S_SERVER_UNAVAILABLE' },
  denied: { error: 'ERROR_ACCESS_DENIED' },
  orphaned: { error: 'RPC_S_SERVER_UNAVAILABLE' },
}

const ioAt = (endpoint: string): CallIo => ({
  echo: (binding, data) => ['msrpc-echo', binding, data],
  executions: (peer) => countAt(peer, endpoint),
})

export const msrpc: Call = {
  id: 'msrpc',
  title: 'Microsoft RPC (ncalrpc)',
  kind: 'call',
  family: 'rpc',
  os: 'windows',
  cites: ['MS:RpcServerUseProtseqEpW', 'MS:RpcServerListen', 'MS "RPC Return Values"'],
  needs: stubs,
  traits: {
    execution: 'at-most-once',
    // Depends on when the runtime notices: before the call, or in it.
    serverGone: { error: ['RPC_S_SERVER_UNAVAILABLE', 'RPC_S_CALL_FAILED', 'RPC_S_CALL_FAILED_DNE'] },
    serverMissing: { error: 'RPC_S_SERVER_UNAVAILABLE' },
    timedCall: { is: 'none' },
    maxArgument: { is: 'unlimited' },
    persistence: 'nothing',
    naming: 'endpoint',
    inheritance: 'never',
    interrupted: 'no-signals',
  },
  naming,
  async open(stage) {
    const { endpoint, server, client, binding } = await served(stage, ['consumer', 'producer'])
    const io = ioAt(endpoint)
    return linkOf(callerOf(client, binding, io), callerOf(server, binding, io), endpoint)
  },
}
