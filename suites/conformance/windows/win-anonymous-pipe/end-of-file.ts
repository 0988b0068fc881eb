/** How an anonymous pipe comes to its end, for the reader and for the writer, and what keeps it from ending. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from './made.ts'

export const endOfFile: readonly SpecificCase[] = [
  {
    id: 'w32pipe.eof-broken-pipe',
    mechanism: 'win-anonymous-pipe',
    theme: 'eof',
    core: true,
    says: 'What was written before the last write handle closed is read first; then ReadFile fails with ERROR_BROKEN_PIPE.',
    cites: ['MS:ReadFile', 'MS "Anonymous Pipe Operations"'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.must('WriteFile', producer.handle, 'last words')
      await producer.must('CloseHandle', producer.handle)

      expectOutcome(await consumer.recv(5), 'the first read').toBring('last ')
      expectOutcome(await consumer.recv(64), 'the second read').toBring('words')
      expectOutcome(await consumer.recv(64), 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')
      expectOutcome(await consumer.recv(64), 'ReadFile after the end').toFail('ERROR_BROKEN_PIPE')
    },
  },
  {
    id: 'w32pipe.eof-withheld-by-parent-copy',
    mechanism: 'win-anonymous-pipe',
    theme: 'eof',
    says: "As long as the parent keeps its own copy of its child's write handle, the reader is not told of an end.",
    cites: ['MS "Pipe Handle Inheritance"', 'MS:ReadFile'],
    async run({ start }) {
      const parent = await start('parent')
      const [r, w] = await makePipe(parent)
      const writer = await parent.fork('writer', [w])
      const reader = await parent.fork('reader', [r])
      await writer.must('WriteFile', w, 'last words')
      await writer.kill()

      expectOutcome(await reader.call('ReadFile', r, 64), 'ReadFile of what was written').toBring('last words')
      const reading = reader.call('ReadFile', r, 64)
      await reader.blocked()

      await parent.must('CloseHandle', w)
      expectOutcome(await reading, 'the ReadFile that waited').toFail('ERROR_BROKEN_PIPE')
    },
  },
  {
    id: 'w32pipe.write-no-reader',
    mechanism: 'win-anonymous-pipe',
    theme: 'err',
    core: true,
    says: 'WriteFile to a pipe whose read handle is closed fails with ERROR_NO_DATA or ERROR_BROKEN_PIPE, and kills nobody.',
    cites: ['MS:WriteFile'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('CloseHandle', consumer.handle)

      const gone = ['ERROR_NO_DATA', 'ERROR_BROKEN_PIPE']
      expectOutcome(await producer.send('no reader is left'), 'WriteFile without a reader').toFail(...gone)
      expectOutcome(await producer.send('still none'), 'the next WriteFile').toFail(...gone)
      expectOutcome(await producer.call('GetCurrentProcessId'), 'the survivor').toReturn(producer.peer.pid)
    },
  },
  {
    id: 'w32pipe.child-terminated',
    mechanism: 'win-anonymous-pipe',
    theme: 'crash',
    says: 'After TerminateProcess of the writer the reader gets what was buffered; then ReadFile fails with ERROR_BROKEN_PIPE.',
    cites: ['MS:TerminateProcess', 'MS:ReadFile'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.must('WriteFile', producer.handle, 'last words')
      await producer.peer.kill()

      expectOutcome(await consumer.recv(64), 'ReadFile of what was buffered').toBring('last words')
      expectOutcome(await consumer.recv(64), 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')
    },
  },
]
