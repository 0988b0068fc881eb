/** An eventfd as a descriptor: whether a read waits, and who else may have it. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { eventfd } from '../../../mechanisms/eventfd.ts'
import { unixStream } from '../../../mechanisms/unix-stream.ts'
import { rights, rightsOf } from '../unix/messages.ts'

export const descriptor: readonly SpecificCase[] = [
  {
    id: 'eventfd.empty-read',
    mechanism: 'eventfd',
    theme: 'block',
    says: 'A read of nothing waits for a write; made with EFD_NONBLOCK it fails with EAGAIN.',
    cites: ['eventfd(2)'],
    async run(stage) {
      const { producer, consumer } = await eventfd.open(stage)
      const reading = consumer.take()
      await consumer.blocked()
      expectOutcome(await producer.add(), 'a write').toReturn(8)
      expectOutcome(await reading, 'the read that had waited').toGive('value', 1)

      const hasty = await producer.must('eventfd', 0, 'EFD_NONBLOCK')
      expectOutcome(await producer.call('eventfd-read', hasty), 'a read of nothing that may not wait').toFail('EAGAIN')
      expectOutcome(await producer.call('eventfd-write', hasty, 5), 'a write').toReturn(8)
      expectOutcome(await producer.call('eventfd-read', hasty), 'a read of something').toGive('value', 5)
    },
  },
  {
    id: 'eventfd.pass-by-scm-rights',
    mechanism: 'eventfd',
    theme: 'naming',
    says: 'A process that is no relative signals through an eventfd whose descriptor it was passed over a Unix socket.',
    cites: ['eventfd(2)', 'unix(7)'],
    async run(stage) {
      const { producer: stranger, consumer: owner } = await unixStream.open(stage)
      const own = await owner.must('eventfd', 0, 0)
      await owner.must('sendmsg', owner.handle, 'an eventfd', 0, rights(own))
      const [passed = -1] = rightsOf(await stranger.call('recvmsg', stranger.handle, 64, 64, 0))

      const reading = owner.call('eventfd-read', own)
      await owner.blocked()
      expectOutcome(await stranger.call('eventfd-write', passed, 5), 'a write by the stranger').toReturn(8)
      expectOutcome(await reading, 'the read that had waited').toGive('value', 5)
      expectOutcome(await owner.call('eventfd-write', own, 6), 'a write by the owner').toReturn(8)
      expectOutcome(await stranger.call('eventfd-read', passed), 'a read by the stranger').toGive('value', 6)
    },
  },
]
