/** What poll and epoll say of the two ends of a pipe. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { listOut } from '../../../../harness/pair/wire.ts'

export const readiness: readonly SpecificCase[] = [
  {
    id: 'pipe.poll-read-end-hup',
    mechanism: 'pipe',
    theme: 'block',
    says: 'Once the writer has closed, poll tells the reader POLLIN and POLLHUP while there is data, then POLLHUP alone.',
    cites: ['XSH poll', 'poll(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await consumer.ready(0), 'poll of an empty pipe').toReturn(0)
      await producer.must('write', producer.handle, 'data')
      expectOutcome(await consumer.ready(0), 'poll with data').toGive('revents', ['POLLIN'])

      await producer.must('close', producer.handle)
      expectOutcome(await consumer.ready(0), 'poll with data after the close').toGive('revents', ['POLLIN|POLLHUP'])
      expectOutcome(await consumer.recv(64), 'read').toBring('data')
      expectOutcome(await consumer.ready(0), 'poll of the drained pipe').toGive('revents', ['POLLHUP'])
      expectOutcome(await consumer.ready(0), 'poll once more').toGive('revents', ['POLLHUP'])
    },
  },
  {
    id: 'pipe.poll-write-end-err',
    mechanism: 'pipe',
    theme: 'block',
    says: 'Once the reader has closed, poll tells the writer POLLERR, and one that waits for room is woken by it.',
    cites: ['XSH poll', 'poll(2)', 'pipe(7)'],
    async run({ open, note }) {
      const { producer, consumer } = await open()
      const polling = (ms: number) => producer.call('poll', [[producer.handle, 'POLLOUT']], ms)
      expectOutcome(await polling(0), 'poll of an empty pipe').toGive('revents', ['POLLOUT'])
      const capacity = await producer.must('fcntl', producer.handle, 'F_GETPIPE_SZ')
      await producer.must('write', producer.handle, { pattern: capacity, seed: 1 })
      expectOutcome(await polling(0), 'poll of a full pipe').toReturn(0)

      const waiting = polling(-1)
      await producer.blocked()
      await consumer.must('close', consumer.handle)
      const woken = await waiting
      expectOutcome(woken, 'the poll that waited').toReturn(1)
      const [flags] = listOut(woken, 'revents') as [string]
      expectValue(flags.split('|'), 'what it tells').toContain('POLLERR')
      note('revents of a full pipe without reader', flags)
    },
  },
  {
    id: 'pipe.pollout-page-granular',
    mechanism: 'pipe',
    theme: 'block',
    says: 'A full pipe has room again when a whole page of it was read, and not a byte sooner.',
    cites: ['pipe(7)', 'poll(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const page = await producer.must('sysconf', '_SC_PAGESIZE')
      const capacity = await producer.must('fcntl', producer.handle, 'F_GETPIPE_SZ')
      const polling = () => producer.call('poll', [[producer.handle, 'POLLOUT']], 0)
      await producer.blocking(false)
      expectOutcome(await producer.send({ pattern: capacity, seed: 1 }), 'write of the capacity').toReturn(capacity)

      for (const read of [1, page - 2]) {
        expectOutcome(await consumer.recv(read), 'read within the first page').toReturn(read)
        expectOutcome(await polling(), 'poll with the first page unfinished').toReturn(0)
        expectOutcome(await producer.send('x'), 'write with the first page unfinished').toFail('EAGAIN')
      }
      expectOutcome(await consumer.recv(1), 'read of the last byte of the page').toReturn(1)
      expectOutcome(await polling(), 'poll with a page free').toGive('revents', ['POLLOUT'])
      expectOutcome(await producer.send('x'), 'write with a page free').toReturn(1)
    },
  },
  {
    id: 'pipe.epoll-et-each-write',
    mechanism: 'pipe',
    theme: 'block',
    says: 'Edge-triggered epoll tells of each write, though nothing was read since the one before, and of each once.',
    cites: ['epoll(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const set = await consumer.must('epoll_create1', 'EPOLL_CLOEXEC')
      await consumer.must('epoll_ctl', set, 'EPOLL_CTL_ADD', consumer.handle, 'EPOLLIN|EPOLLET')
      const waiting = (ms: number) => consumer.call('epoll_wait', set, 8, ms)
      const told = [[consumer.handle, 'EPOLLIN']]
      expectOutcome(await waiting(0), 'epoll_wait before any write').toReturn(0)

      await producer.must('write', producer.handle, 'first ')
      expectOutcome(await waiting(0), 'epoll_wait after the first write').toGive('events', told)
      expectOutcome(await waiting(0), 'epoll_wait again').toReturn(0)

      const asleep = waiting(-1)
      await consumer.blocked()
      await producer.must('write', producer.handle, 'second')
      expectOutcome(await asleep, 'the epoll_wait that waited').toGive('events', told)
      expectOutcome(await waiting(0), 'epoll_wait once more').toReturn(0)
      expectOutcome(await consumer.recv(64), 'read').toBring('first second')
    },
  },
]
