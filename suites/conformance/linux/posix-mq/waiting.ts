/** Who waits at a queue, for how long, and how they are told without waiting. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { queueSize } from '../../../mechanisms/posix-queues.ts'
import { expectWaited } from '../waited.ts'

export const waiting: readonly SpecificCase[] = [
  {
    id: 'mq.full-empty-eagain',
    mechanism: 'posix-mq',
    theme: 'block',
    core: true,
    says: 'With O_NONBLOCK a send to a full queue and a receive from an empty one fail with EAGAIN; without, they wait.',
    cites: ['XSH mq_send', 'XSH mq_receive', 'XSH mq_setattr'],
    async run({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await consumer.blocking(false), 'mq_setattr').toGive('flags', '0')
      expectOutcome(await consumer.recv(64), 'mq_receive from an empty queue').toFail('EAGAIN')
      // The flag is the open description's: the producer has another.
      expectOutcome(await producer.blocking(false), 'mq_setattr of the other').toGive('flags', '0')
      expectOutcome(await producer.sendMany(queueSize.messages, 'data'), 'mq_send').toReturn(0)
      expectOutcome(await producer.send('one too many'), 'mq_send to a full queue').toFail('EAGAIN')

      expectOutcome(await producer.blocking(true), 'mq_setattr').toGive('flags', 'O_NONBLOCK')
      const sending = producer.send('last')
      await producer.blocked()
      expectOutcome(await consumer.recv(64), 'mq_receive from a full queue').toBring('data')
      expectOutcome(await sending, 'the mq_send that waited').toReturn(0)

      await consumer.blocking(true)
      for (let left = queueSize.messages - 1; left > 0; left--) {
        expectOutcome(await consumer.recv(64), 'mq_receive').toBring('data')
      }
      expectOutcome(await consumer.recv(64), 'mq_receive of the last').toBring('last')
      const receiving = consumer.recv(64)
      await consumer.blocked()
      expectOutcome(await producer.send('at last'), 'mq_send to an empty queue').toReturn(0)
      expectOutcome(await receiving, 'the mq_receive that waited').toBring('at last')
    },
  },
  {
    id: 'mq.timed',
    mechanism: 'posix-mq',
    theme: 'block',
    says: 'A timed call that need not wait succeeds whatever its deadline; one that must fails with ETIMEDOUT when it is over.',
    cites: ['XSH mq_timedreceive', 'XSH mq_timedsend'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const receiving = (ms: number) => consumer.call('mq_timedreceive', consumer.handle, queueSize.bytes, ms)
      const sending = (ms: number) => producer.call('mq_timedsend', producer.handle, 'data', 0, ms)
      expectOutcome(await sending(-1000), 'mq_timedsend past its deadline, with room').toReturn(0)
      expectOutcome(await receiving(-1000), 'mq_timedreceive past its deadline, with a message').toBring('data')
      expectOutcome(await receiving(-1000), 'mq_timedreceive past its deadline, without').toFail('ETIMEDOUT')
      const inVain = await receiving(20)
      expectOutcome(inVain, 'mq_timedreceive from an empty queue').toFail('ETIMEDOUT')
      expectWaited(inVain, 20)

      const served = receiving(60_000)
      await consumer.blocked()
      expectOutcome(await sending(60_000), 'mq_timedsend').toReturn(0)
      expectOutcome(await served, 'the mq_timedreceive that waited').toBring('data')

      expectOutcome(await producer.sendMany(queueSize.messages, 'data'), 'mq_send').toReturn(0)
      expectOutcome(await sending(-1000), 'mq_timedsend past its deadline, without room').toFail('ETIMEDOUT')
      const full = await sending(20)
      expectOutcome(full, 'mq_timedsend to a full queue').toFail('ETIMEDOUT')
      expectWaited(full, 20)
    },
  },
  {
    id: 'mq.pollable',
    mechanism: 'posix-mq',
    theme: 'block',
    says: 'On Linux a queue is a descriptor that poll watches: POLLIN with a message, POLLOUT with room; exec closes it.',
    cites: ['mq_overview(7)', 'mq_open(3)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const polling = (ms: number) => consumer.call('poll', [[consumer.handle, 'POLLIN|POLLOUT']], ms)
      expectOutcome(await polling(0), 'poll of an empty queue').toGive('revents', ['POLLOUT'])
      expectOutcome(await producer.send('data'), 'mq_send').toReturn(0)
      expectOutcome(await polling(0), 'poll with a message').toGive('revents', ['POLLIN|POLLOUT'])
      expectOutcome(await producer.sendMany(queueSize.messages - 1, 'data'), 'mq_send').toReturn(0)
      expectOutcome(await polling(0), 'poll of a full queue').toGive('revents', ['POLLIN'])

      expectOutcome(await consumer.recvMany(queueSize.messages, 64, 0), 'mq_receive').toSucceed()
      const waiting = consumer.ready(-1)
      await consumer.blocked()
      expectOutcome(await producer.send('data'), 'mq_send to the empty queue').toReturn(0)
      expectOutcome(await waiting, 'the poll that waited').toGive('revents', ['POLLIN'])

      const flags = await consumer.call('fcntl', consumer.handle, 'F_GETFD')
      expectValue(flags.out?.flags ?? null, "the descriptor's flags").toEqual('FD_CLOEXEC')
    },
  },
]
