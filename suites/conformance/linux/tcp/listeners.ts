/** What a listener does with those who wait at its door. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { mustListenAt } from '../../../mechanisms/sockets.ts'
import { inetStream } from '../../../mechanisms/tcp.ts'
import { addressOf } from '../bound.ts'
import { abort, anyPort, connectedTo, connectWithoutWaiting, listening, tcpSocket, told } from './parts.ts'

export const listeners: readonly SpecificCase[] = [
  {
    id: 'tcp.backlog',
    mechanism: 'tcp',
    theme: 'limit',
    says: 'Behind listen(1) two connections are made that nobody has accepted; a third attempt waits, and does not fail.',
    cites: ['XSH listen', 'listen(2)'],
    async run(stage) {
      const { producer, consumer, listener, address } = await listening(stage, 1)
      for (const which of ['the first', 'the second']) {
        expectOutcome(await producer.call('connect', await tcpSocket(producer), address), which).toReturn(0)
      }
      await connectWithoutWaiting(producer, address)

      const latecomer = await stage.start('latecomer')
      const socket = await tcpSocket(latecomer)
      void latecomer.call('connect', socket, address)
      await latecomer.blocked()
      await latecomer.kill()
      for (const which of ['accept of the first', 'accept of the second']) {
        expectOutcome(await consumer.call('accept', listener), which).toSucceed()
      }
    },
  },
  {
    id: 'tcp.listener-close-queued',
    mechanism: 'tcp',
    theme: 'eof',
    says: 'When a listener is closed, whoever is connected and was not accepted yet is told with a reset.',
    cites: ['XSH close', 'RFC 9293 3.10.4'],
    async run(stage) {
      const { producer, consumer, listener, address } = await listening(stage)
      const socket = await connectedTo(producer, address)
      expectOutcome(await producer.call('send', socket, 'hello', 0), 'send to who has not accepted').toReturn(5)

      await consumer.must('close', listener)
      expectOutcome(await producer.call('recv', socket, 64, 0), 'recv').toFail('ECONNRESET')
      const again = await producer.call('connect', await tcpSocket(producer), address)
      expectOutcome(again, 'connect once nobody listens').toFail('ECONNREFUSED')
    },
  },
  {
    id: 'tcp.accept-after-client-abort',
    mechanism: 'tcp',
    theme: 'err',
    says: 'A connection that was reset before it is accepted is told of: by accept, ECONNABORTED, or by recv, ECONNRESET.',
    cites: ['XSH accept', 'accept(2)'],
    async run(stage) {
      const { producer, consumer, listener, address } = await listening(stage)
      const socket = await connectedTo(producer, address)
      await told(consumer, listener, 'POLLIN')
      await abort({ ...producer, peer: producer, handle: socket })

      const accepted = await consumer.call('accept', listener)
      stage.note('accept', accepted.error ?? 'a socket')
      if (accepted.error !== undefined) return expectOutcome(accepted, 'accept').toFail('ECONNABORTED')
      expectOutcome(await consumer.call('recv', accepted.ret, 64, 0), 'recv').toFail('ECONNRESET')
    },
  },
  {
    id: 'tcp.accept-inherit-flags',
    mechanism: 'tcp',
    theme: 'naming',
    says: 'An accepted socket has neither O_NONBLOCK nor FD_CLOEXEC of its listener, and both when accept4 asks for them.',
    cites: ['XSH accept4', 'accept(2)'],
    async run({ start }) {
      const owner = await start('owner')
      const listener = await mustListenAt(owner, inetStream, anyPort)
      await owner.must('fcntl', listener, 'F_SETFL', 'O_NONBLOCK')
      await owner.must('fcntl', listener, 'F_SETFD', 'FD_CLOEXEC')
      const address = await addressOf(owner, listener)
      const acceptedWith = async (flags: string) => {
        await connectedTo(owner, address)
        return owner.must('accept', listener, flags)
      }
      const plain = await acceptedWith('0')
      expectOutcome(await owner.call('fcntl', plain, 'F_GETFL'), 'F_GETFL of accept').toGive('flags', 'O_RDWR')
      expectOutcome(await owner.call('fcntl', plain, 'F_GETFD'), 'F_GETFD of accept').toReturn(0)

      const asked = await acceptedWith('SOCK_NONBLOCK|SOCK_CLOEXEC')
      const flags = await owner.call('fcntl', asked, 'F_GETFL')
      expectOutcome(flags, 'F_GETFL of accept4').toGive('flags', 'O_RDWR|O_NONBLOCK')
      expectOutcome(await owner.call('fcntl', asked, 'F_GETFD'), 'F_GETFD of accept4').toGive('flags', 'FD_CLOEXEC')
    },
  },
  {
    id: 'tcp.shutdown-listener-wakes-accept',
    mechanism: 'tcp',
    theme: 'block',
    says: 'shutdown of a listener for reading ends an accept that waits on it: it fails with EINVAL.',
    cites: ['XSH shutdown', 'accept(2)'],
    async run(stage) {
      const { consumer, listener } = await listening(stage)
      const partner = await consumer.fork('partner')
      const accepting = consumer.call('accept', listener)
      await consumer.blocked()
      expectOutcome(await partner.call('shutdown', listener, 'SHUT_RD'), 'shutdown').toReturn(0)
      expectOutcome(await accepting, 'the accept that waited').toFail('EINVAL')
      expectOutcome(await consumer.call('accept', listener), 'accept after it').toFail('EINVAL')
    },
  },
]
