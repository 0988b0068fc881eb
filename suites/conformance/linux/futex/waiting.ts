/** Waiting at a futex: when it begins at all, how it ends, and for whom a wake-up is. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { futex } from '../../../mechanisms/futex.ts'
import { pageOfFile } from '../../../mechanisms/shared-page.ts'
import { expectWaited } from '../waited.ts'

export const waiting: readonly SpecificCase[] = [
  {
    id: 'futex.wait-mismatch-eagain',
    mechanism: 'futex',
    theme: 'block',
    says: 'FUTEX_WAIT fails with EAGAIN at another value, EINVAL at an odd address, ETIMEDOUT in time, EINTR by a signal.',
    cites: ['futex(2)'],
    async run(stage) {
      const { consumer: waiter } = await futex.open(stage)
      const word = waiter.handle
      await waiter.must('memory-store-word', word, 7)
      expectOutcome(await waiter.call('futex-wait', word, 8), 'FUTEX_WAIT for another value').toFail('EAGAIN')
      expectOutcome(await waiter.call('futex-wait', word + 2, 0), 'FUTEX_WAIT between words').toFail('EINVAL')
      const waited = await waiter.call('futex-wait', word, 7, 0, 5)
      expectOutcome(waited, 'FUTEX_WAIT with a time').toFail('ETIMEDOUT')
      expectWaited(waited, 5)

      await waiter.must('sigaction', 'SIGUSR1', 'note')
      const waits = waiter.call('futex-wait', word, 7)
      await waiter.blocked()
      await waiter.peer.signal('SIGUSR1')
      expectOutcome(await waits, 'FUTEX_WAIT that a signal interrupted').toFail('EINTR')
    },
  },
  {
    id: 'futex.shared-wake-other-mapping',
    mechanism: 'futex',
    theme: 'block',
    core: true,
    says: 'FUTEX_WAKE reaches who waits at the same word of a file in another process, mapped elsewhere, and counts it.',
    cites: ['futex(2)'],
    async run({ start, names }) {
      const path = names.path('page')
      const producer = await start('producer')
      const consumer = await start('consumer')
      const here = await pageOfFile(producer, path)
      const first = await pageOfFile(consumer, path)
      const there = first === here ? await pageOfFile(consumer, path) : first
      expectValue(there, 'where the other process has the page').toDifferFrom(here)

      expectOutcome(await producer.call('futex-wake', here, 1), 'FUTEX_WAKE while nobody waits').toReturn(0)
      const waits = consumer.call('futex-wait', there, 0)
      await consumer.blocked()
      expectOutcome(await producer.call('futex-wake', here + 4, 1), 'FUTEX_WAKE at the next word').toReturn(0)
      await consumer.blocked()
      expectOutcome(await producer.call('futex-wake', here, 1), 'FUTEX_WAKE').toReturn(1)
      expectOutcome(await waits, 'FUTEX_WAIT').toReturn(0)
    },
  },
  {
    id: 'futex.private-not-cross-process',
    mechanism: 'futex',
    theme: 'block',
    says: 'Where either says FUTEX_PRIVATE_FLAG, FUTEX_WAKE returns 0 and does not reach who waits in another process.',
    cites: ['futex(2)'],
    async run(stage) {
      const { producer, consumer } = await futex.open(stage)
      const word = producer.handle
      const wakePrivate = () => producer.call('futex-wake', word, 1, 'FUTEX_PRIVATE_FLAG')
      const waits = consumer.wait()
      await consumer.blocked()
      expectOutcome(await wakePrivate(), 'a private FUTEX_WAKE').toReturn(0)
      await consumer.blocked()
      expectOutcome(await producer.wake(), 'a shared FUTEX_WAKE').toReturn(1)
      expectOutcome(await waits, 'FUTEX_WAIT').toReturn(0)

      void consumer.call('futex-wait', word, 0, 'FUTEX_PRIVATE_FLAG')
      await consumer.blocked()
      expectOutcome(await wakePrivate(), 'a private FUTEX_WAKE for a private wait').toReturn(0)
      expectOutcome(await producer.wake(), 'a shared FUTEX_WAKE for a private wait').toReturn(0)
      await consumer.blocked()
    },
  },
]
