/** How a connection comes about, and what is said where there is none. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { mustListenAt } from '../../../mechanisms/sockets.ts'
import { inetStream } from '../../../mechanisms/tcp.ts'
import { addressOf } from '../bound.ts'
import { anyPort, connectedTo, connectWithoutWaiting, tcpSocket } from './parts.ts'

export const connecting: readonly SpecificCase[] = [
  {
    id: 'tcp.connect-accept-addresses',
    mechanism: 'tcp',
    theme: 'naming',
    says: 'Port 0 becomes a free one, and what one end calls its own address the other calls its peer.',
    cites: ['XSH bind', 'XSH accept', 'XSH getsockname', 'XSH getpeername', 'ip(7)'],
    async run({ start, note }) {
      const consumer = await start('consumer')
      const producer = await start('producer')
      const listener = await mustListenAt(consumer, inetStream, anyPort)
      const listened = await addressOf(consumer, listener)
      const port = Number(listened.split(':')[1])
      note('port', port)
      expectValue(port, 'the port').toBeBetween(1, 65535)

      const w = await connectedTo(producer, listened)
      const accepted = await consumer.call('accept', listener)
      expectOutcome(accepted, 'accept').toSucceed()

      const own = await addressOf(producer, w)
      expectOutcome(accepted, 'accept').toGive('peer', own)
      const seen = await consumer.call('getpeername', accepted.ret)
      expectOutcome(seen, 'getpeername of the consumer').toGive('address', own)
      expectOutcome(await producer.call('getpeername', w), 'getpeername of the producer').toGive('address', listened)
      const accepting = await consumer.call('getsockname', accepted.ret)
      expectOutcome(accepting, 'getsockname of the consumer').toGive('address', listened)
    },
  },
  {
    id: 'tcp.connect-refused',
    mechanism: 'tcp',
    theme: 'err',
    core: true,
    says: 'connect fails with ECONNREFUSED where nobody listens; one that may not wait leaves the error to SO_ERROR, once.',
    cites: ['XSH connect', 'XSH getsockopt', 'connect(2)'],
    async run({ start, names }) {
      const consumer = await start('consumer')
      const producer = await start('producer')
      const address = names.address('inet')
      // The address is somebody's, so that nobody else listens there; this one does not either.
      await consumer.must('bind', await tcpSocket(consumer), address)
      const patient = await producer.call('connect', await tcpSocket(producer), address)
      expectOutcome(patient, 'connect that waits').toFail('ECONNREFUSED')

      const socket = await connectWithoutWaiting(producer, address)
      const polled = await producer.call('poll', [[socket, 'POLLOUT']], 5000)
      expectOutcome(polled, 'poll').toGive('revents', ['POLLOUT|POLLERR|POLLHUP'])
      const asking = () => producer.call('getsockopt', socket, 'SOL_SOCKET', 'SO_ERROR')
      expectOutcome(await asking(), 'SO_ERROR').toGive('error', 'ECONNREFUSED')
      expectOutcome(await asking(), 'SO_ERROR, asked again').toGive('value', 0)
    },
  },
  {
    id: 'tcp.connect-twice',
    mechanism: 'tcp',
    theme: 'err',
    says: 'connect fails with EISCONN on a connected socket, and with EALREADY while an attempt is under way.',
    cites: ['XSH connect', 'connect(2)'],
    async run({ start }) {
      const owner = await start('owner')
      const listener = await mustListenAt(owner, inetStream, anyPort, 0)
      const address = await addressOf(owner, listener)
      const connected = await connectedTo(owner, address)
      expectOutcome(await owner.call('connect', connected, address), 'connect once connected').toFail('EISCONN')

      // Nobody accepts, and there is no room for a second in the queue.
      const waiting = await connectWithoutWaiting(owner, address)
      expectOutcome(await owner.call('connect', waiting, address), 'connect while connecting').toFail('EALREADY')
    },
  },
  {
    id: 'tcp.send-unconnected',
    mechanism: 'tcp',
    theme: 'err',
    says: 'On a socket that was never connected recv, shutdown, getpeername and send fail with ENOTCONN.',
    cites: ['XSH send', 'XSH recv', 'XSH shutdown', 'XSH getpeername'],
    async run({ start }) {
      const owner = await start('owner')
      const socket = await tcpSocket(owner)
      expectOutcome(await owner.call('recv', socket, 64, 0), 'recv').toFail('ENOTCONN')
      expectOutcome(await owner.call('shutdown', socket, 'SHUT_WR'), 'shutdown').toFail('ENOTCONN')
      expectOutcome(await owner.call('getpeername', socket), 'getpeername').toFail('ENOTCONN')
      expectOutcome(await owner.call('send', socket, 'x', 'MSG_NOSIGNAL'), 'send').toFail('ENOTCONN')
    },
  },
]
