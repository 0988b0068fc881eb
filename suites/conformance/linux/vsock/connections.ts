/** Sockets of virtual machines, from a machine to itself. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { vsockAddress, vsockStreamKind } from '../../../mechanisms/vsock.ts'
import { fatalSend } from '../fatal.ts'
import { expectKeptApart } from '../records.ts'
import { expectWaited } from '../waited.ts'

const patienceMs = 40

export const connections: readonly SpecificCase[] = [
  {
    id: 'vsock.probe-loopback',
    mechanism: 'vsock-stream',
    evenWithout: true,
    theme: 'err',
    core: true,
    says: 'Where nothing carries what a machine sends itself, connect gives up when SO_VM_SOCKETS_CONNECT_TIMEOUT is over, or has no device.',
    cites: ['vsock(7)'],
    needs: [
      {
        works: ['socket', 'AF_VSOCK', 'SOCK_STREAM', 0],
        otherwise: 'the kernel has no AF_VSOCK; load the module: modprobe vsock',
      },
    ],
    async run({ start, names, note }) {
      const peer = await start('peer')
      const reached = await peer.call('reach-vsock', 'SOCK_STREAM', patienceMs)
      note('loopback', reached.error ?? 'there')
      const socket = await newSocket(peer, vsockStreamKind)
      await peer.must('setsockopt-timeout', socket, 'AF_VSOCK', 'SO_VM_SOCKETS_CONNECT_TIMEOUT', patienceMs)
      const connecting = await peer.call('connect', socket, vsockAddress(names))
      if (reached.error === undefined) return expectOutcome(connecting, 'connect to nobody').toFail('ECONNRESET')
      expectOutcome(connecting, 'connect').toFail('ETIMEDOUT', 'ENODEV')
      if (connecting.error === 'ETIMEDOUT') expectWaited(connecting, patienceMs)
    },
  },
  {
    id: 'vsock.stream-roundtrip',
    mechanism: 'vsock-stream',
    theme: 'data',
    says: 'A stream carries data both ways to its end; where nobody listens connect fails with ECONNRESET.',
    cites: ['vsock(7)'],
    async run({ open, start, names }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.send('there'), 'send').toReturn(5)
      expectOutcome(await consumer.recv(64), 'recv').toBring('there')
      expectOutcome(await consumer.send('and back'), 'send').toReturn(8)
      expectOutcome(await producer.recv(64), 'recv').toBring('and back')
      expectOutcome(await producer.send('last words'), 'send').toReturn(10)
      await producer.must('close', producer.handle)
      expectOutcome(await consumer.recv(64), 'recv of what was sent before the close').toBring('last words')
      expectOutcome(await consumer.recv(64), 'recv at the end').toReturn(0)

      const stranger = await start('stranger')
      const socket = await newSocket(stranger, vsockStreamKind)
      expectOutcome(await stranger.call('connect', socket, vsockAddress(names)), 'connect to nobody').toFail(
        'ECONNRESET',
      )
    },
  },
  {
    id: 'vsock.seqpacket-bounds',
    mechanism: 'vsock-seqpacket',
    theme: 'boundary',
    says: 'Records are kept apart; what there is no room for is lost, and MSG_TRUNC tells so; MSG_EOR arrives as it was sent.',
    cites: ['vsock(7)', 'vsock_test.c'],
    async run({ open }) {
      const link = await open()
      await expectKeptApart(link)
      const { producer, consumer } = link
      expectOutcome(await producer.call('send', producer.handle, 'marked', 'MSG_EOR'), 'send with MSG_EOR').toReturn(6)
      const marked = await consumer.call('recvmsg', consumer.handle, 64, 0, 0)
      expectOutcome(marked, 'recvmsg of what was marked').toBring('marked')
      expectOutcome(marked, 'recvmsg of what was marked').toGive('flags', 'MSG_EOR')
    },
  },
  {
    id: 'vsock.shutdown-sigpipe',
    mechanism: 'vsock-stream',
    theme: 'signal',
    says: 'send after a shutdown of either side fails with EPIPE, and kills with SIGPIPE unless MSG_NOSIGNAL was said.',
    cites: ['vsock(7)', 'vsock_test.c', 'XSH send'],
    needs: [{ kernel: '6.7' }],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('shutdown', consumer.handle, 'SHUT_RDWR')
      // The news takes its way.
      const told = await producer.call('poll', [[producer.handle, 'POLLRDHUP']], 5000)
      expectOutcome(told, 'poll').toReturn(1)
      const sending = () => producer.call('send', producer.handle, 'anyone?', 'MSG_NOSIGNAL')
      expectOutcome(await sending(), 'send after a shutdown of the other side').toFail('EPIPE')
      expectExit(await fatalSend(producer, 'anyone?'), 'the producer').toBeKilledBy('SIGPIPE')

      await consumer.must('shutdown', consumer.handle, 'SHUT_WR')
      const own = await consumer.call('send', consumer.handle, 'mine', 'MSG_NOSIGNAL')
      expectOutcome(own, 'send after a shutdown of its own').toFail('EPIPE')
      expectExit(await fatalSend(consumer, 'mine'), 'the consumer').toBeKilledBy('SIGPIPE')
    },
  },
]
