/** What an eventfd counts: sums, or one by one, and up to its maximum. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { eventfd } from '../../../mechanisms/eventfd.ts'
import { eventfdMaximum } from '../../../mechanisms/eventfd-ends.ts'
import { eventfdSemaphore } from '../../../mechanisms/eventfd-semaphore.ts'

export const counting: readonly SpecificCase[] = [
  {
    id: 'eventfd.accumulate',
    mechanism: 'eventfd',
    theme: 'data',
    core: true,
    says: 'What a child writes adds up, one read takes the sum, and nothing is left.',
    cites: ['eventfd(2)'],
    async run(stage) {
      const { producer, consumer } = await eventfd.open(stage)
      const child = producer.in(await producer.peer.fork('child'))
      expectOutcome(await child.call('eventfd-write', child.handle, 3), 'a write of 3').toReturn(8)
      expectOutcome(await child.call('eventfd-write', child.handle, 4), 'a write of 4').toReturn(8)
      expectOutcome(await consumer.take(), 'the read').toGive('value', 7)
      expectOutcome(await consumer.tryTake(), 'a read once more').toFail('EAGAIN')
    },
  },
  {
    id: 'eventfd.semaphore-mode',
    mechanism: 'eventfd-semaphore',
    theme: 'data',
    says: 'With EFD_SEMAPHORE each read takes one and gives 1, as often as the sum of what was written.',
    cites: ['eventfd(2) EFD_SEMAPHORE'],
    async run(stage) {
      const { producer, consumer } = await eventfdSemaphore.open(stage)
      expectOutcome(await producer.call('eventfd-write', producer.handle, 3), 'a write of 3').toReturn(8)
      for (const nth of ['first', 'second', 'third']) {
        expectOutcome(await consumer.take(), `the ${nth} read`).toGive('value', 1)
      }
      expectOutcome(await consumer.tryTake(), 'the fourth read').toFail('EAGAIN')
    },
  },
  {
    id: 'eventfd.overflow',
    mechanism: 'eventfd',
    theme: 'limit',
    says: 'At 2⁶⁴ − 2 a write waits, or fails with EAGAIN, and there is no POLLOUT; 2⁶⁴ − 1, or fewer than 8 bytes, is EINVAL.',
    cites: ['eventfd(2)'],
    async run(stage) {
      const { producer, consumer } = await eventfd.open(stage)
      const { call, handle } = producer
      const room = () => call('poll', [[handle, 'POLLOUT']], 0)
      expectOutcome(await room(), 'the poll of an empty counter').toGive('revents', ['POLLOUT'])
      expectOutcome(await call('eventfd-write', handle, eventfdMaximum + 1n), 'a write of 2⁶⁴ − 1').toFail('EINVAL')
      expectOutcome(await call('write', handle, '7 bytes'), 'a write of 7 bytes').toFail('EINVAL')
      expectOutcome(await producer.fill(0), 'a write of 2⁶⁴ − 2').toReturn(8)

      expectOutcome(await room(), 'the poll of a full counter').toReturn(0)
      expectOutcome(await producer.tryAdd(), 'a write that may not wait').toFail('EAGAIN')
      expectOutcome(await consumer.call('read', handle, 7), 'a read of 7 bytes').toFail('EINVAL')
      const adding = producer.add()
      await producer.blocked()
      expectOutcome(await consumer.take(), 'the read').toGive('value', String(eventfdMaximum))
      expectOutcome(await adding, 'the write that had waited').toReturn(8)
      expectOutcome(await consumer.take(), 'the read of what had waited').toGive('value', 1)
      expectOutcome(await room(), 'the poll when there is room').toGive('revents', ['POLLOUT'])
    },
  },
]
