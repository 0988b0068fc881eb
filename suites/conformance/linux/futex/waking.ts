/** Waking at a futex: how many, who of them is dead, and what the kernel does for an owner that died. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { futex } from '../../../mechanisms/futex.ts'
import { newSleepers } from '../sleepers.ts'

/** The bits of the word of a robust futex, as <linux/futex.h> has them. */
const waiters = 0x8000_0000
const ownerDied = 0x4000_0000
/** Where on the page the list stands. */
const listAt = 256

export const waking: readonly SpecificCase[] = [
  {
    id: 'futex.wake-count',
    mechanism: 'futex',
    theme: 'order',
    says: 'Of three that wait FUTEX_WAKE for two wakes two and says so; the next wakes the third, and the next nobody.',
    cites: ['futex(2)'],
    async run(stage) {
      const { producer, consumer } = await futex.open(stage)
      const wakeTwo = () => producer.call('futex-wake', producer.handle, 2)
      const sleepers = newSleepers()
      for (const role of ['second', 'third']) await sleepers.fallAsleep(consumer.in(await consumer.peer.fork(role)))
      await sleepers.fallAsleep(consumer)

      expectOutcome(await wakeTwo(), 'FUTEX_WAKE for two of three').toReturn(2)
      for (let woken = 0; woken < 2; woken++) await sleepers.nextAwake()
      for (const left of sleepers.left()) await left.blocked()
      expectOutcome(await wakeTwo(), 'FUTEX_WAKE for two of one').toReturn(1)
      await sleepers.nextAwake()
      expectOutcome(await wakeTwo(), 'FUTEX_WAKE for two of none').toReturn(0)
    },
  },
  {
    id: 'futex.killed-waiter-dequeued',
    mechanism: 'futex',
    theme: 'crash',
    says: 'A waiter that was killed waits no more: FUTEX_WAKE returns 0, and wakes another where there is one.',
    cites: ['futex(2)'],
    async run(stage) {
      const { producer, consumer } = await futex.open(stage)
      const other = consumer.in(await consumer.peer.fork('other'))
      void consumer.wait()
      await consumer.blocked()
      await consumer.peer.kill()
      expectOutcome(await producer.wake(), 'FUTEX_WAKE once the waiter is dead').toReturn(0)

      const waits = other.wait()
      await other.blocked()
      expectOutcome(await producer.wake(), 'FUTEX_WAKE for the next waiter').toReturn(1)
      expectOutcome(await waits, 'FUTEX_WAIT').toReturn(0)
    },
  },
  {
    id: 'futex.robust-list-owner-died',
    mechanism: 'futex',
    theme: 'crash',
    says: 'The kernel marks a word on the robust list of a dead process with FUTEX_OWNER_DIED, and wakes one of its waiters.',
    cites: ['get_robust_list(2)'],
    async run(stage) {
      const { producer: owner, consumer } = await futex.open(stage)
      const other = consumer.in(await consumer.peer.fork('other'))
      const word = owner.handle
      const held = owner.peer.pid + waiters
      await owner.must('set_robust_list', word + listAt, word)
      await owner.must('memory-store-word', word, held)
      const sleepers = newSleepers()
      for (const end of [consumer, other]) await sleepers.fallAsleep(end, end.call('futex-wait', word, held))
      await owner.peer.kill()

      const woken = await sleepers.nextAwake()
      expectOutcome(await woken.call('memory-load-word', word), 'the word').toReturn(ownerDied + waiters)
      for (const left of sleepers.left()) await left.blocked()
      expectOutcome(await woken.call('futex-wake', word, 2), 'FUTEX_WAKE for whoever is left').toReturn(1)
      await sleepers.nextAwake()
    },
  },
]
