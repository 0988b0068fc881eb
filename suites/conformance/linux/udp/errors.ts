/** Who is told of what became of a datagram: whoever is connected, or has asked; nobody else. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { connectAt, newSocket } from '../../../mechanisms/sockets.ts'
import { inetStream } from '../../../mechanisms/tcp.ts'
import { inetDatagram } from '../../../mechanisms/udp.ts'
import { boundSocket, takeNow } from '../bound.ts'
import { rights } from '../unix/messages.ts'

/** Room for a control message with an address. */
const roomForErrors = 128
/** SO_EE_ORIGIN_ICMP, and what ICMP says of a port that nobody has. */
const unreachablePort = { origin: 2, type: 3, code: 3 }

export const errors: readonly SpecificCase[] = [
  {
    id: 'udp.connected-refused',
    mechanism: 'udp',
    theme: 'err',
    core: true,
    says: 'Connected to a port that nobody has, a first send succeeds and the call after it fails with ECONNREFUSED, once.',
    cites: ['XSH send', 'XSH recv', 'udp(7)', 'RFC 1122 4.1.3.3'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('close', consumer.handle)

      for (const what of ['a first send', 'a send when the error was told']) {
        expectOutcome(await producer.send('anyone?'), what).toReturn(7)
        expectOutcome(await producer.send('anyone?'), 'the send after it').toFail('ECONNREFUSED')
      }
      expectOutcome(await producer.send('anyone?'), 'a send').toReturn(7)
      expectOutcome(await producer.ready(0), 'poll').toGive('revents', ['POLLERR'])
      expectOutcome(await takeNow(producer, producer.handle), 'the recv after it').toFail('ECONNREFUSED')
      expectOutcome(await takeNow(producer, producer.handle), 'a recv when the error was told').toFail('EAGAIN')
      expectOutcome(await producer.ready(0), 'poll when the error was told').toReturn(0)
    },
  },
  {
    id: 'udp.unconnected-no-error',
    mechanism: 'udp',
    theme: 'err',
    says: 'An unconnected sender is told nothing; with IP_RECVERR it is, and finds in the error queue what it had sent.',
    cites: ['ip(7)', 'udp(7)', 'recv(2)'],
    async run({ start, names }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      const dead = names.address('inet')
      await consumer.must('close', await boundSocket(consumer, inetDatagram, dead))
      const socket = await boundSocket(producer, inetDatagram, names.address('inet'))
      const sending = () => producer.call('sendto', socket, 'anyone?', 0, dead)

      for (const what of ['a first send', 'a second', 'a third']) expectOutcome(await sending(), what).toReturn(7)
      expectOutcome(await takeNow(producer, socket), 'recv').toFail('EAGAIN')
      const pending = await producer.call('getsockopt', socket, 'SOL_SOCKET', 'SO_ERROR')
      expectOutcome(pending, 'SO_ERROR').toGive('value', 0)

      await producer.must('setsockopt', socket, 'IPPROTO_IP', 'IP_RECVERR', 1)
      expectOutcome(await sending(), 'a send with IP_RECVERR').toReturn(7)
      expectOutcome(await sending(), 'the send after it').toFail('ECONNREFUSED')
      const queued = await producer.call('recvmsg', socket, 64, roomForErrors, 'MSG_ERRQUEUE')
      expectOutcome(queued, 'recvmsg of the error').toBring('anyone?')
      expectOutcome(queued, 'recvmsg of the error').toGive('flags', 'MSG_ERRQUEUE')
      expectOutcome(queued, 'where it was sent').toGive('from', dead)
      const offender = `${dead.split(':')[0]}:0`
      const { origin, type, code } = unreachablePort
      const error = { error: 'ECONNREFUSED', origin, type, code, info: 0, offender }
      expectOutcome(queued, 'the error').toGive('error', error)
      const empty = await producer.call('recvmsg', socket, 64, roomForErrors, 'MSG_ERRQUEUE')
      expectOutcome(empty, 'recvmsg of one error more').toFail('EAGAIN')
    },
  },
  {
    id: 'udp.no-destination',
    mechanism: 'udp',
    theme: 'err',
    says: 'send without a destination fails with EDESTADDRREQ, a broadcast without SO_BROADCAST with EACCES, listen with EOPNOTSUPP.',
    cites: ['XSH send', 'XSH listen', 'udp(7)', 'ip(7)'],
    async run({ start }) {
      const peer = await start('peer')
      const socket = await newSocket(peer, inetDatagram)
      expectOutcome(await peer.call('send', socket, 'to whom?', 0), 'send').toFail('EDESTADDRREQ')
      const broadcast = await peer.call('sendto', socket, 'to all', 0, '127.255.255.255:9')
      expectOutcome(broadcast, 'sendto a broadcast address').toFail('EACCES')
      expectOutcome(await peer.call('listen', socket, 1), 'listen').toFail('EOPNOTSUPP')
    },
  },
  {
    id: 'udp.peer-death-invisible',
    mechanism: 'udp',
    theme: 'crash',
    says: 'An unconnected sender never learns that its receiver was killed: sends succeed, and nothing is told.',
    cites: ['XSH sendto', 'udp(7)'],
    async run({ start, names }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      const address = names.address('inet')
      const r = await boundSocket(consumer, inetDatagram, address)
      const socket = await boundSocket(producer, inetDatagram, names.address('inet'))
      const sending = () => producer.call('sendto', socket, 'still there?', 0, address)
      expectOutcome(await sending(), 'sendto while it lives').toReturn(12)
      expectOutcome(await takeNow(consumer, r), 'recv').toBring('still there?')

      await consumer.kill()
      for (const what of ['sendto', 'sendto again', 'sendto once more'])
        expectOutcome(await sending(), what).toReturn(12)
      expectOutcome(await producer.call('poll', [[socket, 'POLLIN']], 0), 'poll').toReturn(0)
      expectOutcome(await takeNow(producer, socket), 'recv').toFail('EAGAIN')
    },
  },
  {
    id: 'udp.rights-ignored',
    mechanism: 'udp',
    theme: 'err',
    says: 'Descriptors sent along over UDP or TCP are ignored: the send succeeds, the bytes arrive, and nothing with them.',
    cites: ['XBD sys/socket.h', 'unix(7)', 'cmsg(3)'],
    async run({ open, names }) {
      const { producer, consumer } = await open()
      const tcp = await connectAt(producer.peer, consumer.peer, inetStream, names.address('inet'))
      for (const [over, w, r] of [
        ['UDP', producer.handle, consumer.handle],
        ['TCP', tcp.producer.handle, tcp.consumer.handle],
      ] as const) {
        const sent = await producer.call('sendmsg', w, 'with a descriptor', 0, rights(w))
        expectOutcome(sent, `sendmsg over ${over}`).toReturn(17)
        const came = await consumer.call('recvmsg', r, 64, roomForErrors, 0)
        expectOutcome(came, `recvmsg over ${over}`).toBring('with a descriptor')
        expectOutcome(came, `recvmsg over ${over}`).toGive('rights', [])
        expectOutcome(came, `recvmsg over ${over}`).toGive('flags', '0')
      }
    },
  },
]
