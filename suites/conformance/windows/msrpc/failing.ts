/** Servers that are not there, or die in a call, and clients that die and leave something to a server. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { bindTo, countAt, served, stubs } from '../../../mechanisms/msrpc.ts'

export const failing: readonly SpecificCase[] = [
  {
    id: 'msrpc.no-server',
    mechanism: 'msrpc',
    theme: 'err',
    says: 'An endpoint that nobody serves can be bound to; the call is RPC_S_SERVER_UNAVAILABLE.',
    cites: ['MS "RPC Return Values"', 'MS:RpcBindingFromStringBindingW'],
    needs: stubs,
    async run({ start, names }) {
      const client = await start('client')
      const binding = await bindTo(client, names.endpoint('nobody'))
      for (const attempt of ['a call', 'another call']) {
        const called = await client.call('msrpc-echo', binding, 'anyone?')
        expectOutcome(called, attempt).toFail('RPC_S_SERVER_UNAVAILABLE')
      }
    },
  },
  {
    id: 'msrpc.server-crash',
    mechanism: 'msrpc',
    theme: 'crash',
    says: 'A server that is killed in a call is RPC_S_CALL_FAILED for its caller, and there is no server for the next.',
    cites: ['MS "RPC Return Values"'],
    needs: stubs,
    async run(stage) {
      const { server, client, binding, endpoint } = await served(stage, ['server', 'client'])
      expectOutcome(await client.call('msrpc-echo', binding, 'hello'), 'an echo').toBring('hello')
      const calling = client.call('msrpc-hold', binding)
      await client.blocked()
      await server.kill()
      expectOutcome(await calling, 'the call under way').toFail('RPC_S_CALL_FAILED')
      expectOutcome(await countAt(client, endpoint), 'a new client').toFail('RPC_S_SERVER_UNAVAILABLE')
    },
  },
  {
    id: 'msrpc.context-rundown',
    mechanism: 'msrpc',
    theme: 'crash',
    says: 'A server is told of a client that was killed with a session open, and of none that closed its own.',
    cites: ['MS "Server Context Rundown Routine"'],
    needs: stubs,
    async run(stage) {
      const { client, binding, endpoint } = await served(stage, ['server', 'client'])
      const [doomed, observer] = [await stage.start('doomed'), await stage.start('observer')]
      const session = await client.must('msrpc-open-session', binding)
      expectOutcome(await client.call('msrpc-close-session', session), 'closing a session').toSucceed()
      await client.kill()

      const watching = await bindTo(observer, endpoint)
      const awaiting = observer.call('msrpc-await-rundown', watching)
      await observer.blocked()
      await doomed.must('msrpc-open-session', await bindTo(doomed, endpoint))
      await observer.blocked()
      await doomed.kill()
      expectOutcome(await awaiting, 'the sessions that were run down').toGive('results', [1])
    },
  },
]
