/** The end of a FIFO comes and goes with its writers, and takes unread data along with the last descriptor. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { unopenedFifo } from './unopened.ts'

export const endOfFile: readonly SpecificCase[] = [
  {
    id: 'fifo.poll-no-hup-before-first-writer',
    mechanism: 'fifo',
    theme: 'block',
    says: 'poll tells the reader POLLHUP when the last writer has gone, and not before the first has come.',
    cites: ['XSH poll', 'fifo(7)'],
    async run(stage) {
      const { producer, consumer, path } = await unopenedFifo(stage)
      const r = await consumer.must('open', path, 'O_RDONLY|O_NONBLOCK')
      const polling = (ms: number) => consumer.call('poll', [[r, 'POLLIN']], ms)
      expectOutcome(await polling(0), 'poll before a writer').toReturn(0)

      const waiting = polling(-1)
      await consumer.blocked()
      const w = await producer.must('open', path, 'O_WRONLY')
      await producer.must('write', w, 'data')
      expectOutcome(await waiting, 'the poll that waited').toGive('revents', ['POLLIN'])
      expectOutcome(await consumer.call('read', r, 64), 'read').toBring('data')
      expectOutcome(await polling(0), 'poll beside an idle writer').toReturn(0)

      await producer.must('close', w)
      expectOutcome(await polling(0), 'poll after the writer').toGive('revents', ['POLLHUP'])
    },
  },
  {
    id: 'fifo.eof-clears-on-new-writer',
    mechanism: 'fifo',
    theme: 'eof',
    core: true,
    says: 'After an end of file a new writer makes the FIFO live again: read waits for what it sends.',
    cites: ['XSH read', 'fifo(7)'],
    async run(stage) {
      const { producer, consumer, path } = await unopenedFifo(stage)
      const r = await consumer.must('open', path, 'O_RDONLY|O_NONBLOCK')
      const polling = () => consumer.call('poll', [[r, 'POLLIN']], 0)
      const first = await producer.must('open', path, 'O_WRONLY')
      await producer.must('close', first)
      expectOutcome(await polling(), 'poll after the first writer').toGive('revents', ['POLLHUP'])
      expectOutcome(await consumer.call('read', r, 64), 'read after the first writer').toReturn(0)
      expectOutcome(await consumer.call('read', r, 64), 'read at the end').toReturn(0)

      const successor = await stage.start('successor')
      const second = await successor.must('open', path, 'O_WRONLY')
      expectOutcome(await polling(), 'poll beside the second writer').toReturn(0)
      expectOutcome(await consumer.call('read', r, 64), 'read beside the second writer').toFail('EAGAIN')

      await consumer.must('fcntl', r, 'F_SETFL', 0)
      const reading = consumer.call('read', r, 64)
      await consumer.blocked()
      await successor.must('write', second, 'alive')
      expectOutcome(await reading, 'the read that waited').toBring('alive')
      await successor.must('close', second)
      expectOutcome(await consumer.call('read', r, 64), 'read after the second writer').toReturn(0)
    },
  },
  {
    id: 'fifo.writer-sigkill',
    mechanism: 'fifo',
    theme: 'crash',
    core: true,
    says: 'Of a writer that was killed the reader gets what it wrote, then the end; the FIFO itself remains, and works.',
    cites: ['XSH read', 'fifo(7)'],
    async run({ open, start }) {
      const { producer, consumer, name = '' } = await open()
      await producer.must('write', producer.handle, 'last words')
      await producer.peer.kill()

      expectOutcome(await consumer.recv(64), 'read').toBring('last words')
      expectOutcome(await consumer.recv(64), 'read at the end').toReturn(0)
      expectOutcome(await consumer.recv(64), 'read after the end').toReturn(0)
      expectOutcome(await consumer.call('stat', name), 'stat').toGive('type', 'S_IFIFO')

      const successor = await start('successor')
      const w = await successor.must('open', name, 'O_WRONLY')
      await successor.must('write', w, 'carry on')
      expectOutcome(await consumer.recv(64), 'read from the successor').toBring('carry on')
    },
  },
  {
    id: 'fifo.unread-data-discarded',
    mechanism: 'fifo',
    theme: 'persist',
    says: 'What is unread when the last descriptor closes is gone: who opens the FIFO again finds it empty.',
    cites: ['XSH close', 'XBD FIFO Special File', 'fifo(7)'],
    async run({ open }) {
      const { producer, consumer, name = '' } = await open()
      await producer.must('write', producer.handle, 'hi')
      await producer.must('close', producer.handle)
      expectOutcome(await consumer.call('ioctl-FIONREAD', consumer.handle), 'FIONREAD').toGive('bytes', 2)
      await consumer.must('close', consumer.handle)

      const r = await consumer.must('open', name, 'O_RDONLY|O_NONBLOCK')
      expectOutcome(await consumer.call('read', r, 64), 'read after the FIFO was closed by all').toReturn(0)
      await producer.must('open', name, 'O_WRONLY')
      expectOutcome(await consumer.call('read', r, 64), 'read beside a new writer').toFail('EAGAIN')
    },
  },
]
