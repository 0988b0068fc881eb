/** A signal to a process that is held by a descriptor: it can reach no other, whatever becomes of the number. */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, CounterIo } from '../../harness/pair/stage.ts'
import { signalStandard } from './signal-standard.ts'
import { senderAndTaker, takingOf } from './signals.ts'

const signal = 'SIGHUP'
const io: CounterIo = {
  bell: 'pidfd',
  add: (process) => ['pidfd_send_signal', process, signal],
  ...takingOf(signal),
}

export const pidfd: Counter = {
  ...signalStandard,
  id: 'pidfd',
  title: 'Process descriptor (pidfd)',
  family: 'process',
  cites: ['pidfd_open(2)', 'pidfd_send_signal(2)', 'signal(7)'],
  needs: [{ kernel: '5.4' }],
  async open(stage) {
    const { producer, consumer } = await senderAndTaker(stage, signal)
    const process = await producer.must('pidfd_open', consumer.pid, 0)
    return linkOf(counterOf(producer, process, io), counterOf(consumer, consumer.pid, io))
  },
}
