/** What a queue makes of a message: its priority, its length, and the room that its receiver has to have. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { lengthOf, pattern } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { queueSize } from '../../../mechanisms/posix-queues.ts'

export const messages: readonly SpecificCase[] = [
  {
    id: 'mq.priority-order',
    mechanism: 'posix-mq',
    theme: 'order',
    core: true,
    says: 'The oldest message of the highest priority is received first, and its priority is told.',
    cites: ['XSH mq_receive', 'XSH mq_send'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const sent = [
        ['first', 1],
        ['urgent', 7],
        ['second', 1],
        ['least', 0],
        ['urgent too', 7],
        ['third', 1],
      ] as const
      for (const [text, priority] of sent) {
        expectOutcome(await producer.call('mq_send', producer.handle, text, priority), 'mq_send').toReturn(0)
      }
      for (const [text, priority] of sent.toSorted(([, a], [, b]) => b - a)) {
        const received = await consumer.recv(64)
        expectOutcome(received, 'mq_receive').toBring(text)
        expectOutcome(received, 'mq_receive').toGive('priority', priority)
      }
    },
  },
  {
    id: 'mq.buffer-too-small',
    mechanism: 'posix-mq',
    theme: 'boundary',
    core: true,
    says: 'mq_receive with less room than mq_msgsize fails with EMSGSIZE, however short the message, which stays.',
    cites: ['XSH mq_receive'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.send('short'), 'mq_send').toReturn(0)
      const receiving = (room: number) => consumer.call('mq_receive', consumer.handle, room)
      expectOutcome(await receiving(64), 'mq_receive with room for 64 bytes').toFail('EMSGSIZE')
      expectOutcome(await receiving(queueSize.bytes - 1), 'mq_receive with one byte too little').toFail('EMSGSIZE')
      expectOutcome(await receiving(queueSize.bytes), 'mq_receive with enough').toBring('short')
    },
  },
  {
    id: 'mq.send-too-long',
    mechanism: 'posix-mq',
    theme: 'limit',
    says: 'mq_send of more than mq_msgsize bytes fails with EMSGSIZE and leaves the queue as it was.',
    cites: ['XSH mq_send'],
    async run({ open }) {
      const { producer } = await open()
      const counting = () => producer.call('mq_getattr', producer.handle)
      expectOutcome(await counting(), 'mq_getattr').toGive('msgsize', queueSize.bytes)
      expectOutcome(await producer.send(pattern(queueSize.bytes + 1, 1)), 'mq_send of too much').toFail('EMSGSIZE')
      expectOutcome(await counting(), 'mq_getattr after it').toGive('curmsgs', 0)

      const longest = pattern(queueSize.bytes, 2)
      expectOutcome(await producer.send(longest), 'mq_send of the most').toReturn(0)
      expectOutcome(await counting(), 'mq_getattr with a message').toGive('curmsgs', 1)
      expectOutcome(await producer.recv(lengthOf(longest)), 'mq_receive').toBring(longest)
    },
  },
  {
    id: 'mq.zero-length',
    mechanism: 'posix-mq',
    theme: 'boundary',
    says: 'A message of no bytes is a message: it is delivered in its turn, with its priority.',
    cites: ['XSH mq_send', 'XSH mq_receive'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.call('mq_send', producer.handle, 'later', 1), 'mq_send').toReturn(0)
      expectOutcome(await producer.call('mq_send', producer.handle, '', 3), 'mq_send of nothing').toReturn(0)
      expectOutcome(await consumer.call('mq_getattr', consumer.handle), 'mq_getattr').toGive('curmsgs', 2)

      const empty = await consumer.recv(64)
      expectOutcome(empty, 'the first mq_receive').toReturn(0)
      expectOutcome(empty, 'the first mq_receive').toBring('')
      expectOutcome(empty, 'the first mq_receive').toGive('priority', 3)
      expectOutcome(await consumer.recv(64), 'the second mq_receive').toBring('later')
    },
  },
  {
    id: 'mq.prio-max',
    mechanism: 'posix-mq',
    theme: 'limit',
    says: 'A priority is less than MQ_PRIO_MAX, which is 32768 on Linux: mq_send with that much fails with EINVAL.',
    cites: ['XSH mq_send', 'XBD limits.h', 'mq_overview(7)'],
    async run({ open }) {
      const { producer } = await open()
      const limit = await producer.must('sysconf', '_SC_MQ_PRIO_MAX')
      expectValue(limit, 'MQ_PRIO_MAX').toEqual(32_768)
      const sending = (priority: number) => producer.call('mq_send', producer.handle, 'data', priority)
      expectOutcome(await sending(limit), 'mq_send with the priority MQ_PRIO_MAX').toFail('EINVAL')
      expectOutcome(await producer.call('mq_getattr', producer.handle), 'mq_getattr').toGive('curmsgs', 0)
      expectOutcome(await sending(limit - 1), 'mq_send with the priority below').toReturn(0)
      expectOutcome(await producer.recv(64), 'mq_receive').toGive('priority', limit - 1)
    },
  },
]
