/** Messages have types, and a receive says which it wants. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { fillWith, room, sharedQueue } from './queues.ts'

export const messageTypes: readonly SpecificCase[] = [
  {
    id: 'msg.rcv-type-0-fifo',
    mechanism: 'sysv-msg',
    theme: 'order',
    core: true,
    says: 'A receive of type 0 takes the first message of the queue, whatever its type, and tells that type.',
    cites: ['XSH msgrcv'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      const messages = [
        [3, 'first'],
        [1, 'second'],
        [2, 'third'],
      ] as const
      await fillWith(queue, messages)
      for (const [type, text] of messages) {
        const received = await queue.receives(queue.consumer, 0)
        expectOutcome(received, `the receive of the ${text}`).toBring(text)
        expectOutcome(received, `the receive of the ${text}`).toGive('type', type)
      }
    },
  },
  {
    id: 'msg.rcv-type-positive',
    mechanism: 'sysv-msg',
    theme: 'order',
    core: true,
    says: 'A receive of a type above 0 takes the first message of that type, waits for one, and leaves the others alone.',
    cites: ['XSH msgrcv'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      const { consumer, producer, sends, receives } = queue
      await fillWith(queue, [
        [1, 'a1'],
        [2, 'b1'],
        [1, 'a2'],
        [2, 'b2'],
      ])
      expectOutcome(await receives(consumer, 2), 'the first receive of type 2').toBring('b1')
      expectOutcome(await receives(consumer, 2), 'the second receive of type 2').toBring('b2')

      const waiting = consumer.call('msgrcv', queue.id, room, 2, 0)
      await consumer.blocked()
      await sends(producer, 3, 'c1')
      await consumer.blocked()
      await sends(producer, 2, 'b3')
      expectOutcome(await waiting, 'the receive of type 2 that waited').toBring('b3')
      for (const left of ['a1', 'a2', 'c1']) {
        expectOutcome(await receives(consumer, 0), 'the receive of what was left').toBring(left)
      }
    },
  },
  {
    id: 'msg.rcv-type-negative',
    mechanism: 'sysv-msg',
    theme: 'order',
    core: true,
    says: 'A receive of a type below 0 takes the first message of the lowest type that does not exceed its absolute value.',
    cites: ['XSH msgrcv'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      const { consumer, receives } = queue
      await fillWith(queue, [
        [5, 'five'],
        [4, 'four'],
        [2, 'two, first'],
        [3, 'three'],
        [2, 'two, second'],
      ])
      for (const next of ['two, first', 'two, second', 'three', 'four']) {
        expectOutcome(await receives(consumer, -4), 'a receive of type -4').toBring(next)
      }
      expectOutcome(await receives(consumer, -4), 'a receive of type -4 with 5 left').toFail('ENOMSG')
      expectOutcome(await receives(consumer, -5), 'a receive of type -5').toBring('five')
    },
  },
  {
    id: 'msg.rcv-except',
    mechanism: 'sysv-msg',
    theme: 'order',
    says: 'With MSG_EXCEPT a receive takes the first message of any type but the one that it names.',
    cites: ['msgrcv(2)'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      const { consumer, receives } = queue
      await fillWith(queue, [
        [1, 'a1'],
        [3, 'c1'],
        [1, 'a2'],
        [2, 'b1'],
      ])
      for (const next of ['c1', 'b1']) {
        expectOutcome(await receives(consumer, 1, 'MSG_EXCEPT'), 'a receive of any type but 1').toBring(next)
      }
      const last = await receives(consumer, 1, 'MSG_EXCEPT')
      expectOutcome(last, 'a receive of any type but 1 with only 1 left').toFail('ENOMSG')
      expectOutcome(await receives(consumer, 1), 'a receive of type 1').toBring('a1')
    },
  },
  {
    id: 'msg.rcv-enomsg',
    mechanism: 'sysv-msg',
    theme: 'block',
    says: 'A receive with IPC_NOWAIT fails with ENOMSG when no message is of the type that it wants, and takes none.',
    cites: ['XSH msgrcv'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      const { consumer, receives } = queue
      for (const type of [0, 1, -1]) {
        expectOutcome(await receives(consumer, type), `a receive of type ${type} from nothing`).toFail('ENOMSG')
      }
      await fillWith(queue, [[2, 'of type 2']])
      for (const type of [1, 3, -1]) {
        expectOutcome(await receives(consumer, type), `a receive of type ${type}`).toFail('ENOMSG')
      }
      expectOutcome(await receives(consumer, 0), 'a receive of any type').toBring('of type 2')
      expectOutcome(await receives(consumer, 0), 'a receive of any type from nothing').toFail('ENOMSG')
    },
  },
]
