/** Datagrams from one system to the other. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Os, Outcome } from '../../../harness/model.ts'
import type { Peer, SpecificCase } from '../../../harness/pair/stage.ts'
import { newSocket } from '../../mechanisms/sockets.ts'
import { ownAddress } from '../../mechanisms/winsock-udp.ts'
import { bothSystems, languages, otherThan } from './sides.ts'

const sent = 'abcdefghijklmnopqrstuvwxyz'
const room = 10

/** A receive with too little room: what Linux calls a success, and marks, is a failure to Windows. */
const receiveCut: Readonly<Record<Os, (peer: Peer, socket: number) => Promise<Outcome>>> = {
  async linux(peer, socket) {
    const cut = await peer.call('recvmsg', socket, room, 0, 0)
    expectOutcome(cut, 'recvmsg on linux').toReturn(room)
    expectOutcome(cut, 'recvmsg on linux').toBring(sent.slice(0, room))
    expectOutcome(cut, 'recvmsg on linux').toGive('flags', 'MSG_TRUNC')
    return cut
  },
  async windows(peer, socket) {
    const cut = await peer.call('recvfrom', socket, room, 0)
    expectOutcome(cut, 'recvfrom on windows').toFailBringing('WSAEMSGSIZE', sent.slice(0, room))
    return cut
  },
}

export const datagrams: readonly SpecificCase[] = [
  {
    id: 'interop.udp-truncation-differs',
    mechanism: 'udp',
    with: 'windows',
    theme: 'boundary',
    says: 'A datagram that does not fit is cut on both systems: Linux succeeds and tells MSG_TRUNC, Windows fails with WSAEMSGSIZE.',
    cites: ['XSH recvmsg', 'recv(2)', 'MS:recvfrom'],
    async run(stage) {
      const pair = await bothSystems(stage)
      const addresses: Readonly<Record<Os, string>> = {
        linux: ownAddress(stage.names),
        windows: ownAddress(stage.names),
      }
      const socketOn = async (os: Os) => {
        const socket = await newSocket(pair[os], languages[os].datagram)
        await pair[os].must('bind', socket, addresses[os])
        return socket
      }
      const sockets: Readonly<Record<Os, number>> = {
        linux: await socketOn('linux'),
        windows: await socketOn('windows'),
      }
      for (const to of ['linux', 'windows'] as const) {
        const from = otherThan(to)
        for (const text of [sent, 'next']) {
          const said = await pair[from].call('sendto', sockets[from], text, 0, addresses[to])
          expectOutcome(said, `sendto on ${from}`).toReturn(text.length)
        }
        const cut = await receiveCut[to](pair[to], sockets[to])
        expectOutcome(cut, `what ${to} tells of the sender`).toGive('from', addresses[from])
        const next = await pair[to].call('recvfrom', sockets[to], 64, 0)
        expectOutcome(next, `recvfrom of the next on ${to}`).toBring('next')
      }
    },
  },
]
