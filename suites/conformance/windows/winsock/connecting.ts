/** Connections that do not come about, or not at once. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { mustListenAt } from '../../../mechanisms/sockets.ts'
import { winsockStream } from '../../../mechanisms/winsock-tcp.ts'
import { impatientSocket, tcpSocket } from './parts.ts'

export const connecting: readonly SpecificCase[] = [
  {
    id: 'winsock.connect-refused',
    mechanism: 'winsock-tcp',
    theme: 'err',
    core: true,
    says: 'connect fails with WSAECONNREFUSED where nobody listens, and with success where somebody does.',
    cites: ['MS:connect'],
    async run({ start, names }) {
      const consumer = await start('consumer')
      const producer = await start('producer')
      const address = names.address('inet')
      // The address is somebody's, so that nobody else listens there.
      const owner = await tcpSocket(consumer)
      await consumer.must('bind', owner, address)
      const refused = await producer.call('connect', await tcpSocket(producer), address)
      expectOutcome(refused, 'connect where nobody listens').toFail('WSAECONNREFUSED')
      await consumer.must('listen', owner, 1)
      const taken = await producer.call('connect', await tcpSocket(producer), address)
      expectOutcome(taken, 'connect where somebody listens').toReturn(0)
    },
  },
  {
    id: 'winsock.nonblocking-wouldblock',
    mechanism: 'winsock-tcp',
    theme: 'block',
    core: true,
    says: 'What would wait fails with WSAEWOULDBLOCK, connect too; asked again it says WSAEALREADY, or WSAEISCONN once it is.',
    cites: ['MS:connect', 'MS:ioctlsocket', 'MS:recv', 'MS:WSAPoll'],
    async run({ start, names }) {
      const consumer = await start('consumer')
      const producer = await start('producer')
      const address = names.address('inet')
      await mustListenAt(consumer, winsockStream, address)
      const connected = await impatientSocket(producer)
      const began = await producer.call('connect', connected, address)
      expectOutcome(began, 'connect that may not wait').toFail('WSAEWOULDBLOCK')
      const polled = await producer.call('WSAPoll', [[connected, 'POLLWRNORM']], 5000)
      expectOutcome(polled, 'WSAPoll').toGive('revents', ['POLLWRNORM'])
      const again = await producer.call('connect', connected, address)
      expectOutcome(again, 'connect once connected').toFail('WSAEISCONN')
      expectOutcome(await producer.call('recv', connected, 64, 0), 'recv of nothing').toFail('WSAEWOULDBLOCK')

      // Nobody accepts: soon there is no more room in the queue, and who comes last has to wait.
      await producer.call('connect', await impatientSocket(producer), address)
      const late = await impatientSocket(producer)
      expectOutcome(await producer.call('connect', late, address), 'the last connect').toFail('WSAEWOULDBLOCK')
      expectOutcome(await producer.call('connect', late, address), 'the same again').toFail('WSAEALREADY')
    },
  },
  {
    id: 'winsock.listen-unbound',
    mechanism: 'winsock-tcp',
    theme: 'err',
    says: 'listen on a socket that was never bound fails with WSAEINVAL, and chooses no address.',
    cites: ['MS:listen'],
    async run({ start, names }) {
      const owner = await start('owner')
      const socket = await tcpSocket(owner)
      expectOutcome(await owner.call('listen', socket, 1), 'listen at no address').toFail('WSAEINVAL')
      await owner.must('bind', socket, names.address('inet'))
      expectOutcome(await owner.call('listen', socket, 1), 'listen at one').toReturn(0)
    },
  },
]
