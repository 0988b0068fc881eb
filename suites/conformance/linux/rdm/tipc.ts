/** Reliable datagrams of TIPC: to one that offers a service, or to all of them, and back to the sender of what nobody took. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { serviceOf, tipcKind } from '../../../mechanisms/tipc-rdm.ts'
import { addressOf, boundSocket, takeNow } from '../bound.ts'

/** SOL_TIPC, and the types of its control messages. */
const solTipc = 271
const [errorInfo, returnedData] = [1, 2]
/** TIPC_ERR_NO_PORT */
const noSuchSocket = 2

/** Numbers of 32 bits as they lie in memory. */
const words = (...numbers: number[]): string => Buffer.from(Uint32Array.from(numbers).buffer).toString('hex')

export const tipcCases: readonly SpecificCase[] = [
  {
    id: 'rdm.tipc-reliable-multicast',
    mechanism: 'tipc-rdm',
    theme: 'data',
    says: 'A message to a range of services reaches each of its sockets once and in order; one for a closed socket comes back with TIPC_ERRINFO.',
    cites: ['tipc(7)', 'Linux Documentation/networking/tipc.rst'],
    async run({ start, names }) {
      const [producer, first, second] = [await start('producer'), await start('first'), await start('second')]
      const range = `tipc:${serviceOf(names)}:0-99`
      const [one, other] = [await boundSocket(first, tipcKind, range), await boundSocket(second, tipcKind, range)]
      const socket = await newSocket(producer, tipcKind)
      for (const text of ['to all', 'once more']) {
        expectOutcome(await producer.call('sendto', socket, text, 0, range), 'sendto the range').toReturn(text.length)
      }
      for (const [peer, r] of [
        [first, one],
        [second, other],
      ] as const) {
        expectOutcome(await peer.call('recvfrom', r, 64, 0), 'the first recvfrom').toBring('to all')
        expectOutcome(await peer.call('recvfrom', r, 64, 0), 'the second').toBring('once more')
        expectOutcome(await takeNow(peer, r), 'a third').toFail('EAGAIN')
      }

      const closed = await addressOf(first, one)
      await first.must('close', one)
      await producer.must('setsockopt', socket, 'SOL_TIPC', 'TIPC_DEST_DROPPABLE', 0)
      expectOutcome(await producer.call('sendto', socket, 'too late', 0, closed), 'sendto a closed socket').toReturn(8)
      const returned = await producer.call('recvmsg', socket, 64, 256, 0)
      expectOutcome(returned, 'recvmsg of what came back').toReturn(0)
      expectOutcome(returned, 'recvmsg of what came back').toGive('control', [
        { level: solTipc, type: errorInfo, hex: words(noSuchSocket, 8) },
        { level: solTipc, type: returnedData, hex: Buffer.from('too late').toString('hex') },
      ])
    },
  },
]
