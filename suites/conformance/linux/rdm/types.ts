/** Which families have which types of socket. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { readText } from '../proc.ts'

export const types: readonly SpecificCase[] = [
  {
    id: 'rdm.unsupported-inet-unix',
    mechanism: 'tipc-rdm',
    evenWithout: true,
    theme: 'err',
    core: true,
    says: 'IP and Unix sockets have no SOCK_RDM, and IP without SCTP no SOCK_SEQPACKET: ESOCKTNOSUPPORT; a raw Unix socket is one of datagrams.',
    cites: ['socket(2)', 'unix(7)', 'ip(7)', 'XSH socket'],
    async run({ start, note }) {
      const peer = await start('peer')
      for (const domain of ['AF_INET', 'AF_INET6', 'AF_UNIX']) {
        const made = await peer.call('socket', domain, 'SOCK_RDM', 0)
        expectOutcome(made, `SOCK_RDM of ${domain}`).toFail('ESOCKTNOSUPPORT')
      }
      const sctp = /^SCTP/m.test(await readText(peer, '/proc/net/protocols'))
      note('sctp', sctp)
      const sequenced = expectOutcome(
        await peer.call('socket', 'AF_INET', 'SOCK_SEQPACKET', 0),
        'SOCK_SEQPACKET of AF_INET',
      )
      if (sctp) sequenced.toSucceed()
      else sequenced.toFail('ESOCKTNOSUPPORT')

      const raw = await peer.must('socket', 'AF_UNIX', 'SOCK_RAW', 0)
      const datagram = await peer.must('socket', 'AF_UNIX', 'SOCK_DGRAM', 0)
      const typeOf = async (socket: number) =>
        (await peer.call('getsockopt', socket, 'SOL_SOCKET', 'SO_TYPE')).out?.value ?? null
      expectValue(await typeOf(raw), 'SO_TYPE of a raw Unix socket').toEqual(await typeOf(datagram))
    },
  },
  {
    id: 'rdm.tipc-probe',
    mechanism: 'tipc-rdm',
    evenWithout: true,
    theme: 'err',
    says: 'A kernel that has no TIPC says EAFNOSUPPORT; one that has it gives a socket, and lists its protocol.',
    cites: ['socket(2)', 'tipc(7)'],
    async run({ start, note }) {
      const peer = await start('peer')
      const made = await peer.call('socket', 'AF_TIPC', 'SOCK_RDM', 0)
      // Asked afterwards: to ask for a socket may load the module.
      const listed = /^TIPC/m.test(await readText(peer, '/proc/net/protocols'))
      note('tipc', listed)
      if (listed) expectOutcome(made, 'a socket of TIPC').toSucceed()
      else expectOutcome(made, 'a socket of TIPC').toFail('EAFNOSUPPORT')
    },
  },
]
