/** A real-time signal: each is queued with its value, until the queue is full. */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, CounterIo } from '../../harness/pair/stage.ts'
import { signalStandard } from './signal-standard.ts'
import { queueingTo, queueNeeds, senderAndTaker, signalTraits, takingOf } from './signals.ts'

const signal = 'SIGRTMIN'

export const signalRealtime: Counter = {
  ...signalStandard,
  id: 'signal-realtime',
  title: 'Signal (real-time)',
  cites: ['signal(7)', 'XSH sigqueue', 'XSH sigwaitinfo', 'getrlimit(2)'],
  needs: queueNeeds,
  traits: { ...signalTraits, atMaximum: { is: 'fails', error: 'EAGAIN' } },
  async open(stage) {
    const { producer, consumer } = await senderAndTaker(stage, signal)
    const io: CounterIo = {
      bell: 'signal-realtime',
      ...(await queueingTo(stage, consumer, signal)),
      ...takingOf(signal),
    }
    return linkOf(counterOf(producer, consumer.pid, io), counterOf(consumer, consumer.pid, io))
  },
}
