/** How a connection ends: half of it, the other half, or all at once. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { End, SpecificCase } from '../../../../harness/pair/stage.ts'
import { connectAt } from '../../../mechanisms/sockets.ts'
import { winsockStream } from '../../../mechanisms/winsock-tcp.ts'

/** Closes so that the other side is told of a reset, and of no end. */
async function abort({ handle, must }: End): Promise<void> {
  await must('setsockopt-linger', handle, 1, 0)
  await must('closesocket', handle)
}

export const ending: readonly SpecificCase[] = [
  {
    id: 'winsock.sd-send-half-close',
    mechanism: 'winsock-tcp',
    theme: 'eof',
    core: true,
    says: 'After shutdown(SD_SEND) the other side receives 0 and may still send; an own send fails with WSAESHUTDOWN.',
    cites: ['MS:shutdown', 'MS "Graceful Shutdown, Linger Options, and Socket Closure"'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.send('last words'), 'send').toReturn(10)
      for (const time of ['first', 'second']) {
        const shut = await producer.call('shutdown', producer.handle, 'SD_SEND')
        expectOutcome(shut, `the ${time} shutdown`).toReturn(0)
      }
      expectOutcome(await producer.send('more'), 'send after it').toFail('WSAESHUTDOWN')
      expectOutcome(await consumer.recv(64), 'recv of what was sent').toBring('last words')
      expectOutcome(await consumer.recv(64), 'recv at the end').toReturn(0)
      expectOutcome(await consumer.send('an answer'), 'send of the other side').toReturn(9)
      expectOutcome(await producer.recv(64), 'recv of the answer').toBring('an answer')
    },
  },
  {
    id: 'winsock.sd-receive',
    mechanism: 'winsock-tcp',
    theme: 'eof',
    says: 'After shutdown(SD_RECEIVE) an own recv fails with WSAESHUTDOWN, and a send of the other side still succeeds.',
    cites: ['MS:shutdown', 'MS:recv'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await consumer.call('shutdown', consumer.handle, 'SD_RECEIVE'), 'shutdown').toReturn(0)
      expectOutcome(await consumer.recv(64), 'recv after it').toFail('WSAESHUTDOWN')
      expectOutcome(await producer.send('to nobody'), 'send of the other side').toReturn(9)
      expectOutcome(await consumer.recv(64), 'recv after that').toFail('WSAESHUTDOWN')
    },
  },
  {
    id: 'winsock.abort-reset',
    mechanism: 'winsock-tcp',
    theme: 'eof',
    core: true,
    says: 'A close that does not linger ends a recv that waits with WSAECONNRESET, an overlapped one with ERROR_NETNAME_DELETED.',
    cites: ['MS:closesocket', 'MS:recv', 'MS "Windows Sockets Error Codes"', 'Wine test_tcp_reset'],
    async run({ start, names, note }) {
      const producer = await start('producer')
      const consumer = await start('consumer')
      const connect = () => connectAt(producer, consumer, winsockStream, names.address('inet'))
      const socketError = (end: End) => end.call('getsockopt', end.handle, 'SOL_SOCKET', 'SO_ERROR')

      const waiting = await connect()
      const receiving = waiting.consumer.recv(64)
      await consumer.blocked()
      await abort(waiting.producer)
      expectOutcome(await receiving, 'the recv that had waited').toFail('WSAECONNRESET')
      expectOutcome(await socketError(waiting.consumer), 'SO_ERROR').toGive('value', 0)
      const later = await waiting.consumer.recv(64)
      note('recv-after-it', later.error ?? later.ret)

      const overlapped = await connect()
      const begun = await overlapped.consumer.call('ReadFile', overlapped.consumer.handle, 64, 'overlapped')
      expectOutcome(begun, 'ReadFile of nothing').toFail('ERROR_IO_PENDING')
      await abort(overlapped.producer)
      const ended = await consumer.call('GetOverlappedResult', Number(begun.out?.overlapped), 'TRUE')
      expectOutcome(ended, 'the overlapped ReadFile').toFail('ERROR_NETNAME_DELETED')
      expectOutcome(await socketError(overlapped.consumer), 'SO_ERROR').toGive('value', 0)
    },
  },
]
