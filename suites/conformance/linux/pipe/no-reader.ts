/** Writing to a pipe that nobody reads any more: EPIPE, and the signal that goes with it. */

import { expectExit, expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { fatalSend } from '../fatal.ts'
import { maskOf } from '../proc.ts'

const sigpipeBit = 1n << 12n

export const noReader: readonly SpecificCase[] = [
  {
    id: 'pipe.write-no-reader-sigpipe',
    mechanism: 'pipe',
    theme: 'signal',
    core: true,
    says: 'A write to a pipe whose read ends are all closed kills the writer with SIGPIPE.',
    cites: ['XSH write', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const secondReader = consumer.in(await consumer.peer.fork('second-reader'))
      await consumer.must('close', consumer.handle)
      expectOutcome(await producer.send('one reader is left'), 'write while one reader is left').toReturn(18)

      await secondReader.must('close', secondReader.handle)
      expectExit(await fatalSend(producer, 'no reader is left'), 'the producer').toBeKilledBy('SIGPIPE')
    },
  },
  {
    id: 'pipe.write-no-reader-epipe',
    mechanism: 'pipe',
    theme: 'err',
    core: true,
    says: 'With SIGPIPE ignored, handled or blocked the write fails with EPIPE; blocked, the signal pends on the thread.',
    cites: ['XSH write', 'pipe(7)', 'proc_pid_status(5)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('close', consumer.handle)

      await producer.must('sigaction', 'SIGPIPE', 'SIG_IGN')
      expectOutcome(await producer.send('x'), 'write with SIGPIPE ignored').toFail('EPIPE')

      await producer.must('sigaction', 'SIGPIPE', 'note')
      expectOutcome(await producer.send('x'), 'write with SIGPIPE handled').toFail('EPIPE')
      expectOutcome(await producer.call('noted-signals'), 'the count of SIGPIPE').toReturn(1)

      await producer.must('sigprocmask', 'SIG_BLOCK', ['SIGPIPE'])
      expectOutcome(await producer.send('x'), 'write with SIGPIPE blocked').toFail('EPIPE')
      expectOutcome(await producer.call('noted-signals'), 'the count of a blocked SIGPIPE').toReturn(0)
      expectOutcome(await producer.call('sigpending'), 'sigpending').toGive('signals', ['SIGPIPE'])
      const pendsIn = async (field: string) => ((await maskOf(producer.peer, field)) & sigpipeBit) !== 0n
      const pending = { thread: await pendsIn('SigPnd'), process: await pendsIn('ShdPnd') }
      expectValue(pending, 'where SIGPIPE pends').toEqual({ thread: true, process: false })

      await producer.must('sigprocmask', 'SIG_UNBLOCK', ['SIGPIPE'])
      expectOutcome(await producer.call('noted-signals'), 'the count of SIGPIPE once unblocked').toReturn(1)
    },
  },
  {
    id: 'pipe.zero-write-no-reader',
    mechanism: 'pipe',
    theme: 'err',
    says: 'A write of no bytes to a pipe without readers returns 0 and raises no signal, where one byte kills.',
    cites: ['XSH write', 'write(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('close', consumer.handle)

      await producer.must('sigaction', 'SIGPIPE', 'note')
      expectOutcome(await producer.send(''), 'write of no bytes').toReturn(0)
      expectOutcome(await producer.call('noted-signals'), 'the count of SIGPIPE').toReturn(0)

      await producer.must('sigaction', 'SIGPIPE', 'SIG_DFL')
      expectExit(await fatalSend(producer, 'x'), 'the producer').toBeKilledBy('SIGPIPE')
    },
  },
  {
    id: 'pipe.blocked-writer-reader-dies',
    mechanism: 'pipe',
    theme: 'crash',
    says: 'A write that waits for room when the reader dies returns what it had written, and SIGPIPE is raised as well.',
    cites: ['XSH write', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const capacity = await producer.must('fcntl', producer.handle, 'F_GETPIPE_SZ')
      const page = await producer.must('sysconf', '_SC_PAGESIZE')
      await producer.must('sigaction', 'SIGPIPE', 'note')

      const writing = producer.send({ pattern: 16 * capacity, seed: 1 })
      await producer.blocked()
      expectOutcome(await consumer.recv(page), 'read').toBring({ pattern: page, seed: 1 })
      await producer.blocked()
      await consumer.peer.kill()

      expectOutcome(await writing, 'the write that waited').toReturn(capacity + page)
      expectOutcome(await producer.call('noted-signals'), 'the count of SIGPIPE').toReturn(1)
      expectOutcome(await producer.send('x'), 'the next write').toFail('EPIPE')
    },
  },
]
