/** How a pipe comes to its end for the reader, and what keeps it from ending. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'

export const endOfFile: readonly SpecificCase[] = [
  {
    id: 'pipe.read-eof-after-last-writer-closes',
    mechanism: 'pipe',
    theme: 'eof',
    core: true,
    says: 'What was written before the last writer closed is read first; then read returns 0, every time.',
    cites: ['XSH read', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.send('last words'), 'write').toReturn(10)
      expectOutcome(await producer.close(), 'close').toReturn(0)
      expectOutcome(await consumer.recv(5), 'the first read').toBring('last ')
      expectOutcome(await consumer.recv(64), 'the second read').toBring('words')
      for (const what of ['read at the end', 'read after the end']) {
        expectOutcome(await consumer.recv(64), what).toReturn(0)
      }
      await consumer.blocking(false)
      expectOutcome(await consumer.recv(64), 'read after the end that may not wait').toReturn(0)
    },
  },
  {
    id: 'pipe.eof-withheld-by-inherited-writer',
    mechanism: 'pipe',
    theme: 'eof',
    core: true,
    says: 'As long as any process holds a write end, even one that never writes, the reader is not told of an end.',
    cites: ['XSH read', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const bystander = producer.in(await producer.peer.fork('bystander'))
      await producer.must('close', producer.handle)
      await producer.peer.kill()

      expectOutcome(await consumer.ready(0), 'poll while a bystander holds the write end').toReturn(0)
      const reading = consumer.recv(64)
      await consumer.blocked()

      await bystander.must('close', bystander.handle)
      expectOutcome(await reading, 'the read that waited').toReturn(0)
      expectOutcome(await consumer.ready(0), 'poll at the end').toGive('revents', ['POLLHUP'])
    },
  },
]
