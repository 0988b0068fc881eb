/** Calls that are answered: with results, or with the reason why there are none. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { program, version } from '../../../mechanisms/rpc-program.ts'
import { call, clientOf, expectResults, servedOver } from './served.ts'

export const calling: readonly SpecificCase[] = [
  {
    id: 'rpc.call-reply',
    mechanism: 'rpc-tcp',
    theme: 'data',
    core: true,
    says: 'A call brings back what the server made of its arguments, over TCP and UDP: nothing, a number doubled, the length of a string, a count.',
    cites: ['RFC 5531', 'rpc(3)'],
    async run(stage) {
      const tcp = await servedOver(stage, 'tcp')
      expectResults(await call(tcp, tcp.client, 'null'), 'a ping')
      expectResults(await call(tcp, tcp.client, 'double', [['int', -21]], ['int']), 'doubling', -42)
      expectResults(await call(tcp, tcp.client, 'length', [['string', 'seven!!']], ['int']), 'measuring', 7)

      const udp = await servedOver(stage, 'udp')
      expectResults(await call(udp, udp.client, 'null'), 'a ping over UDP')
      expectResults(await call(udp, udp.client, 'count', [], ['int']), 'the first count', 1)
      expectResults(await call(udp, udp.client, 'count', [], ['int']), 'the second count', 2)
    },
  },
  {
    id: 'rpc.procunavail-progunavail',
    mechanism: 'rpc-tcp',
    theme: 'err',
    core: true,
    says: 'A procedure, a program, a version that is not served are three errors, and the last tells which versions are.',
    cites: ['RFC 5531 section 9', 'rpc_clnt_calls(3)'],
    async run(stage) {
      const tcp = await servedOver(stage, 'tcp')
      expectOutcome(await call(tcp, tcp.client, 99), 'an unknown procedure').toFail('RPC_PROCUNAVAIL')
      const stranger = await clientOf(tcp, { program: program + 1, version })
      expectOutcome(await call(tcp, stranger, 'null'), 'an unknown program').toFail('RPC_PROGUNAVAIL')
      const old = await call(tcp, await clientOf(tcp, { program, version: version - 1 }), 'null')
      expectOutcome(old, 'a version that is not served').toFail('RPC_PROGVERSMISMATCH')
      expectOutcome(old, 'a version that is not served').toGive('low', version)
      expectOutcome(old, 'a version that is not served').toGive('high', version)
      expectResults(await call(tcp, tcp.client, 'null'), 'a ping after them')
    },
  },
  {
    id: 'rpc.garbage-args',
    mechanism: 'rpc-tcp',
    theme: 'err',
    says: 'Arguments that the server cannot decode are told as such, and the server goes on.',
    cites: ['RFC 5531 section 9', 'RFC 4506'],
    async run(stage) {
      const tcp = await servedOver(stage, 'tcp')
      const tooShort = await call(tcp, tcp.client, 'double', [], ['int'])
      expectOutcome(tooShort, 'a number that is missing').toFail('RPC_CANTDECODEARGS')
      const tooLong = await call(tcp, tcp.client, 'length', [['int', 1000]], ['int'])
      expectOutcome(tooLong, 'a string that ends too soon').toFail('RPC_CANTDECODEARGS')
      expectResults(await call(tcp, tcp.client, 'double', [['int', 4]], ['int']), 'doubling after them', 8)
    },
  },
  {
    id: 'rpc.auth-error',
    mechanism: 'rpc-tcp',
    theme: 'perm',
    says: 'A caller that is too weakly authenticated is told so; AUTH_SYS tells the server any uid and gid that the caller chooses.',
    cites: ['RFC 5531 section 8', 'rpc_clnt_auth(3)'],
    async run(stage) {
      const tcp = await servedOver(stage, 'tcp')
      const who = () => call(tcp, tcp.client, 'who', [], ['int', 'int'])
      expectOutcome(await call(tcp, tcp.client, 'refuse'), 'a call that is refused').toFail('RPC_AUTHERROR')
      expectOutcome(await who(), 'a call by nobody in particular').toFail('RPC_AUTHERROR')
      const [uid, gid] = [54_321, 12_345]
      expectOutcome(await tcp.caller.call('rpc-claim-identity', tcp.client, uid, gid), 'the claim').toSucceed()
      expectResults(await who(), 'whom the server takes the caller for', uid, gid)
      const { ret: own } = await tcp.caller.call('getuid')
      stage.note('the uid of the caller', own)
    },
  },
]
