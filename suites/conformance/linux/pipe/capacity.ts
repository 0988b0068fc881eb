/** How much a pipe holds: what it is by default, what F_SETPIPE_SZ makes of it, and what refuses more. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, becomeNobody } from '../../../mechanisms/nobody.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { readNumber } from '../proc.ts'

const defaultPages = 16
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
  {
    id: 'pipe.setpipe-sz-eperm',
    mechanism: 'pipe',
    theme: 'perm',
    says: 'Without CAP_SYS_RESOURCE, whoever the user is, a pipe grows to pipe-max-size; more fails with EPERM.',
    cites: ['pipe(7)', 'fcntl(2)'],
    async run({ open }) {
      const { producer } = await open()
      const largest = await readNumber(producer.peer, '/proc/sys/fs/pipe-max-size')
      await producer.must('drop-capability', 'CAP_SYS_RESOURCE')

      const growing = (to: number) => producer.call('fcntl', producer.handle, 'F_SETPIPE_SZ', to)
      expectOutcome(await growing(largest), 'F_SETPIPE_SZ of pipe-max-size').toReturn(largest)
      expectOutcome(await growing(largest + 1), 'F_SETPIPE_SZ of one byte more').toFail('EPERM')
      expectOutcome(await producer.call('fcntl', producer.handle, 'F_GETPIPE_SZ'), 'F_GETPIPE_SZ').toReturn(largest)
    },
  },
  {
    id: 'pipe.user-soft-limit',
    mechanism: 'pipe',
    theme: 'limit',
    says: 'A user past pipe-user-pages-soft gets pipes of two pages that cannot grow, and such a pipe works.',
    cites: ['pipe(7)'],
    needs: anotherUser,
    async run(stage) {
      const hoarder = await stage.start('hoarder')
      const page = await hoarder.must('sysconf', '_SC_PAGESIZE')
      const pages = await readNumber(hoarder, '/proc/sys/fs/pipe-user-pages-soft')
      if (pages === 0) stage.unsupported('pipe-user-pages-soft is 0, no limit; set it to its default, 16384')
      const pipes = Math.ceil(pages / defaultPages)
      const { hard } = (await hoarder.call('getrlimit', 'RLIMIT_NOFILE')).out as { hard: number }
      const raising = await hoarder.call('setrlimit', 'RLIMIT_NOFILE', 2 * pipes + 512, hard)
      if (raising.error) stage.unsupported(`to hold ${pipes} pipes needs a higher RLIMIT_NOFILE; see 'ulimit -Hn'`)
      await becomeNobody(hoarder)

      expectOutcome(await hoarder.call('repeat', pipes, 0, 'pipe2', 'O_NONBLOCK'), 'each pipe2').toReturn(0)
      const [r, w] = await makePipe(hoarder, 'O_NONBLOCK')
      const small = pagesPastTheLimit * page
      expectOutcome(await hoarder.call('fcntl', w, 'F_GETPIPE_SZ'), 'F_GETPIPE_SZ past the limit').toReturn(small)
      expectOutcome(await hoarder.call('fcntl', w, 'F_SETPIPE_SZ', 2 * small), 'F_SETPIPE_SZ').toFail('EPERM')

      // A pipe of one page, as kernels before 5.14 gave, would have no room for a byte here: its page is not free yet.
      await hoarder.must('write', w, { pattern: page, seed: 3 })
      await hoarder.must('read', r, page - 1)
      expectOutcome(await hoarder.call('write', w, 'x'), 'write while one byte is unread').toReturn(1)
      expectOutcome(await hoarder.call('read', r, page), 'read').toReturn(2)
      expectOutcome(await hoarder.call('write', w, { pattern: small + 1, seed: 4 }), 'write of too much').toReturn(
        small,
      )
      expectOutcome(await hoarder.call('write', w, 'x'), 'write to the full pipe').toFail('EAGAIN')
      expectOutcome(await hoarder.call('read', r, 2 * small), 'read').toBring({ pattern: small, seed: 4 })
    },
  },
]
