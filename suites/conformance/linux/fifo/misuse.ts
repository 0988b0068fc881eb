/** What a FIFO refuses, or takes no notice of: it goes one way, and it has no length to cut. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { unopenedFifo } from './unopened.ts'

export const misuse: readonly SpecificCase[] = [
  {
    id: 'fifo.half-duplex',
    mechanism: 'fifo',
    theme: 'direction',
    says: 'A FIFO goes one way: its reader cannot write and its writer cannot read, EBADF; an answer takes a second FIFO.',
    cites: ['XSH read', 'XSH write', 'fifo(7)'],
    async run({ open, names }) {
      const { producer, consumer } = await open()
      expectOutcome(await consumer.call('write', consumer.handle, 'x'), 'write by the reader').toFail('EBADF')
      expectOutcome(await producer.call('read', producer.handle, 64), 'read by the writer').toFail('EBADF')

      const path = names.path('answers')
      await producer.must('mkfifo', path, 0o600)
      const opening = producer.must('open', path, 'O_RDONLY')
      const w = await consumer.must('open', path, 'O_WRONLY')
      const r = await opening

      await producer.must('write', producer.handle, 'question')
      expectOutcome(await consumer.recv(64), 'read of the question').toBring('question')
      await consumer.must('write', w, 'answer')
      expectOutcome(await producer.call('read', r, 64), 'read of the answer').toBring('answer')
    },
  },
  {
    id: 'fifo.ftruncate-o-trunc',
    mechanism: 'fifo',
    theme: 'err',
    says: 'ftruncate of a FIFO fails with EINVAL, and O_TRUNC takes nothing from it.',
    cites: ['XSH ftruncate', 'XSH open', 'truncate(2)'],
    async run(stage) {
      const { producer, consumer, path } = await unopenedFifo(stage)
      const r = await consumer.must('open', path, 'O_RDONLY|O_NONBLOCK')
      const w = await producer.must('open', path, 'O_WRONLY')
      await producer.must('write', w, 'kept')

      expectOutcome(await producer.call('ftruncate', w, 0), 'ftruncate').toFail('EINVAL')
      expectOutcome(await producer.call('open', path, 'O_WRONLY|O_TRUNC'), 'open with O_TRUNC').toSucceed()
      expectOutcome(await consumer.call('read', r, 64), 'read').toBring('kept')
    },
  },
]
