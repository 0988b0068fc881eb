/** Urgent data: one byte that overtakes, and a mark in the stream where it was. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { endTold, receiveUrgent, sendUrgent, told } from './parts.ts'

export const urgent: readonly SpecificCase[] = [
  {
    id: 'tcp.oob-last-byte',
    mechanism: 'tcp',
    theme: 'data',
    core: true,
    says: 'Of a send with MSG_OOB the last byte is urgent: recv stops where it was, and MSG_OOB receives it, once.',
    cites: ['XSH send', 'XSH recv', 'XSH sockatmark', 'RFC 6093', 'tcp(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const atMark = () => consumer.call('ioctl-SIOCATMARK', consumer.handle)
      expectOutcome(await receiveUrgent(consumer), 'recv of urgent data before there was any').toFail('EINVAL')

      await producer.must('send', producer.handle, 'ab', 0)
      await sendUrgent(producer, 'xyz')
      await producer.must('send', producer.handle, 'cd', 0)
      await told(consumer, consumer.handle, 'POLLPRI')
      expectOutcome(await atMark(), 'SIOCATMARK').toGive('value', 0)
      expectOutcome(await consumer.recv(64), 'recv up to the mark').toBring('abxy')
      expectOutcome(await atMark(), 'SIOCATMARK at the mark').toGive('value', 1)

      expectOutcome(await receiveUrgent(consumer), 'recv of urgent data').toBring('z')
      expectOutcome(await receiveUrgent(consumer), 'recv of urgent data again').toFail('EINVAL')
      expectOutcome(await consumer.recv(64), 'recv beyond the mark').toBring('cd')
      expectOutcome(await atMark(), 'SIOCATMARK beyond the mark').toGive('value', 0)
    },
  },
  {
    id: 'tcp.oob-sigurg',
    mechanism: 'tcp',
    theme: 'signal',
    says: "Urgent data is told to the socket's owner by SIGURG and to poll as POLLPRI; without an owner by poll alone.",
    cites: ['XSH fcntl', 'XSH poll', 'tcp(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('sigaction', 'SIGURG', 'note')
      const pri = async () => (await consumer.call('poll', [[consumer.handle, 'POLLPRI']], 5000)).out?.revents ?? []
      await sendUrgent(producer, '1')
      expectValue(await pri(), 'what poll tells').toEqual(['POLLPRI'])
      expectOutcome(await consumer.call('noted-signals'), 'the count of SIGURG without an owner').toReturn(0)
      expectOutcome(await receiveUrgent(consumer), 'recv of urgent data').toBring('1')

      await consumer.must('fcntl', consumer.handle, 'F_SETOWN', consumer.peer.pid)
      const pausing = consumer.call('pause')
      await consumer.blocked()
      await sendUrgent(producer, '2')
      expectOutcome(await pausing, 'pause').toFail('EINTR')
      const noted = await consumer.call('noted-signals')
      expectOutcome(noted, 'the count of SIGURG').toReturn(1)
      expectValue(await pri(), 'what poll tells').toEqual(['POLLPRI'])
      expectOutcome(await receiveUrgent(consumer), 'recv of urgent data').toBring('2')
    },
  },
  {
    id: 'tcp.oob-replaced',
    mechanism: 'tcp',
    theme: 'data',
    says: 'An urgent byte that nobody has received when the next comes is urgent no longer: it stays in the stream.',
    cites: ['tcp(7)', 'RFC 6093'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.must('send', producer.handle, 'a', 0)
      await sendUrgent(producer, '1')
      await told(consumer, consumer.handle, 'POLLPRI')
      await producer.must('send', producer.handle, 'b', 0)
      await sendUrgent(producer, '2')
      await producer.must('send', producer.handle, 'c', 0)
      await producer.must('shutdown', producer.handle, 'SHUT_WR')
      await endTold(consumer)

      expectOutcome(await receiveUrgent(consumer), 'recv of urgent data').toBring('2')
      expectOutcome(await receiveUrgent(consumer), 'recv of urgent data again').toFail('EINVAL')
      expectOutcome(await consumer.recv(64), 'recv up to the mark').toBring('a1b')
      expectOutcome(await consumer.recv(64), 'recv beyond the mark').toBring('c')
      expectOutcome(await consumer.recv(64), 'recv at the end').toReturn(0)
    },
  },
  {
    id: 'tcp.oobinline',
    mechanism: 'tcp',
    theme: 'data',
    says: 'With SO_OOBINLINE the urgent byte stays in the stream: recv stops before it, and MSG_OOB fails with EINVAL.',
    cites: ['XSH setsockopt', 'XSH recv', 'tcp(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('setsockopt', consumer.handle, 'SOL_SOCKET', 'SO_OOBINLINE', 1)
      await producer.must('send', producer.handle, 'ab', 0)
      await sendUrgent(producer, 'Z')
      await producer.must('send', producer.handle, 'cd', 0)
      await producer.must('shutdown', producer.handle, 'SHUT_WR')
      await endTold(consumer)

      expectOutcome(await receiveUrgent(consumer), 'recv with MSG_OOB').toFail('EINVAL')
      expectOutcome(await consumer.recv(64), 'recv up to the mark').toBring('ab')
      expectOutcome(await consumer.call('ioctl-SIOCATMARK', consumer.handle), 'SIOCATMARK').toGive('value', 1)
      expectOutcome(await consumer.recv(64), 'recv from the mark on').toBring('Zcd')
      expectOutcome(await consumer.recv(64), 'recv at the end').toReturn(0)
    },
  },
]
