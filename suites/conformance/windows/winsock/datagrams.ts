/** Datagrams: one that does not fit, and one that nobody took. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { ownAddress } from '../../../mechanisms/winsock-udp.ts'
import { setPatience, udpSocket } from './parts.ts'

export const datagrams: readonly SpecificCase[] = [
  {
    id: 'winsock.recvfrom-short',
    mechanism: 'winsock-udp',
    theme: 'boundary',
    core: true,
    says: 'A datagram that does not fit fills the buffer, is told by WSAEMSGSIZE where POSIX says success, and its rest is lost.',
    cites: ['MS:recvfrom'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.send('hello world'), 'the first send').toReturn(11)
      expectOutcome(await producer.send('next'), 'the second send').toReturn(4)
      const short = await consumer.call('recvfrom', consumer.handle, 5, 0)
      expectOutcome(short, 'recvfrom with room for five bytes').toFailBringing('WSAEMSGSIZE', 'hello')
      expectOutcome(await consumer.call('recvfrom', consumer.handle, 64, 0), 'recvfrom after it').toBring('next')
    },
  },
  {
    id: 'winsock.udp-connreset',
    mechanism: 'winsock-udp',
    theme: 'err',
    says: 'A datagram to where nobody is fails a later recvfrom with WSAECONNRESET, though nothing is connected, unless that is off.',
    cites: ['MS "SIO_UDP_CONNRESET"', 'MS "Winsock IOCTLs"', 'MS:recvfrom'],
    async run({ start, names }) {
      const consumer = await start('consumer')
      const producer = await start('producer')
      const nowhere = ownAddress(names)
      const taken = await udpSocket(consumer)
      await consumer.must('bind', taken, nowhere)
      await consumer.must('closesocket', taken)

      const socket = await udpSocket(producer)
      await producer.must('bind', socket, ownAddress(names))
      await setPatience(producer, socket, 100)
      await producer.must('WSAIoctl-SIO_UDP_CONNRESET', socket, 0)
      await producer.must('sendto', socket, 'anyone?', 0, nowhere)
      const quiet = await producer.call('recvfrom', socket, 64, 0)
      expectOutcome(quiet, 'recvfrom when reports are off').toFail('WSAETIMEDOUT')
      await producer.must('WSAIoctl-SIO_UDP_CONNRESET', socket, 1)
      await producer.must('sendto', socket, 'anyone?', 0, nowhere)
      const told = await producer.call('recvfrom', socket, 64, 0)
      expectOutcome(told, 'recvfrom when reports are on').toFail('WSAECONNRESET')
    },
  },
]
