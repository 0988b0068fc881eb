/** What a pipe promises of PIPE_BUF: such a write is one piece, or it is not made; a longer one is neither. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { crcOf, materialise } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'

const pipeBuf = 4096

export const atomicity: readonly SpecificCase[] = [
  {
    id: 'pipe.nonblock-le-pipe-buf-all-or-nothing',
    mechanism: 'pipe',
    theme: 'atomic',
    core: true,
    says: 'A write of at most PIPE_BUF bytes that may not wait and finds too little room fails with EAGAIN and leaves no byte.',
    cites: ['XSH write', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const capacity = await producer.must('fcntl', producer.handle, 'F_GETPIPE_SZ')
      const room = 100
      const before = { pattern: capacity - room, seed: 1 }
      await producer.blocking(false)
      expectOutcome(await producer.send(before), 'write of all but the room').toReturn(before.pattern)

      expectOutcome(await producer.send({ pattern: pipeBuf, seed: 2 }), 'write of PIPE_BUF').toFail('EAGAIN')
      expectOutcome(await producer.send({ pattern: room + 1, seed: 3 }), 'write of one too many').toFail('EAGAIN')

      await consumer.blocking(false)
      expectOutcome(await consumer.recv(2 * capacity), 'read').toBring(before)
      expectOutcome(await consumer.recv(1), 'the next read').toFail('EAGAIN')
      expectOutcome(await producer.send({ pattern: pipeBuf, seed: 2 }), 'write of PIPE_BUF with room').toReturn(pipeBuf)
      expectOutcome(await consumer.recv(2 * pipeBuf), 'the last read').toBring({ pattern: pipeBuf, seed: 2 })
    },
  },
  {
    id: 'pipe.nonblock-gt-pipe-buf-partial',
    mechanism: 'pipe',
    theme: 'atomic',
    says: 'A write of more than PIPE_BUF bytes that may not wait writes what there is room for, and says how much that was.',
    cites: ['XSH write', 'pipe(7)'],
    async run({ open, note }) {
      const { producer, consumer } = await open()
      const page = await producer.must('sysconf', '_SC_PAGESIZE')
      const capacity = await producer.must('fcntl', producer.handle, 'F_GETPIPE_SZ')
      await producer.blocking(false)
      await consumer.blocking(false)

      const tooMuch = await producer.send({ pattern: 2 * capacity, seed: 1 })
      expectOutcome(tooMuch, 'write of more than fits').toSucceed()
      expectValue(tooMuch.ret, 'what was written').toBeBetween(1, 2 * capacity - 1)
      note('written to an empty pipe', tooMuch.ret)
      expectOutcome(await producer.send({ pattern: 2 * pipeBuf, seed: 2 }), 'write to the full pipe').toFail('EAGAIN')

      expectOutcome(await consumer.recv(page), 'read of a page').toBring({ pattern: page, seed: 1 })
      const rest = await producer.send({ pattern: 2 * page, seed: 3 })
      expectOutcome(rest, 'write of two pages where one fits').toSucceed()
      expectValue(rest.ret, 'what was written').toBeBetween(1, 2 * page - 1)

      const first = materialise({ pattern: tooMuch.ret, seed: 1 }).subarray(page)
      const second = materialise({ pattern: rest.ret, seed: 3 })
      const all = { hex: Buffer.concat([first, second]).toString('hex') }
      expectOutcome(await consumer.recv(4 * capacity), 'read of all').toBring(all)
      expectOutcome(await consumer.recv(1), 'the next read').toFail('EAGAIN')
    },
  },
  {
    id: 'pipe.atomic-le-pipe-buf',
    mechanism: 'pipe',
    theme: 'atomic',
    core: true,
    says: 'Of four writers at once, each with 400 records of PIPE_BUF bytes, every record arrives in one piece.',
    cites: ['XSH write', 'XBD limits.h', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const writers = [producer]
      for (const role of ['producer-2', 'producer-3', 'producer-4']) {
        writers.push(producer.in(await producer.peer.fork(role)))
      }

      const record = (writer: number) => ({ pattern: pipeBuf, seed: writer })
      const writing = writers.map((writer, n) => writer.sendMany(400, record(n)))
      await Promise.all(writers.map((writer) => writer.blocked()))
      const closing = writers.map((writer) => writer.close())
      // An odd length, so that the border of a read is hardly ever the border of a record.
      const reading = await consumer.recvMany(1_000_000, 10_007, pipeBuf)

      expectOutcome(reading, 'the last read').toReturn(0)
      const whole = writers.map((_, n) => ({ ret: pipeBuf, crc: crcOf(materialise(record(n))), count: 400 }))
      whole.sort((a, b) => a.crc - b.crc)
      expectOutcome(reading, 'the reads of records').toGive('tally', whole)
      for (const each of await Promise.all(writing)) {
        expectOutcome(each, 'the writes of one writer').toGive('tally', [{ ret: pipeBuf, count: 400 }])
      }
      await Promise.all(closing)
    },
  },
]
