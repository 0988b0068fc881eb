/** What a datagram is: it arrives whole or cut, it may be empty, and it may be just so long. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { addressOf, takeNow } from '../bound.ts'
import { expectKeptApart } from '../records.ts'

/** 65535 less the headers of IP and UDP. */
const longest = 65_507

export const messages: readonly SpecificCase[] = [
  {
    id: 'udp.boundaries-truncate',
    mechanism: 'udp',
    theme: 'boundary',
    core: true,
    says: 'Each receive takes one datagram; what its buffer has no room for is lost, and MSG_TRUNC tells so.',
    cites: ['XSH recvmsg', 'recv(2)', 'udp(7)'],
    async run({ open }) {
      await expectKeptApart(await open())
    },
  },
  {
    id: 'udp.zero-length',
    mechanism: 'udp',
    theme: 'boundary',
    core: true,
    says: 'A datagram of no bytes arrives as one: recv returns 0, which is no end.',
    cites: ['XSH recv', 'RFC 768'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await takeNow(consumer, consumer.handle), 'recv of nothing').toFail('EAGAIN')
      expectOutcome(await producer.call('send', producer.handle, '', 0), 'send of no bytes').toReturn(0)

      expectOutcome(await consumer.ready(0), 'poll').toGive('revents', ['POLLIN'])
      const empty = await takeNow(consumer, consumer.handle)
      expectOutcome(empty, 'recv of no bytes').toReturn(0)
      expectOutcome(empty, 'recv of no bytes').toGive('from', await addressOf(producer.peer, producer.handle))
      expectOutcome(await takeNow(consumer, consumer.handle), 'recv of nothing more').toFail('EAGAIN')

      expectOutcome(await producer.send('no end'), 'send').toReturn(6)
      expectOutcome(await takeNow(consumer, consumer.handle), 'recv').toBring('no end')
    },
  },
  {
    id: 'udp.max-size',
    mechanism: 'udp',
    theme: 'limit',
    core: true,
    says: 'A datagram of 65507 bytes arrives whole; one byte more fails with EMSGSIZE and nothing is sent.',
    cites: ['XSH send', 'RFC 768', 'RFC 791'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const data = { pattern: longest, seed: 1 }
      expectOutcome(await producer.send(data), 'send of the longest').toReturn(longest)
      expectOutcome(await takeNow(consumer, consumer.handle, longest + 1), 'recv').toBring(data)

      expectOutcome(await producer.send({ pattern: longest + 1, seed: 1 }), 'send of one byte more').toFail('EMSGSIZE')
      expectOutcome(await takeNow(consumer, consumer.handle), 'recv of what was not sent').toFail('EAGAIN')
    },
  },
  {
    id: 'udp.overflow-drop',
    mechanism: 'udp',
    theme: 'limit',
    core: true,
    says: 'What has no room in SO_RCVBUF is dropped though its send succeeds; the rest keeps its order; SO_RXQ_OVFL counts.',
    cites: ['XSH sendto', 'socket(7)'],
    async run({ open, note }) {
      const { producer, consumer } = await open()
      await consumer.must('setsockopt', consumer.handle, 'SOL_SOCKET', 'SO_RCVBUF', 4096)
      await consumer.must('setsockopt', consumer.handle, 'SOL_SOCKET', 'SO_RXQ_OVFL', 1)
      const numbered = Array.from({ length: 50 }, (_, n) => `${n}`.padStart(200, '.'))
      for (const each of numbered) expectOutcome(await producer.send(each), 'send').toReturn(200)

      const receiving = () => consumer.call('recvmsg', consumer.handle, 256, 64, 'MSG_DONTWAIT')
      let kept = 0
      for (let came = await receiving(); came.error === undefined; came = await receiving()) {
        expectOutcome(came, `recvmsg number ${kept + 1}`).toBring(numbered[kept] ?? 'one too many')
        kept++
      }
      note('kept', kept)
      expectValue(kept, 'how many were kept').toBeBetween(1, numbered.length - 1)

      expectOutcome(await producer.send('with room'), 'send once there is room').toReturn(9)
      const after = await receiving()
      expectOutcome(after, 'recvmsg').toBring('with room')
      expectOutcome(after, 'SO_RXQ_OVFL').toGive('dropped', numbered.length - kept)
    },
  },
]
