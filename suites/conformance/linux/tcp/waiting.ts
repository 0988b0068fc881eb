/** Who waits for what, and for how long: for room, for data, for an acknowledgement, for a close. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../../harness/model.ts'
import type { Grip, SpecificCase } from '../../../../harness/pair/stage.ts'
import { connectedTo, listening, receiveNow, told } from './parts.ts'

const piece = { pattern: 65536, seed: 9 }
const manyTimes = 100_000

/** What a repeated call moved in all. */
function moved(repeated: Outcome): number {
  const rows = repeated.out?.tally as readonly { readonly ret: number; readonly count: number }[]
  return rows.reduce((sum, row) => sum + Math.max(row.ret, 0) * row.count, 0)
}

/** Fills a connection and has its close wait so many seconds; answers how much is on its way. */
async function lingering({ call, must, handle }: Pick<Grip, 'call' | 'must' | 'handle'>, seconds: number) {
  const filled = await call('repeat', manyTimes, 0, 'send', handle, piece, 'MSG_DONTWAIT')
  expectOutcome(filled, 'the last send').toFail('EAGAIN')
  await must('setsockopt-linger', handle, 1, seconds)
  return moved(filled)
}

const milliseconds = (outcome: Outcome): number => outcome.ns / 1e6

export const waiting: readonly SpecificCase[] = [
  {
    id: 'tcp.backpressure',
    mechanism: 'tcp',
    theme: 'block',
    core: true,
    says: 'A send that may not wait fails with EAGAIN once both buffers are full, and succeeds when there is room again.',
    cites: ['XSH send', 'tcp(7)'],
    async run({ open, note }) {
      const { producer, consumer } = await open()
      const sending = ['send', producer.handle, piece, 'MSG_DONTWAIT'] as const
      const filled = await producer.call('repeat', manyTimes, 0, ...sending)
      expectOutcome(filled, 'the last send').toFail('EAGAIN')
      note('bytes taken', moved(filled))
      expectValue(moved(filled), 'the bytes that were taken').toBeBetween(1, 1 << 30)

      const drained = await consumer.call('recv', consumer.handle, moved(filled), 'MSG_WAITALL')
      expectOutcome(drained, 'recv of all that was taken').toReturn(moved(filled))
      await told(producer.peer, producer.handle, 'POLLOUT')
      expectOutcome(await producer.call('send', producer.handle, 'more', 'MSG_DONTWAIT'), 'send').toReturn(4)
      expectOutcome(await consumer.recv(64), 'recv').toBring('more')
    },
  },
  {
    id: 'tcp.timeouts',
    mechanism: 'tcp',
    theme: 'block',
    says: 'After SO_RCVTIMEO recv fails with EAGAIN; after SO_SNDTIMEO send tells what it has sent, or EAGAIN if nothing.',
    cites: ['XSH setsockopt', 'socket(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const patience = 20
      await consumer.must('setsockopt-timeout', consumer.handle, 'SOL_SOCKET', 'SO_RCVTIMEO', patience)
      const receiving = await consumer.call('recv', consumer.handle, 64, 0)
      expectOutcome(receiving, 'recv').toFail('EAGAIN')
      expectValue(milliseconds(receiving), 'milliseconds in recv').toBeBetween(patience, 5000)

      await producer.must('setsockopt-timeout', producer.handle, 'SOL_SOCKET', 'SO_SNDTIMEO', patience)
      await producer.must('setsockopt', producer.handle, 'SOL_SOCKET', 'SO_SNDBUF', 4096)
      const large = { pattern: 1 << 20, seed: 9 }
      const sending = await producer.call('send', producer.handle, large, 0)
      expectOutcome(sending, 'send').toSucceed()
      expectValue(sending.ret, 'the bytes that were sent').toBeBetween(1, large.pattern - 1)
      expectValue(milliseconds(sending), 'milliseconds in send').toBeBetween(patience, 5000)
      const rest = await producer.call('repeat', manyTimes, 0, 'send', producer.handle, piece, 0)
      expectOutcome(rest, 'send once nothing fits').toFail('EAGAIN')
    },
  },
  {
    id: 'tcp.linger-timeout-blocks-close',
    mechanism: 'tcp',
    theme: 'block',
    says: 'close with SO_LINGER waits until what was sent is acknowledged, or for as long as SO_LINGER says.',
    cites: ['XSH close', 'XSH setsockopt', 'socket(7)'],
    async run(stage) {
      const { producer, consumer } = await stage.open()
      const patient = await lingering(producer, 60)
      const closing = producer.call('close', producer.handle)
      await producer.blocked()
      const drained = await consumer.call('recv', consumer.handle, patient, 'MSG_WAITALL')
      expectOutcome(drained, 'recv').toReturn(patient)
      expectOutcome(await closing, 'close once all is acknowledged').toReturn(0)

      // Whole seconds are all that SO_LINGER knows.
      const { producer: impatient, consumer: idle, listener, address } = await listening(stage, 1, 'impatient', 'idle')
      const socket = await connectedTo(impatient, address)
      await idle.must('accept', listener)
      await lingering({ call: impatient.call, must: impatient.must, handle: socket }, 1)
      const timed = await impatient.call('close', socket)
      expectOutcome(timed, 'close while nobody receives').toReturn(0)
      expectValue(milliseconds(timed), 'milliseconds in close').toBeBetween(950, 3000)
    },
  },
  {
    id: 'tcp.close-does-not-wake-recv',
    mechanism: 'tcp',
    theme: 'block',
    says: 'close by one thread leaves a recv of another waiting on the socket, and what comes is still received by it.',
    cites: ['close(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const thread = await consumer.must('thread', 'recv', consumer.handle, 64, 0)
      expectOutcome(await consumer.call('thread-blocked', thread), 'recv in the other thread').toReturn(1)
      expectOutcome(await consumer.call('close', consumer.handle), 'close').toReturn(0)
      expectOutcome(await receiveNow(consumer), 'recv after close').toFail('EBADF')
      expectOutcome(await consumer.call('thread-blocked', thread), 'recv in the other thread still').toReturn(1)

      await producer.must('send', producer.handle, 'to nobody', 0)
      expectOutcome(await consumer.call('thread-join', thread), 'the recv that waited').toBring('to nobody')
    },
  },
]
