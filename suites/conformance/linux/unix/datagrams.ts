/** Datagrams of the Unix domain: none is lost, a sender waits instead, and a receiver never learns that anybody has gone. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { connectTo, newSocket } from '../../../mechanisms/sockets.ts'
import { datagram } from '../../../mechanisms/unix-sockets.ts'
import { boundSocket } from '../bound.ts'
import { readNumber } from '../proc.ts'
import { flagsOf } from './messages.ts'
import { strangers } from './strangers.ts'

export const datagrams: readonly SpecificCase[] = [
  {
    id: 'uds-dgram.reliable-blocking',
    mechanism: 'unix-dgram',
    theme: 'block',
    core: true,
    says: 'A queue takes max_dgram_qlen and one datagrams; then a sender that may not wait is told EAGAIN, and others sleep.',
    cites: ['unix(7)'],
    async run(stage) {
      const { producer, consumer } = await strangers(stage)
      const path = stage.names.path('socket')
      const room = 1 + (await readNumber(consumer, '/proc/sys/net/unix/max_dgram_qlen'))
      const r = await boundSocket(consumer, datagram, path)
      const w = await newSocket(producer, datagram)
      await producer.must('connect', w, path)
      await producer.must('setsockopt', w, 'SOL_SOCKET', 'SO_SNDBUF', 1 << 20)
      const { value: sendBuffer } = (await producer.call('getsockopt', w, 'SOL_SOCKET', 'SO_SNDBUF')).out ?? {}
      if (room > Number(sendBuffer) / 1024)
        stage.unsupported(`the send buffer is full before the queue; set net.unix.max_dgram_qlen to less than ${room}`)

      const filling = await producer.call('repeat', 2 * room, 0, 'send', w, 'x', 'MSG_DONTWAIT')
      expectOutcome(filling, 'the last send').toFail('EAGAIN')
      expectValue(Number(filling.out?.times) - 1, 'datagrams that the queue takes').toEqual(room)

      const waiting = producer.call('send', w, 'patience', 0)
      await producer.blocked()
      expectOutcome(await consumer.call('recv', r, 64, 0), 'recv').toBring('x')
      expectOutcome(await waiting, 'the send that waited').toReturn(8)
      await consumer.must('repeat', room - 1, 0, 'recv', r, 64, 0)
      expectOutcome(await consumer.call('recv', r, 64, 'MSG_DONTWAIT'), 'recv of the last').toBring('patience')
    },
  },
  {
    id: 'uds-dgram.errors',
    mechanism: 'unix-dgram',
    theme: 'err',
    says: 'ENOENT without a path, ECONNREFUSED at a dead one, to a peer that has gone once, then ENOTCONN; never a SIGPIPE.',
    cites: ['XSH send', 'unix(7)'],
    async run(stage) {
      const { producer, consumer } = await strangers(stage)
      const third = await stage.start('third')
      const [path, dead, missing] = ['socket', 'dead', 'missing'].map(stage.names.path) as [string, string, string]
      const r = await boundSocket(consumer, datagram, path)
      await boundSocket(third, datagram, dead)
      await third.kill()
      await producer.must('sigaction', 'SIGPIPE', 'note')
      const w = await newSocket(producer, datagram)

      expectOutcome(await producer.call('sendto', w, 'x', 0, missing), 'sendto a missing path').toFail('ENOENT')
      expectOutcome(await producer.call('sendto', w, 'x', 0, dead), 'sendto a dead path').toFail('ECONNREFUSED')
      expectOutcome(await producer.call('send', w, 'x', 0), 'send without a peer').toFail('ENOTCONN')

      await producer.must('connect', w, path)
      const { value: sendBuffer } = (await producer.call('getsockopt', w, 'SOL_SOCKET', 'SO_SNDBUF')).out ?? {}
      const tooLong = { pattern: Number(sendBuffer), seed: 1 }
      expectOutcome(await producer.call('send', w, tooLong, 0), 'send of SO_SNDBUF bytes').toFail('EMSGSIZE')
      expectOutcome(await producer.call('send', w, 'x', 0), 'send to the peer').toReturn(1)

      await consumer.must('close', r)
      expectOutcome(await producer.call('send', w, 'x', 0), 'send to a peer that has gone').toFail('ECONNREFUSED')
      expectOutcome(await producer.call('send', w, 'x', 0), 'the next send').toFail('ENOTCONN')
      expectOutcome(await producer.call('shutdown', w, 'SHUT_WR'), 'shutdown').toReturn(0)
      expectOutcome(await producer.call('send', w, 'x', 0), 'send after SHUT_WR').toFail('EPIPE')
      expectOutcome(await producer.call('noted-signals'), 'the count of SIGPIPE').toReturn(0)
    },
  },
  {
    id: 'uds-dgram.third-party-eperm',
    mechanism: 'unix-dgram',
    theme: 'perm',
    says: 'A socket that is connected takes datagrams from its peer alone: to others it says EPERM.',
    cites: ['unix(7)'],
    async run(stage) {
      const { producer, consumer } = await strangers(stage)
      const intruder = await stage.start('intruder')
      const [path, own] = [stage.names.path('socket'), stage.names.path('own')]
      const r = await boundSocket(consumer, datagram, path)
      const w = await boundSocket(producer, datagram, own)
      const t = await newSocket(intruder, datagram)
      expectOutcome(await intruder.call('sendto', t, 'early', 0, path), 'sendto before connect').toReturn(5)
      expectOutcome(await consumer.call('recv', r, 64, 0), 'recv').toBring('early')

      await consumer.must('connect', r, own)
      expectOutcome(await intruder.call('sendto', t, 'late', 0, path), 'sendto by another').toFail('EPERM')
      expectOutcome(await connectTo(intruder, datagram, path), 'connect by another').toFail('EPERM')
      expectOutcome(await producer.call('sendto', w, 'mine', 0, path), 'sendto by the peer').toReturn(4)
      expectOutcome(await consumer.call('recv', r, 64, 'MSG_DONTWAIT'), 'recv').toBring('mine')
      expectOutcome(await consumer.call('recv', r, 64, 'MSG_DONTWAIT'), 'recv of no more').toFail('EAGAIN')
    },
  },
  {
    id: 'uds-dgram.no-eof',
    mechanism: 'unix-dgram',
    theme: 'eof',
    says: 'A receiver is not told that its sender has gone: no POLLHUP, EAGAIN, and a receive goes on waiting, for whoever sends next.',
    cites: ['unix(7)'],
    async run(stage) {
      const { producer, consumer } = await strangers(stage)
      const path = stage.names.path('socket')
      const r = await boundSocket(consumer, datagram, path)
      const w = await newSocket(producer, datagram)
      await producer.must('connect', w, path)
      await producer.must('send', w, 'last words', 0)

      const receiving = () => consumer.call('recv', r, 64, 0)
      expectOutcome(await receiving(), 'recv').toBring('last words')
      const waiting = receiving()
      await consumer.blocked()
      await producer.must('close', w)
      await consumer.blocked()
      const successor = await newSocket(producer, datagram)
      await producer.must('sendto', successor, 'carry on', 0, path)
      expectOutcome(await waiting, 'the recv that waited').toBring('carry on')

      await producer.kill()
      const polled = await consumer.call('poll', [[r, 'POLLIN|POLLRDHUP']], 0)
      expectOutcome(polled, 'poll after the sender was killed').toReturn(0)
      expectOutcome(await consumer.call('recv', r, 64, 'MSG_DONTWAIT'), 'recv').toFail('EAGAIN')
    },
  },
  {
    id: 'uds-dgram.zero-and-truncate',
    mechanism: 'unix-dgram',
    theme: 'boundary',
    says: 'An empty datagram arrives, what a short buffer does not take is lost and MSG_TRUNC tells, and who has no name shows none.',
    cites: ['XSH recvmsg', 'XSH recvfrom', 'unix(7)'],
    async run(stage) {
      const { producer, consumer } = await strangers(stage)
      const [path, own] = [stage.names.path('socket'), stage.names.path('own')]
      const r = await boundSocket(consumer, datagram, path)
      const nameless = await newSocket(producer, datagram)
      const named = await boundSocket(producer, datagram, own)
      const receiving = (max: number) => consumer.call('recvmsg', r, max, 0, 'MSG_DONTWAIT')

      expectOutcome(await producer.call('sendto', nameless, '', 0, path), 'sendto of nothing').toReturn(0)
      await producer.must('sendto', named, 'truncated', 0, path)
      await producer.must('sendto', named, 'whole', 0, path)

      const empty = await receiving(64)
      expectOutcome(empty, 'recvmsg of an empty datagram').toReturn(0)
      expectOutcome(empty, 'recvmsg from one without a name').toGive('from', '')
      const cut = await receiving(5)
      expectOutcome(cut, 'recvmsg with too little room').toBring('trunc')
      expectOutcome(cut, 'recvmsg from one with a name').toGive('from', own)
      expectValue(flagsOf(cut), 'the flags of a datagram that was cut').toContain('MSG_TRUNC')
      const whole = await receiving(64)
      expectOutcome(whole, 'the next recvmsg').toBring('whole')
      expectValue(flagsOf(whole), 'the flags of a whole datagram').toLack('MSG_TRUNC')
      expectOutcome(await receiving(64), 'recvmsg with nothing left').toFail('EAGAIN')
    },
  },
]
