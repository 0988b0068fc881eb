/** Signals that are waited for: by a call, through a descriptor, with a handler; and none that is missed. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { pipe } from '../../../mechanisms/pipe.ts'
import { expectWaited } from '../waited.ts'

const deadlineMs = 20
const rounds = 10_000

export const waiting: readonly SpecificCase[] = [
  {
    id: 'signal.sigwait-timed',
    mechanism: 'signal-realtime',
    theme: 'block',
    says: 'sigwaitinfo waits for a signal and takes the lowest that pends; sigtimedwait gives up in time with EAGAIN.',
    cites: ['XSH sigtimedwait', 'XSH sigwaitinfo'],
    async run({ start }) {
      const [sender, waiter] = [await start('sender'), await start('waiter')]
      const signals = ['SIGRTMIN+2', 'SIGRTMIN', 'SIGRTMIN+1']
      await waiter.must('sigprocmask', 'SIG_BLOCK', signals)
      const took = await waiter.call('sigtimedwait', signals, deadlineMs)
      expectOutcome(took, 'sigtimedwait for nothing').toFail('EAGAIN')
      expectWaited(took, deadlineMs)

      const waits = waiter.call('sigwaitinfo', signals)
      await waiter.blocked()
      await sender.must('sigqueue', waiter.pid, 'SIGRTMIN+1', 5)
      const sent = { code: 'SI_QUEUE', pid: sender.pid, uid: await sender.must('getuid') }
      expectOutcome(await waits, 'sigwaitinfo').toGive('signal', { signal: 'SIGRTMIN+1', ...sent, value: 5 })

      for (const [value, signal] of signals.entries()) await sender.must('sigqueue', waiter.pid, signal, value)
      for (const signal of ['SIGRTMIN', 'SIGRTMIN+1', 'SIGRTMIN+2']) {
        const value = signals.indexOf(signal)
        const next = await waiter.call('sigwaitinfo', signals)
        expectOutcome(next, 'the next sigwaitinfo').toGive('signal', { signal, ...sent, value })
      }
      expectOutcome(await waiter.call('sigtimedwait', signals, 0), 'sigtimedwait afterwards').toFail('EAGAIN')
    },
  },
  {
    id: 'signal.signalfd',
    mechanism: 'signalfd',
    theme: 'data',
    says: 'A signalfd tells value and sender, EAGAIN when nothing pends; who inherits it reads the signals sent to itself.',
    cites: ['signalfd(2)'],
    async run({ start }) {
      const parent = await start('parent')
      await parent.must('sigprocmask', 'SIG_BLOCK', ['SIGRTMIN'])
      const fd = await parent.must('signalfd', -1, ['SIGRTMIN'], 'SFD_NONBLOCK')
      const child = await parent.fork('child')
      const uid = await parent.must('getuid')
      for (const peer of [parent, child]) {
        expectOutcome(await peer.call('read-signalfd', fd), 'read when nothing pends').toFail('EAGAIN')
      }

      for (const [from, to, value] of [
        [child, parent, 42],
        [parent, child, 43],
      ] as const) {
        await from.must('sigqueue', to.pid, 'SIGRTMIN', value)
        expectOutcome(await from.call('read-signalfd', fd), `read by the ${from.role}`).toFail('EAGAIN')
        const brought = { signal: 'SIGRTMIN', code: 'SI_QUEUE', pid: from.pid, uid, value }
        expectOutcome(await to.call('read-signalfd', fd), `read by the ${to.role}`).toGive('signal', brought)
        expectOutcome(await to.call('read-signalfd', fd), 'read once more').toFail('EAGAIN')
      }
    },
  },
  {
    id: 'signal.sigio-pipe',
    mechanism: 'signal-realtime',
    theme: 'signal',
    says: 'With O_ASYNC, F_SETOWN and F_SETSIG data in a pipe sends its reader that signal, which names the descriptor.',
    cites: ['fcntl(2)'],
    async run(stage) {
      const { producer, consumer } = await pipe.open(stage)
      const r = consumer.handle
      await consumer.must('sigprocmask', 'SIG_BLOCK', ['SIGRTMIN'])
      await consumer.must('fcntl', r, 'F_SETOWN', consumer.peer.pid)
      await consumer.must('fcntl', r, 'F_SETSIG', 'SIGRTMIN')
      await consumer.must('fcntl', r, 'F_SETFL', 'O_ASYNC')
      const waits = consumer.call('sigwaitinfo', ['SIGRTMIN'])
      await consumer.blocked()
      await producer.must('write', producer.handle, 'data')

      const { events = '', ...told } = ((await waits).out?.signal ?? {}) as Record<string, string | number>
      expectValue(told, 'what the signal tells').toEqual({ signal: 'SIGRTMIN', code: 'POLL_IN', descriptor: r })
      expectValue(`${events}`.split('|'), 'what it tells of the pipe').toContain('POLLIN')
      expectOutcome(await consumer.recv(64), 'read').toBring('data')
    },
  },
  {
    id: 'signal.async-safe-ping-pong',
    mechanism: 'signal-standard',
    theme: 'data',
    says: 'Two processes that answer SIGUSR1 with SIGUSR2, and wait in sigsuspend, miss none of ten thousand.',
    cites: ['XSH sigsuspend', 'XSH 2.4.1'],
    async run({ start }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      for (const peer of [producer, consumer]) await peer.must('sigprocmask', 'SIG_BLOCK', ['SIGUSR1', 'SIGUSR2'])
      const answering = consumer.call('signal-ping-pong', producer.pid, 'SIGUSR2', 'SIGUSR1', rounds, 0)
      await consumer.blocked()
      const asked = await producer.call('signal-ping-pong', consumer.pid, 'SIGUSR1', 'SIGUSR2', rounds, 1)
      for (const [outcome, who] of [
        [asked, 'the producer'],
        [await answering, 'the consumer'],
      ] as const) {
        expectOutcome(outcome, `the rounds of ${who}`).toReturn(rounds)
        expectOutcome(outcome, `the rounds of ${who}`).toGive('arrived', rounds)
      }
    },
  },
]
