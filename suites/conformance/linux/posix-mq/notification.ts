/** mq_notify: one process is told, once, that a message has come into the empty queue. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Out } from '../../../../harness/model.ts'
import type { End, SpecificCase } from '../../../../harness/pair/stage.ts'
import { queueSize } from '../../../mechanisms/posix-queues.ts'

const value = 4711

async function register(end: End, what: string): Promise<void> {
  expectOutcome(await end.call('mq_notify', end.handle, 'SIGUSR1', value), what).toReturn(0)
}

/** The signals that have come since it was last asked, told apart by who sent the message. */
async function expectNotes(end: End, senders: readonly End[], when: string): Promise<void> {
  const noted = await end.call('noted-signals')
  expectOutcome(noted, `the count of notifications ${when}`).toReturn(senders.length)
  const uid = (await end.call('getuid')).ret
  const notes = senders.map(({ peer }) => ({ signal: 'SIGUSR1', code: 'SI_MESGQ', pid: peer.pid, uid, value }))
  expectOutcome(noted, `what is known ${when}`).toGive('signals', notes as Out)
}

export const notification: readonly SpecificCase[] = [
  {
    id: 'mq.notify-signal',
    mechanism: 'posix-mq',
    theme: 'signal',
    core: true,
    says: 'The first message into an empty queue sends its registrant a signal, once: SI_MESGQ, its value and the sender.',
    cites: ['XSH mq_notify', 'mq_notify(3)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('sigaction', 'SIGUSR1', 'note')
      await register(consumer, 'mq_notify')
      await expectNotes(consumer, [], 'before a message')
      expectOutcome(await producer.send('first'), 'mq_send').toReturn(0)
      await expectNotes(consumer, [producer], 'after the first message')

      // It was for once, and the queue is not empty now.
      expectOutcome(await consumer.recv(64), 'mq_receive').toBring('first')
      expectOutcome(await producer.send('second'), 'mq_send').toReturn(0)
      await expectNotes(consumer, [], 'after a message that nobody asked to be told of')
      await register(consumer, 'mq_notify for a queue with a message')
      expectOutcome(await producer.send('third'), 'mq_send').toReturn(0)
      await expectNotes(consumer, [], 'after a message beside another')

      expectOutcome(await consumer.recvMany(2, queueSize.bytes, 0), 'mq_receive of both').toSucceed()
      expectOutcome(await producer.send('fourth'), 'mq_send').toReturn(0)
      await expectNotes(consumer, [producer], 'after a message into the empty queue')
    },
  },
  {
    id: 'mq.notify-ebusy',
    mechanism: 'posix-mq',
    theme: 'err',
    says: 'One process at a time is registered, and the next fails with EBUSY until that one takes it back or ends.',
    cites: ['XSH mq_notify', 'mq_notify(3)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const rival = () => producer.call('mq_notify', producer.handle, 'SIGUSR1', value)
      await register(consumer, 'mq_notify')
      expectOutcome(await rival(), 'mq_notify by another').toFail('EBUSY')
      expectOutcome(await consumer.call('mq_notify', consumer.handle), 'mq_notify with nothing').toReturn(0)
      expectOutcome(await rival(), 'mq_notify once it was taken back').toReturn(0)

      expectOutcome(await producer.call('mq_notify', producer.handle), 'mq_notify with nothing').toReturn(0)
      await register(consumer, 'mq_notify again')
      expectOutcome(await rival(), 'mq_notify by another, again').toFail('EBUSY')
      await consumer.peer.kill()
      expectOutcome(await rival(), 'mq_notify after the registrant was killed').toReturn(0)
    },
  },
  {
    id: 'mq.notify-suppressed',
    mechanism: 'posix-mq',
    theme: 'signal',
    says: 'A message that a waiting receiver takes notifies nobody, and the registration is there for the next one.',
    cites: ['XSH mq_notify', 'mq_notify(3)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('sigaction', 'SIGUSR1', 'note')
      const waiter = consumer.in(await consumer.peer.fork('waiter'))
      await register(consumer, 'mq_notify')
      const receiving = waiter.recv(64)
      await waiter.blocked()
      expectOutcome(await producer.send('for the waiter'), 'mq_send').toReturn(0)
      expectOutcome(await receiving, 'the mq_receive that waited').toBring('for the waiter')
      await expectNotes(consumer, [], 'after a message for the waiter')

      const rival = await producer.call('mq_notify', producer.handle, 'SIGUSR1', value)
      expectOutcome(rival, 'mq_notify by another').toFail('EBUSY')
      expectOutcome(await producer.send('for nobody yet'), 'mq_send').toReturn(0)
      await expectNotes(consumer, [producer], 'after a message that nobody waited for')
    },
  },
]
