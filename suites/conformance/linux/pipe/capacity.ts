/** How much a pipe holds: by default, and after F_SETPIPE_SZ. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'

const defaultPages = 16
/** What a pipe holds that is made by a user past pipe-user-pages-soft. */
const pagesPastTheLimit = 2

export const capacity: readonly SpecificCase[] = [
  {
    id: 'pipe.default-capacity',
    mechanism: 'pipe',
    theme: 'limit',
    core: true,
    says: 'A pipe holds 16 pages, 65536 bytes: so many one-byte writes succeed, and the next fails with EAGAIN.',
    cites: ['pipe(7)', 'fcntl(2)'],
    async run(stage) {
      const { producer } = await stage.open()
      const page = await producer.must('sysconf', '_SC_PAGESIZE')
      const size = await producer.must('fcntl', producer.handle, 'F_GETPIPE_SZ')
      if (size === pagesPastTheLimit * page) {
        stage.unsupported('this user is past pipe-user-pages-soft and gets small pipes; close some, or raise the limit')
      }
      expectValue(size, 'F_GETPIPE_SZ').toEqual(defaultPages * page)

      await producer.blocking(false)
      const filling = await producer.sendMany(2 * size, '.')
      expectOutcome(filling, 'the last write').toFail('EAGAIN')
      expectOutcome(filling, 'the writes of one byte').toGive('tally', [
        { ret: -1, error: 'EAGAIN', count: 1 },
        { ret: 1, count: size },
      ])
    },
  },
  {
    id: 'pipe.pipe-buf-value',
    mechanism: 'pipe',
    theme: 'limit',
    says: 'PIPE_BUF is 4096 at both ends, and so no less than the 512 of POSIX.',
    cites: ['XBD limits.h', 'XSH fpathconf', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.call('fpathconf', producer.handle, '_PC_PIPE_BUF'), 'fpathconf').toReturn(4096)
      expectOutcome(await consumer.call('fpathconf', consumer.handle, '_PC_PIPE_BUF'), 'fpathconf').toReturn(4096)
    },
  },
  {
    id: 'pipe.setpipe-sz-rounding',
    mechanism: 'pipe',
    theme: 'limit',
    says: 'F_SETPIPE_SZ rounds up to pages in a power of two, returns what it made of the request, and that much fits.',
    cites: ['fcntl(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const page = await producer.must('sysconf', '_SC_PAGESIZE')
      const sizes = [
        { asked: page + 1, given: 2 * page },
        { asked: 2 * page + 1, given: 4 * page },
        { asked: 1, given: page },
      ]
      await producer.blocking(false)
      for (const { asked, given } of sizes) {
        const resizing = await producer.call('fcntl', producer.handle, 'F_SETPIPE_SZ', asked)
        expectOutcome(resizing, `F_SETPIPE_SZ of ${asked}`).toReturn(given)
        expectOutcome(await consumer.call('fcntl', consumer.handle, 'F_GETPIPE_SZ'), 'F_GETPIPE_SZ').toReturn(given)

        expectOutcome(await producer.send({ pattern: given + page, seed: asked }), 'write of too much').toReturn(given)
        expectOutcome(await consumer.recv(given + page), 'read').toBring({ pattern: given, seed: asked })
      }
    },
  },
  {
    id: 'pipe.setpipe-sz-ebusy',
    mechanism: 'pipe',
    theme: 'limit',
    says: 'F_SETPIPE_SZ below what is buffered fails with EBUSY and loses nothing; once there is room it succeeds.',
    cites: ['fcntl(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const page = await producer.must('sysconf', '_SC_PAGESIZE')
      const size = await producer.must('fcntl', producer.handle, 'F_GETPIPE_SZ')
      const buffered = { pattern: page + 1, seed: 2 }
      await producer.must('write', producer.handle, buffered)

      expectOutcome(await producer.call('fcntl', producer.handle, 'F_SETPIPE_SZ', page), 'F_SETPIPE_SZ').toFail('EBUSY')
      expectOutcome(await producer.call('fcntl', producer.handle, 'F_GETPIPE_SZ'), 'F_GETPIPE_SZ').toReturn(size)
      expectOutcome(await consumer.recv(2 * page), 'read').toBring(buffered)
      expectOutcome(await producer.call('fcntl', producer.handle, 'F_SETPIPE_SZ', page), 'F_SETPIPE_SZ').toReturn(page)
    },
  },
]
