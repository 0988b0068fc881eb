/** A standard signal: sent by number to a process, pending once however often it was sent. */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, CounterIo } from '../../harness/pair/stage.ts'
import { senderAndTaker, signalTraits, takingOf } from './signals.ts'

const signal = 'SIGHUP'
const io: CounterIo = { bell: 'signal-standard', add: (pid) => ['kill', pid, signal], ...takingOf(signal) }

export const signalStandard: Counter = {
  id: 'signal-standard',
  title: 'Signal (standard)',
  kind: 'counter',
  family: 'signal',
  os: 'linux',
  cites: ['signal(7)', 'XSH kill', 'XSH sigwaitinfo'],
  traits: signalTraits,
  async open(stage) {
    const { producer, consumer } = await senderAndTaker(stage, signal)
    return linkOf(counterOf(producer, consumer.pid, io), counterOf(consumer, consumer.pid, io))
  },
}
