/** How much an anonymous pipe holds, what there is in it, and what a writer does that wants to put more there. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import { hex, patternBytes } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { numbersOut } from '../../../../harness/pair/wire.ts'

export const capacity: readonly SpecificCase[] = [
  {
    id: 'w32pipe.default-size-4096',
    mechanism: 'win-anonymous-pipe',
    theme: 'limit',
    says: 'CreatePipe with size 0 makes buffers of 4096 bytes, with size 1 of one byte, as both ends tell.',
    cites: ['MS:CreatePipe', 'MS:GetNamedPipeInfo', 'Wine test_CreatePipe'],
    async run({ start }) {
      const maker = await start('maker')
      const sizes = [
        { asked: 0, given: 4096 },
        { asked: 1, given: 1 },
      ]
      for (const { asked, given } of sizes) {
        const made = await maker.call('CreatePipe', asked)
        expectOutcome(made, `CreatePipe of size ${asked}`).toSucceed()
        for (const end of numbersOut(made, 'handles')) {
          const info = await maker.call('GetNamedPipeInfo', end)
          expectOutcome(info, 'GetNamedPipeInfo').toGive('inBuffer', given)
          expectOutcome(info, 'GetNamedPipeInfo').toGive('outBuffer', given)
        }
      }
    },
  },
  {
    id: 'w32pipe.write-larger-than-buffer-blocks',
    mechanism: 'win-anonymous-pipe',
    theme: 'block',
    says: 'WriteFile of more than the buffer has room for waits until the reader has made room, then tells the full count.',
    cites: ['MS:WriteFile', 'MS:CreatePipe'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const writing = producer.send({ pattern: 100_000, seed: 1 })
      await producer.blocked()
      expectOutcome(await consumer.recv(10_000), 'ReadFile').toBring({ pattern: 10_000, seed: 1 })
      await producer.blocked()

      const rest = hex(patternBytes(100_000, 1).subarray(10_000).toString('hex'))
      expectOutcome(await consumer.recv(90_000), 'ReadFile of the rest').toBring(rest)
      expectOutcome(await writing, 'the WriteFile that waited').toGive('transferred', 100_000)
      expectOutcome(await consumer.ready(0), 'PeekNamedPipe after all was read').toGive('available', 0)
    },
  },
  {
    id: 'w32pipe.peek',
    mechanism: 'win-anonymous-pipe',
    theme: 'data',
    says: 'PeekNamedPipe tells how many bytes there are and shows them, and takes none; at the end, ERROR_BROKEN_PIPE.',
    cites: ['MS:PeekNamedPipe'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await consumer.ready(0), 'PeekNamedPipe of the empty pipe').toGive('available', 0)

      await producer.must('WriteFile', producer.handle, 'seven b')
      const peeked = await consumer.call('PeekNamedPipe', consumer.handle, 5)
      expectOutcome(peeked, 'PeekNamedPipe').toBring('seven')
      expectOutcome(peeked, 'PeekNamedPipe').toGive('available', 7)
      expectOutcome(await consumer.ready(0), 'PeekNamedPipe once more').toGive('available', 7)
      expectOutcome(await consumer.recv(64), 'ReadFile').toBring('seven b')
      expectOutcome(await consumer.ready(0), 'PeekNamedPipe after all was read').toGive('available', 0)

      await producer.must('CloseHandle', producer.handle)
      expectOutcome(await consumer.ready(0), 'PeekNamedPipe at the end').toFail('ERROR_BROKEN_PIPE')
    },
  },
]
