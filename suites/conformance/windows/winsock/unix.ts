/** Sockets of the Unix domain, of which Windows has one kind. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { connectAt, connectTo, listenAt } from '../../../mechanisms/sockets.ts'
import { winsockUnixStream } from '../../../mechanisms/winsock-unix.ts'

export const unixSockets: readonly SpecificCase[] = [
  {
    id: 'winsock.af-unix',
    mechanism: 'winsock-unix',
    theme: 'naming',
    says: 'AF_UNIX has streams and no datagrams; bind makes a file, which keeps its name taken until it is deleted.',
    cites: ['MS DevBlogs "AF_UNIX comes to Windows"', 'Wine test_afunix'],
    async run({ start, names }) {
      const producer = await start('producer')
      const consumer = await start('consumer')
      const path = names.path('socket')
      const link = await connectAt(producer, consumer, winsockUnixStream, path)
      expectOutcome(await link.producer.send('by a path'), 'send').toReturn(9)
      expectOutcome(await link.consumer.recv(64), 'recv').toBring('by a path')
      expectOutcome(await consumer.call('GetFileAttributes', path), 'the file').toSucceed()

      const rebound = await listenAt(consumer, winsockUnixStream, path)
      expectOutcome(rebound.said, 'bind to the same path').toFail('WSAEADDRINUSE')
      expectOutcome(await connectTo(producer, winsockUnixStream, path), 'connect to nobody').toFail('WSAECONNREFUSED')
      expectOutcome(await consumer.call('DeleteFile', path), 'DeleteFile').toSucceed()
      expectOutcome((await listenAt(consumer, winsockUnixStream, path)).said, 'bind after it').toReturn(0)

      const datagram = await producer.call('socket', 'AF_UNIX', 'SOCK_DGRAM', 0)
      expectOutcome(datagram, 'a socket for datagrams').toFail('WSAEAFNOSUPPORT', 'WSAESOCKTNOSUPPORT')
    },
  },
]
