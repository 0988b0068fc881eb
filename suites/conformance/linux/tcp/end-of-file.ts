/** The orderly end: what was sent arrives, and each direction ends by itself. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import { crcOf, materialise } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { arrived } from './parts.ts'

const mebibyte = 1 << 20

export const endOfFile: readonly SpecificCase[] = [
  {
    id: 'tcp.graceful-close-all-data',
    mechanism: 'tcp',
    theme: 'eof',
    core: true,
    says: 'Of 5 MiB that were sent before a close the other side receives every byte, and then the end.',
    cites: ['XSH close', 'RFC 9293 3.6'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const piece = { pattern: mebibyte, seed: 5 }
      const sending = producer.sendMany(5, piece)
      const closing = producer.call('close', producer.handle)
      const received = await consumer.recvMany(1_000_000, mebibyte, mebibyte)
      expectOutcome(await sending, 'the last send').toReturn(mebibyte)
      expectOutcome(await closing, 'close').toReturn(0)
      expectOutcome(received, 'the last recv').toReturn(0)
      const crc = crcOf(materialise(piece))
      expectOutcome(received, 'recv').toGive('tally', [{ ret: mebibyte, crc, count: 5 }])
    },
  },
  {
    id: 'tcp.half-close',
    mechanism: 'tcp',
    theme: 'eof',
    core: true,
    says: 'After shutdown for writing the other side receives the end and can still send; a send of this side is EPIPE.',
    cites: ['XSH shutdown', 'RFC 9293 3.6'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.must('send', producer.handle, 'question', 0)
      expectOutcome(await producer.call('shutdown', producer.handle, 'SHUT_WR'), 'shutdown').toReturn(0)
      expectOutcome(await consumer.recv(64), 'recv').toBring('question')
      expectOutcome(await consumer.recv(64), 'recv at the end').toReturn(0)

      expectOutcome(await consumer.send('answer'), 'send the other way').toReturn(6)
      expectOutcome(await producer.recv(64), 'recv of the answer').toBring('answer')
      const late = await producer.call('send', producer.handle, 'x', 'MSG_NOSIGNAL')
      expectOutcome(late, 'send after shutdown').toFail('EPIPE')
      await consumer.must('close', consumer.handle)
      expectOutcome(await producer.recv(64), 'recv once the other side has closed').toReturn(0)
    },
  },
  {
    id: 'tcp.shut-rd-semantics',
    mechanism: 'tcp',
    theme: 'eof',
    says: 'After shutdown for reading recv returns 0, also once more was sent: nothing is received any more.',
    cites: ['XSH shutdown', 'tcp(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await consumer.call('shutdown', consumer.handle, 'SHUT_RD'), 'shutdown').toReturn(0)
      expectOutcome(await consumer.recv(64), 'recv').toReturn(0)
      expectOutcome(await producer.send('late'), 'send').toReturn(4)
      await arrived(producer)
      expectOutcome(await consumer.recv(64), 'recv of what was sent since').toReturn(0)
    },
  },
]
