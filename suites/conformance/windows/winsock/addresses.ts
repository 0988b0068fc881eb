/** Whose an address is. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../../harness/model.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { tcpSocket } from './parts.ts'

type Sharing = 'SO_REUSEADDR' | 'SO_EXCLUSIVEADDRUSE' | undefined

/** Binds a new socket that was told so: the socket, and what bind said. */
async function bindTo(peer: Peer, address: string, option: Sharing): Promise<{ socket: number; said: Outcome }> {
  const socket = await tcpSocket(peer)
  if (option !== undefined) await peer.must('setsockopt', socket, 'SOL_SOCKET', option, 1)
  return { socket, said: await peer.call('bind', socket, address) }
}

export const addresses: readonly SpecificCase[] = [
  {
    id: 'winsock.exclusiveaddruse',
    mechanism: 'winsock-tcp',
    theme: 'naming',
    says: 'With SO_REUSEADDR on both sides a stranger may bind an address that serves; SO_EXCLUSIVEADDRUSE keeps everybody out.',
    cites: ['MS "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE"', 'MS:bind'],
    async run({ start, names }) {
      const server = await start('server')
      const stranger = await start('stranger')
      const exclusive = names.address('inet')
      const owned = await bindTo(server, exclusive, 'SO_EXCLUSIVEADDRUSE')
      expectOutcome(owned.said, 'bind of the server').toReturn(0)
      await server.must('listen', owned.socket, 1)
      const plain = await bindTo(stranger, exclusive, undefined)
      expectOutcome(plain.said, 'bind of a stranger').toFail('WSAEADDRINUSE')
      const forced = await bindTo(stranger, exclusive, 'SO_REUSEADDR')
      expectOutcome(forced.said, 'bind of a stranger with SO_REUSEADDR').toFail('WSAEACCES')

      const shared = names.address('inet')
      const open = await bindTo(server, shared, 'SO_REUSEADDR')
      expectOutcome(open.said, 'bind of a server that shares').toReturn(0)
      await server.must('listen', open.socket, 1)
      const hijacked = await bindTo(stranger, shared, 'SO_REUSEADDR')
      expectOutcome(hijacked.said, 'bind of a stranger to what is shared').toReturn(0)
    },
  },
]
