/** What becomes of signals that are sent while they cannot be delivered: which are queued, in what order, how many. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase, Stage } from '../../../../harness/pair/stage.ts'
import { signalRealtime } from '../../../mechanisms/signal-realtime.ts'
import { namesNotedBy, notedBy } from './noted.ts'

/** A process to send to, which notes these signals and blocks them until `unblock`. */
async function pair(stage: Stage, ...signals: string[]) {
  const sender = await stage.start('sender')
  const receiver = await stage.start('receiver')
  await receiver.must('sigprocmask', 'SIG_BLOCK', signals)
  for (const signal of signals) await receiver.must('sigaction', signal, 'note')
  return { sender, receiver, unblock: () => receiver.must('sigprocmask', 'SIG_UNBLOCK', signals) }
}

async function queue(sender: Peer, to: Peer, signal: string, ...values: number[]): Promise<void> {
  for (const value of values) {
    expectOutcome(await sender.call('sigqueue', to.pid, signal, value), `sigqueue of ${signal}`).toReturn(0)
  }
}

/** More than 32 bits: a value may be a pointer. */
const pointer = 0x1234_5678_9abc

export const queueing: readonly SpecificCase[] = [
  {
    id: 'signal.standard-coalesce',
    mechanism: 'signal-standard',
    theme: 'order',
    core: true,
    says: 'A standard signal that is sent five times while it is blocked is delivered once.',
    cites: ['XSH 2.4.1', 'signal(7)'],
    async run(stage) {
      const { sender, receiver, unblock } = await pair(stage, 'SIGUSR1')
      expectOutcome(await sender.call('repeat', 5, 0, 'kill', receiver.pid, 'SIGUSR1'), 'kill').toGive('times', 5)
      expectOutcome(await receiver.call('sigpending'), 'sigpending').toGive('signals', ['SIGUSR1'])
      expectValue(await namesNotedBy(receiver), 'what is delivered while it is blocked').toEqual([])

      await unblock()
      expectValue(await namesNotedBy(receiver), 'what is delivered').toEqual(['SIGUSR1'])
      expectOutcome(await receiver.call('sigpending'), 'sigpending afterwards').toGive('signals', [])
    },
  },
  {
    id: 'signal.rt-queue-fifo',
    mechanism: 'signal-realtime',
    theme: 'order',
    core: true,
    says: 'Every real-time signal is delivered: the lowest number first, and each number in the order in which it was sent.',
    cites: ['XSH 2.4.1', 'XSH sigqueue', 'signal(7)'],
    async run(stage) {
      const { sender, receiver, unblock } = await pair(stage, 'SIGRTMIN', 'SIGRTMIN+1', 'SIGRTMAX')
      await queue(sender, receiver, 'SIGRTMAX', 1)
      await queue(sender, receiver, 'SIGRTMIN+1', 10, 11, 12)
      await queue(sender, receiver, 'SIGRTMIN', 20, 21)
      await queue(sender, receiver, 'SIGRTMIN+1', 13)

      await unblock()
      const delivered = (await notedBy(receiver)).map(({ signal, value }) => `${signal} ${value}`)
      const first = ['SIGRTMIN 20', 'SIGRTMIN 21']
      const second = [10, 11, 12, 13].map((value) => `SIGRTMIN+1 ${value}`)
      expectValue(delivered, 'what is delivered').toEqual([...first, ...second, 'SIGRTMAX 1'])
    },
  },
  {
    id: 'signal.rt-vs-standard-order',
    mechanism: 'signal-realtime',
    theme: 'order',
    says: 'On Linux a standard signal that pends is delivered before a real-time signal, whichever was sent first.',
    cites: ['signal(7)'],
    async run(stage) {
      const { sender, receiver, unblock } = await pair(stage, 'SIGRTMIN', 'SIGUSR1', 'SIGTERM')
      await queue(sender, receiver, 'SIGRTMIN', 1, 2)
      await sender.must('kill', receiver.pid, 'SIGTERM')
      await queue(sender, receiver, 'SIGRTMIN', 3)
      await sender.must('kill', receiver.pid, 'SIGUSR1')

      await unblock()
      const [first, second, ...later] = await namesNotedBy(receiver)
      expectValue([first ?? '', second ?? ''].sort(), 'what comes first').toEqual(['SIGTERM', 'SIGUSR1'])
      expectValue(later, 'what comes after it').toEqual(['SIGRTMIN', 'SIGRTMIN', 'SIGRTMIN'])
    },
  },
  {
    id: 'signal.sigqueue-payload',
    mechanism: 'signal-realtime',
    theme: 'data',
    core: true,
    says: 'A signal from sigqueue brings its value, SI_QUEUE, and who sent it; one from kill brings SI_USER and who sent it.',
    cites: ['XSH sigqueue', 'XSH kill', 'sigaction(2)'],
    async run(stage) {
      const { sender, receiver, unblock } = await pair(stage, 'SIGRTMIN', 'SIGUSR1')
      const uid = await sender.must('getuid')
      await queue(sender, receiver, 'SIGRTMIN', pointer)
      await queue(sender, receiver, 'SIGUSR1', 7)
      await unblock()
      await sender.must('kill', receiver.pid, 'SIGUSR1')

      const from = { pid: sender.pid, uid }
      expectOutcome(await receiver.call('noted-signals'), 'the signals').toGive('signals', [
        { signal: 'SIGUSR1', code: 'SI_QUEUE', ...from, value: 7 },
        { signal: 'SIGRTMIN', code: 'SI_QUEUE', ...from, value: pointer },
        { signal: 'SIGUSR1', code: 'SI_USER', ...from },
      ])
    },
  },
  {
    id: 'signal.queue-limit',
    mechanism: 'signal-realtime',
    theme: 'limit',
    says: 'With RLIMIT_SIGPENDING signals queued sigqueue fails with EAGAIN, and kill with a standard signal still works.',
    cites: ['XSH sigqueue', 'getrlimit(2)', 'signal(7)'],
    async run(stage) {
      const { producer, consumer } = await signalRealtime.open(stage)
      await consumer.must('sigaction', 'SIGUSR1', 'note')
      expectOutcome(await producer.fill(0), 'sigqueue up to the limit').toSucceed()
      expectOutcome(await producer.add(), 'sigqueue at the limit').toFail('EAGAIN')
      expectOutcome(await producer.add(), 'sigqueue at the limit, again').toFail('EAGAIN')
      expectOutcome(await producer.call('kill', consumer.peer.pid, 'SIGUSR1'), 'kill').toReturn(0)
      expectValue(await namesNotedBy(consumer), 'what kill sent').toEqual(['SIGUSR1'])

      expectOutcome(await consumer.take(), 'sigwaitinfo').toSucceed()
      expectOutcome(await producer.add(), 'sigqueue once there is room').toReturn(0)
    },
  },
]
