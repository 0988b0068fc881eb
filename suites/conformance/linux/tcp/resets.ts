/** The disorderly end: a reset, whom it is told to and how often, and what is still received. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { fatalSend } from '../fatal.ts'
import { abort, connectedTo, endTold, listening, lossTold, told } from './parts.ts'

export const resets: readonly SpecificCase[] = [
  {
    id: 'tcp.close-unread-rst',
    mechanism: 'tcp',
    theme: 'eof',
    core: true,
    says: 'close with unread input resets the connection: the other side receives ECONNRESET once, and then the end.',
    cites: ['RFC 2525 2.17', 'RFC 9293 3.6', 'tcp(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.must('send', producer.handle, 'unread', 0)
      await told(consumer, consumer.handle, 'POLLIN')
      const receiving = producer.recv(64)
      await producer.blocked()
      await consumer.must('close', consumer.handle)
      expectOutcome(await receiving, 'recv').toFail('ECONNRESET')
      expectOutcome(await producer.recv(64), 'recv after it').toReturn(0)
    },
  },
  {
    id: 'tcp.rst-queued-data-readable',
    mechanism: 'tcp',
    theme: 'eof',
    says: 'What had come before a reset is received first, then ECONNRESET, then the end.',
    cites: ['tcp(7)', 'RFC 9293 3.10.7'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.must('send', producer.handle, 'unread', 0)
      await told(consumer, consumer.handle, 'POLLIN')
      await consumer.must('send', consumer.handle, 'queued', 0)
      await consumer.must('close', consumer.handle)

      await lossTold(producer)
      expectOutcome(await producer.recv(64), 'recv').toBring('queued')
      expectOutcome(await producer.recv(64), 'recv of the reset').toFail('ECONNRESET')
      expectOutcome(await producer.recv(64), 'recv after it').toReturn(0)
    },
  },
  {
    id: 'tcp.linger-zero-abort',
    mechanism: 'tcp',
    theme: 'eof',
    core: true,
    says: 'close with SO_LINGER on and zero resets: the other side gets ECONNRESET, is not connected any more, and EPIPE.',
    cites: ['XSH setsockopt', 'XBD sys/socket.h', 'socket(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const receiving = consumer.recv(64)
      await consumer.blocked()
      await abort(producer)
      expectOutcome(await receiving, 'recv').toFail('ECONNRESET')
      expectOutcome(await consumer.call('getpeername', consumer.handle), 'getpeername').toFail('ENOTCONN')
      const late = await consumer.call('send', consumer.handle, 'x', 'MSG_NOSIGNAL')
      expectOutcome(late, 'send').toFail('EPIPE')
    },
  },
  {
    id: 'tcp.so-error-consumes-reset',
    mechanism: 'tcp',
    theme: 'err',
    says: 'SO_ERROR tells a reset and takes it away: recv then returns the end.',
    cites: ['XSH getsockopt', 'socket(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await abort(producer)
      await lossTold(consumer)
      const asking = () => consumer.call('getsockopt', consumer.handle, 'SOL_SOCKET', 'SO_ERROR')
      expectOutcome(await asking(), 'SO_ERROR').toGive('error', 'ECONNRESET')
      expectOutcome(await asking(), 'SO_ERROR, asked again').toGive('value', 0)
      expectOutcome(await consumer.recv(64), 'recv').toReturn(0)
    },
  },
  {
    id: 'tcp.write-after-peer-close',
    mechanism: 'tcp',
    theme: 'err',
    core: true,
    says: 'After the peer has closed the first send succeeds; later ones fail with EPIPE, and SIGPIPE without MSG_NOSIGNAL.',
    cites: ['XSH send', 'send(2)', 'RFC 9293 3.10.7'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('close', consumer.handle)
      await endTold(producer)
      expectOutcome(await producer.call('send', producer.handle, 'x', 'MSG_NOSIGNAL'), 'the first send').toReturn(1)

      await lossTold(producer)
      const quiet = await producer.call('send', producer.handle, 'x', 'MSG_NOSIGNAL')
      expectOutcome(quiet, 'the next, with MSG_NOSIGNAL').toFail('EPIPE')
      expectExit(await fatalSend(producer, 'x'), 'the producer').toBeKilledBy('SIGPIPE')
    },
  },
  {
    id: 'tcp.peer-sigkill-fin-or-rst',
    mechanism: 'tcp',
    theme: 'crash',
    says: 'Of a peer that is killed one receives the end, or ECONNRESET when it had not read all that was sent to it.',
    cites: ['RFC 1122 4.2.2.13', 'RFC 9293 3.6'],
    async run(stage) {
      const { producer, consumer } = await stage.open()
      await consumer.must('send', consumer.handle, 'last words', 0)
      await consumer.peer.kill()
      expectOutcome(await producer.recv(64), 'recv').toBring('last words')
      expectOutcome(await producer.recv(64), 'recv after a peer that had read all').toReturn(0)

      const { producer: victim, consumer: server, listener, address } = await listening(stage, 1, 'victim', 'server')
      const socket = await connectedTo(victim, address)
      const accepted = await server.must('accept', listener)
      await server.must('send', accepted, 'unread', 0)
      await told(victim, socket, 'POLLIN')
      await victim.kill()
      expectOutcome(await server.call('recv', accepted, 64, 0), 'recv after a peer that had not').toFail('ECONNRESET')
    },
  },
]
