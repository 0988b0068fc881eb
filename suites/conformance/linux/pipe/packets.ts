/** Packet mode: the borders between writes are kept. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import { patternBytes } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'

const pipeBuf = 4096

export const packets: readonly SpecificCase[] = [
  {
    id: 'pipe.odirect-packets',
    mechanism: 'pipe-packet',
    theme: 'boundary',
    says: 'With O_DIRECT each write is a packet: read never joins two, and discards what does not fit; empty ones vanish.',
    cites: ['pipe(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.blocking(false)

      await producer.must('write', producer.handle, 'ab')
      await producer.must('write', producer.handle, 'cd')
      expectOutcome(await consumer.recv(64), 'the first read').toBring('ab')
      expectOutcome(await consumer.recv(64), 'the second read').toBring('cd')

      await producer.must('write', producer.handle, 'too long')
      await producer.must('write', producer.handle, 'next')
      expectOutcome(await consumer.recv(3), 'the short read').toBring('too')
      expectOutcome(await consumer.recv(64), 'the read after the short one').toBring('next')

      expectOutcome(await producer.send(''), 'write of no bytes').toReturn(0)
      expectOutcome(await consumer.recv(64), 'read after a write of no bytes').toFail('EAGAIN')

      const long = patternBytes(pipeBuf + 904, 1)
      expectOutcome(await producer.send({ hex: long.toString('hex') }), 'write of 5000').toReturn(5000)
      const [whole, rest] = [long.subarray(0, pipeBuf), long.subarray(pipeBuf)]
      expectOutcome(await consumer.recv(8192), 'read of its first packet').toBring({ hex: whole.toString('hex') })
      expectOutcome(await consumer.recv(8192), 'read of its second packet').toBring({ hex: rest.toString('hex') })
      expectOutcome(await consumer.recv(8192), 'read of no third packet').toFail('EAGAIN')
    },
  },
]
