/** What a ring is, who may have one, and what becomes of requests that belong together. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { expectCompletions, newRing, submit, waitFor } from './completions.ts'

export const rings: readonly SpecificCase[] = [
  {
    id: 'uring.probe',
    mechanism: 'uring-pipe',
    theme: 'err',
    core: true,
    says: 'Where io_uring is there and allowed, a ring is made and answers a request that does nothing; a ring of no entries is EINVAL.',
    cites: ['io_uring_setup(2)'],
    async run({ start, note }) {
      const owner = await start('owner')
      const made = await owner.call('io_uring_setup', 4, 0)
      expectOutcome(made, 'io_uring_setup').toSucceed()
      note('features', made.out?.features ?? null)
      await submit(owner, made.ret, ['IORING_OP_NOP', 11, 0], ['IORING_OP_NOP', 12, 0])
      expectCompletions(await waitFor(owner, made.ret, 2), '11: 0', '12: 0')
      expectOutcome(await owner.call('io_uring_setup', 0, 0), 'a ring of no entries').toFail('EINVAL')
      expectOutcome(await owner.call('io_uring_setup', 4, 0x4000_0000), 'a flag that means nothing').toFail('EINVAL')
    },
  },
  {
    id: 'uring.cancel',
    mechanism: 'uring-pipe',
    theme: 'block',
    says: 'A read that waits completes with ECANCELED when it is cancelled, and the cancelling with 0, or ENOENT when there is nothing to cancel.',
    cites: ['io_uring_cancelation(7)', 'io_uring_enter(2)'],
    async run({ start }) {
      const owner = await start('owner')
      const [r, w] = await makePipe(owner)
      const ring = await newRing(owner)
      await submit(owner, ring, ['IORING_OP_READ', 1, 0, r, 64])
      await submit(owner, ring, ['IORING_OP_ASYNC_CANCEL', 2, 0, 1])
      expectCompletions(await waitFor(owner, ring, 2), '1: ECANCELED', '2: 0')
      await submit(owner, ring, ['IORING_OP_ASYNC_CANCEL', 3, 0, 1])
      expectCompletions(await waitFor(owner, ring, 1), '3: ENOENT')

      await owner.must('write', w, 'for nobody')
      expectOutcome(await owner.call('read', r, 64), 'what the cancelled read did not take').toBring('for nobody')
    },
  },
  {
    id: 'uring.link-failure',
    mechanism: 'uring-pipe',
    theme: 'order',
    says: 'When a request of a chain fails, those behind it in the chain are not begun and complete with ECANCELED; others are.',
    cites: ['io_uring_enter(2) IOSQE_IO_LINK'],
    async run({ start }) {
      const owner = await start('owner')
      const [r, w] = await makePipe(owner, 'O_NONBLOCK')
      const ring = await newRing(owner)
      const chain = 'IOSQE_IO_LINK'
      await submit(
        owner,
        ring,
        ['IORING_OP_WRITE', 1, chain, w, 'one '],
        ['IORING_OP_WRITE', 2, chain, r, 'two '],
        ['IORING_OP_WRITE', 3, chain, w, 'three '],
        ['IORING_OP_WRITE', 4, 0, w, 'four '],
        ['IORING_OP_WRITE', 5, 0, w, 'five '],
      )
      const came = await waitFor(owner, ring, 5)
      expectCompletions(came, '1: 4', '2: EBADF', '3: ECANCELED', '4: ECANCELED', '5: 5')
      expectOutcome(await owner.call('read', r, 64), 'what was written').toBring('one five ')
    },
  },
  {
    id: 'uring.msg-ring-cross-process',
    mechanism: 'uring-pipe',
    theme: 'data',
    says: 'A message to a ring that a child has inherited completes there, with the result and the user data that it was sent with.',
    cites: ['io_uring_prep_msg_ring(3)', 'io_uring_enter(2)'],
    needs: [{ kernel: '5.18' }],
    async run({ start }) {
      const producer = await start('producer')
      const [own, inherited] = [await newRing(producer), await newRing(producer)]
      const consumer = await producer.fork('consumer')
      const waiting = waitFor(consumer, inherited, 1)
      await consumer.blocked()
      await submit(producer, own, ['IORING_OP_MSG_RING', 1, 0, inherited, 42, 7])
      expectCompletions(await waitFor(producer, own, 1), '1: 0')
      expectCompletions(await waiting, '7: 42')
    },
  },
]
