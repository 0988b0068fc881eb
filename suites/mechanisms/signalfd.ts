/**
 * Signals through a descriptor: what is pending for a process is read instead of handled. A descriptor shows each process
 * its own signals, so that two of them, one that waits and one that does not, are one queue.
 */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, CounterIo } from '../../harness/pair/stage.ts'
import { signalRealtime } from './signal-realtime.ts'
import { queueingTo, senderAndTaker } from './signals.ts'

const signal = 'SIGRTMIN'

export const signalfd: Counter = {
  ...signalRealtime,
  id: 'signalfd',
  title: 'Signal descriptor (signalfd)',
  cites: ['signalfd(2)', 'signal(7)', 'getrlimit(2)'],
  traits: {
    ...signalRealtime.traits,
    readiness: 'poll',
    timedTake: { is: 'poll' },
    interrupted: 'eintr-or-restart',
  },
  async open(stage) {
    const { producer, consumer } = await senderAndTaker(stage, signal)
    const queueing = await queueingTo(stage, consumer, signal)
    const patient = await consumer.must('signalfd', -1, [signal], 0)
    const hasty = await consumer.must('signalfd', -1, [signal], 'SFD_NONBLOCK')
    const ready = (_: number, milliseconds: number) => ['poll', [[patient, 'POLLIN']], milliseconds] as const
    const io: CounterIo = {
      bell: 'signalfd',
      ...queueing,
      take: () => ['read-signalfd', patient],
      tryTake: () => ['read-signalfd', hasty],
      timedTake: ready,
      ready,
    }
    return linkOf(counterOf(producer, consumer.pid, io), counterOf(consumer, patient, io))
  },
}
