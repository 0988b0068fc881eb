/** Opening a FIFO is a rendezvous: who waits for whom, and who need not. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { unopenedFifo } from './unopened.ts'

export const opening: readonly SpecificCase[] = [
  {
    id: 'fifo.open-rdonly-blocks-until-writer',
    mechanism: 'fifo',
    theme: 'block',
    core: true,
    says: 'open for reading waits until another process opens for writing, and open for writing waits for a reader.',
    cites: ['XSH open', 'fifo(7)'],
    async run(stage) {
      const { producer, consumer, path } = await unopenedFifo(stage)
      const reader = consumer.call('open', path, 'O_RDONLY')
      await consumer.blocked()
      const w = await producer.must('open', path, 'O_WRONLY')
      expectOutcome(await reader, 'the open for reading that waited').toSucceed()
      await producer.must('close', w)
      await consumer.must('close', (await reader).ret)

      const writer = producer.call('open', path, 'O_WRONLY')
      await producer.blocked()
      const r = await consumer.must('open', path, 'O_RDONLY')
      expectOutcome(await writer, 'the open for writing that waited').toSucceed()

      await producer.must('write', (await writer).ret, 'we have met')
      expectOutcome(await consumer.call('read', r, 64), 'read').toBring('we have met')
    },
  },
  {
    id: 'fifo.open-wronly-nonblock-enxio',
    mechanism: 'fifo',
    theme: 'err',
    core: true,
    says: 'open for writing that may not wait fails with ENXIO as long as nobody has the FIFO open for reading.',
    cites: ['XSH open', 'fifo(7)'],
    async run(stage) {
      const { producer, consumer, path } = await unopenedFifo(stage)
      const opening = () => producer.call('open', path, 'O_WRONLY|O_NONBLOCK')
      expectOutcome(await opening(), 'open before a reader').toFail('ENXIO')

      const r = await consumer.must('open', path, 'O_RDONLY|O_NONBLOCK')
      const opened = await opening()
      expectOutcome(opened, 'open beside a reader').toSucceed()
      expectOutcome(await producer.call('write', opened.ret, 'data'), 'write').toReturn(4)

      await consumer.must('close', r)
      expectOutcome(await opening(), 'open after the reader').toFail('ENXIO')
    },
  },
  {
    id: 'fifo.open-rdonly-nonblock',
    mechanism: 'fifo',
    theme: 'block',
    says: 'open for reading that may not wait returns at once; read returns 0 before a writer came, EAGAIN beside an idle one.',
    cites: ['XSH open', 'XSH read', 'fifo(7)'],
    async run(stage) {
      const { producer, consumer, path } = await unopenedFifo(stage)
      const opened = await consumer.call('open', path, 'O_RDONLY|O_NONBLOCK')
      expectOutcome(opened, 'open before a writer').toSucceed()
      const reading = () => consumer.call('read', opened.ret, 64)
      expectOutcome(await reading(), 'read before a writer').toReturn(0)
      expectOutcome(await reading(), 'read before a writer, again').toReturn(0)

      const w = await producer.must('open', path, 'O_WRONLY')
      expectOutcome(await reading(), 'read beside an idle writer').toFail('EAGAIN')
      await producer.must('write', w, 'data')
      expectOutcome(await reading(), 'read with data').toBring('data')
    },
  },
  {
    id: 'fifo.open-rdwr',
    mechanism: 'fifo',
    theme: 'block',
    says: 'On Linux open for reading and writing returns at once, and the one descriptor then is both ends.',
    cites: ['fifo(7)'],
    async run({ start, names }) {
      const path = names.path('fifo')
      const owner = await start('owner')
      await owner.must('mkfifo', path, 0o600)
      const opened = await owner.call('open', path, 'O_RDWR')
      expectOutcome(opened, 'open of both ends').toSucceed()

      expectOutcome(await owner.call('write', opened.ret, 'to myself'), 'write').toReturn(9)
      expectOutcome(await owner.call('read', opened.ret, 64), 'read').toBring('to myself')
      const reading = owner.call('read', opened.ret, 64)
      await owner.blocked()

      const stranger = await start('stranger')
      const w = await stranger.must('open', path, 'O_WRONLY|O_NONBLOCK')
      await stranger.must('write', w, 'to you')
      expectOutcome(await reading, 'the read that waited').toBring('to you')
    },
  },
  {
    id: 'fifo.open-eintr',
    mechanism: 'fifo',
    theme: 'signal',
    says: 'A signal that is handled without SA_RESTART ends an open that waits: it fails with EINTR.',
    cites: ['XSH open', 'signal(7)'],
    async run(stage) {
      const { producer, consumer, path } = await unopenedFifo(stage)
      await consumer.must('sigaction', 'SIGUSR1', 'note')
      const opening = consumer.call('open', path, 'O_RDONLY')
      await consumer.blocked()
      await consumer.signal('SIGUSR1')
      expectOutcome(await opening, 'the open that waited').toFail('EINTR')
      expectOutcome(await consumer.call('noted-signals'), 'the count of SIGUSR1').toReturn(1)

      const leftBehind = await producer.call('open', path, 'O_WRONLY|O_NONBLOCK')
      expectOutcome(leftBehind, 'open for writing after the reader gave up').toFail('ENXIO')
    },
  },
]
