/** Calls that are not answered: too late, more than once, by nobody any more. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { newClient, program, version } from '../../../mechanisms/rpc-program.ts'
import { expectWaited } from '../waited.ts'
import { call, carriedOut, expectResults, servedOver } from './served.ts'

const deadlineMs = 20
/** Often enough for a datagram client to ask again before its deadline, however busy the machine. */
const retryMs = 5
const longDeadlineMs = 8 * retryMs
const portOfRpcbind = 111

export const failing: readonly SpecificCase[] = [
  {
    id: 'rpc.timeout',
    mechanism: 'rpc-tcp',
    theme: 'block',
    says: 'A call that is not answered in time fails with RPC_TIMEDOUT, not before its time, over TCP and UDP.',
    cites: ['rpc_clnt_calls(3)'],
    async run(stage) {
      for (const over of ['tcp', 'udp'] as const) {
        const there = await servedOver(stage, over)
        const late = await call(there, there.client, 'silent', [], [], deadlineMs)
        expectOutcome(late, `a call over ${over}`).toFail('RPC_TIMEDOUT')
        expectWaited(late, deadlineMs)
      }
    },
  },
  {
    id: 'rpc.udp-at-least-once',
    mechanism: 'rpc-udp',
    theme: 'order',
    says: 'A call over UDP whose answer is long in coming is sent again and carried out again; over TCP it is carried out once.',
    cites: ['RFC 5531 section 4', 'rpc_clnt_create(3)'],
    async run(stage) {
      const udp = await servedOver(stage, 'udp')
      await udp.caller.must('rpc-set-retry', udp.client, retryMs)
      const late = await call(udp, udp.client, 'silent', [], [], longDeadlineMs)
      expectOutcome(late, 'the call over UDP').toFail('RPC_TIMEDOUT')
      const times = await carriedOut(udp)
      stage.note('carried out over UDP', times)
      expectValue(times, 'how often it was carried out').toBeBetween(2, 100)

      const tcp = await servedOver(stage, 'tcp')
      const once = await call(tcp, tcp.client, 'silent', [], [], deadlineMs)
      expectOutcome(once, 'the call over TCP').toFail('RPC_TIMEDOUT')
      expectValue(await carriedOut(tcp), 'how often that was carried out').toEqual(1)
    },
  },
  {
    id: 'rpc.server-crash',
    mechanism: 'rpc-tcp',
    theme: 'crash',
    core: true,
    says: 'A server that is killed in a call is RPC_CANTRECV for its caller, and ECONNREFUSED for a new client.',
    cites: ['rpc_clnt_calls(3)', 'rpc_clnt_create(3)'],
    async run(stage) {
      const tcp = await servedOver(stage, 'tcp')
      const calling = call(tcp, tcp.client, 'silent')
      await tcp.caller.blocked()
      await tcp.server.kill()
      expectOutcome(await calling, 'the call under way').toFail('RPC_CANTRECV')
      const again = await newClient(tcp.caller, tcp.at)
      expectOutcome(again, 'a new client').toFail('RPC_SYSTEMERROR')
      expectOutcome(again, 'a new client').toGive('errno', 'ECONNREFUSED')
    },
  },
  {
    id: 'rpc.no-rpcbind',
    mechanism: 'rpc-tcp',
    theme: 'err',
    says: 'Without rpcbind no program is found by its number alone; at an address that is known it is called all the same.',
    cites: ['rpcbind(8)', 'rpc_clnt_create(3)'],
    async run(stage) {
      const caller = await stage.start('caller')
      const found = await caller.call('reach', 'AF_INET', 'SOCK_STREAM', `127.0.0.1:${portOfRpcbind}`, 1000)
      if (found.error === undefined)
        stage.unsupported('rpcbind runs here; stop it: systemctl stop rpcbind.socket rpcbind')
      const lookup = await caller.call('rpc-client-by-name', '127.0.0.1', program, version, 'tcp')
      expectOutcome(lookup, 'a client by its number alone').toFail('RPC_SYSTEMERROR', 'RPC_RPCBFAILURE')

      const tcp = await servedOver(stage, 'tcp')
      expectResults(await call(tcp, tcp.client, 'null'), 'a call at its address')
    },
  },
]
