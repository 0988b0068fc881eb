/** Calls of a server that is there: what they bring, and what it refuses. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import { hex, pattern } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { served, stubs } from '../../../mechanisms/msrpc.ts'

const roles = ['server', 'client'] as const
const echo = 0
const beyondTheLast = 99
/** The arguments of an echo of 100 bytes, of which only four come. */
const tooFew = hex('6400000064000000' + '01020304')

export const calling: readonly SpecificCase[] = [
  {
    id: 'msrpc.ncalrpc-call',
    mechanism: 'msrpc',
    theme: 'data',
    core: true,
    says: 'A call of an endpoint brings back what the server made of its arguments, and a server that listens says so.',
    cites: ['MS:RpcServerUseProtseqEpW', 'MS:RpcMgmtIsServerListening'],
    needs: stubs,
    async run(stage) {
      const { client, binding } = await served(stage, roles)
      expectOutcome(await client.call('RpcMgmtIsServerListening', binding), 'RpcMgmtIsServerListening').toReturn(0)
      for (const bytes of ['', 'hello', pattern(100_000, 1)]) {
        expectOutcome(await client.call('msrpc-echo', binding, bytes), 'an echo').toBring(bytes)
      }
      expectOutcome(await client.call('msrpc-count', binding), 'a count').toGive('results', [4])
      expectOutcome(await client.call('RpcBindingFree', binding), 'RpcBindingFree').toReturn(0)
    },
  },
  {
    id: 'msrpc.unknown-interface',
    mechanism: 'msrpc',
    theme: 'err',
    says: 'An interface that is not served is RPC_S_UNKNOWN_IF, a procedure it has not RPC_S_PROCNUM_OUT_OF_RANGE.',
    cites: ['MS "RPC Return Values"'],
    needs: stubs,
    async run(stage) {
      const { client, binding } = await served(stage, roles)
      const unserved = await client.call('msrpc-greet', binding)
      expectOutcome(unserved, 'a call of another interface').toFail('RPC_S_UNKNOWN_IF')
      const unknown = await client.call('I_RpcSendReceive', binding, beyondTheLast, '')
      expectOutcome(unknown, 'a call of no procedure').toFail('RPC_S_PROCNUM_OUT_OF_RANGE')
      expectOutcome(await client.call('msrpc-echo', binding, 'after them'), 'an echo').toBring('after them')
    },
  },
  {
    id: 'msrpc.bad-stub-data',
    mechanism: 'msrpc',
    theme: 'err',
    says: 'Arguments that the server cannot decode are RPC_X_BAD_STUB_DATA, no procedure is called, and the server goes on.',
    cites: ['MS "RPC Return Values"', 'Wine rpcrt4 server.c'],
    needs: stubs,
    async run(stage) {
      const { client, binding } = await served(stage, roles)
      const malformed = await client.call('I_RpcSendReceive', binding, echo, tooFew)
      expectOutcome(malformed, 'an array that ends too soon').toFail('RPC_X_BAD_STUB_DATA')
      expectOutcome(await client.call('msrpc-echo', binding, 'after it'), 'an echo').toBring('after it')
      expectOutcome(await client.call('msrpc-count', binding), 'a count').toGive('results', [2])
    },
  },
]
