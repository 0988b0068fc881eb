/** Pages that several have at once: two pipes after a tee, and a pipe and the process that spliced them. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'

export const pages: readonly SpecificCase[] = [
  {
    id: 'splice.tee-nonconsuming',
    mechanism: 'vmsplice-pipe',
    theme: 'data',
    says: 'A tee takes nothing from its pipe: whoever reads that and whoever reads the copy find the same.',
    cites: ['tee(2)'],
    async run({ start }) {
      const producer = await start('producer')
      const [r, w] = await makePipe(producer)
      const [copyR, copyW] = await makePipe(producer)
      const [consumer, other] = [await producer.fork('consumer'), await producer.fork('second-consumer')]
      const data = { pattern: 10_000, seed: 1 }
      await producer.must('write', w, data)
      expectOutcome(await producer.call('tee', r, copyW, 20_000, 0), 'the tee').toReturn(data.pattern)
      expectOutcome(await consumer.call('read', r, 20_000), 'what is in the pipe').toBring(data)
      expectOutcome(await other.call('read', copyR, 20_000), 'what is in the copy').toBring(data)
      const again = await producer.call('tee', r, copyW, 1, 'SPLICE_F_NONBLOCK')
      expectOutcome(again, 'the tee of nothing').toFail('EAGAIN')
    },
  },
  {
    id: 'splice.vmsplice-page-aliasing',
    mechanism: 'vmsplice-pipe',
    theme: 'data',
    says: 'What vmsplice put into a pipe is the page itself: what is stored there before it is read is what is read.',
    cites: ['vmsplice(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const flags = 'MAP_PRIVATE|MAP_ANONYMOUS'
      const page = await producer.must('mmap', 0, 4096, 'PROT_READ|PROT_WRITE', flags, -1, 0)
      await producer.must('memory-store', page, 'AAAA')
      await producer.must('write', producer.handle, 'AAAA')
      expectOutcome(await producer.call('vmsplice-memory', producer.handle, page, 4, 0), 'the vmsplice').toReturn(4)
      await producer.must('memory-store', page, 'BBBB')
      expectOutcome(await consumer.recv(4), 'what was written').toBring('AAAA')
      expectOutcome(await consumer.recv(4), 'what was spliced').toBring('BBBB')
    },
  },
]
