/** A queue's name, what it may be, and what lives on without its makers or without the name. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { createQueue } from '../../../mechanisms/posix-queues.ts'

export const names: readonly SpecificCase[] = [
  {
    id: 'mq.unlink-while-open',
    mechanism: 'posix-mq',
    theme: 'cleanup',
    core: true,
    says: 'mq_unlink takes the name away: open queues go on working, the name is free, and names another queue when made anew.',
    cites: ['XSH mq_unlink'],
    async run({ open, start }) {
      const { producer, consumer, name = '' } = await open()
      expectOutcome(await producer.send('before'), 'mq_send').toReturn(0)
      expectOutcome(await consumer.call('mq_unlink', name), 'mq_unlink').toReturn(0)
      const latecomer = await start('latecomer')
      expectOutcome(await latecomer.call('mq_open', name, 'O_RDWR'), 'mq_open of the name').toFail('ENOENT')
      expectOutcome(await latecomer.call('mq_unlink', name), 'mq_unlink of the name').toFail('ENOENT')

      const anew = await createQueue(latecomer, name)
      expectOutcome(anew, 'mq_open that makes it anew').toSucceed()
      expectOutcome(await latecomer.call('mq_getattr', anew.ret), 'mq_getattr of the new queue').toGive('curmsgs', 0)
      expectOutcome(await producer.send('after'), 'mq_send to the old queue').toReturn(0)
      expectOutcome(await latecomer.call('mq_getattr', anew.ret), 'mq_getattr of the new queue').toGive('curmsgs', 0)
      expectOutcome(await consumer.recv(64), 'mq_receive from the old queue').toBring('before')
      expectOutcome(await consumer.recv(64), 'mq_receive from the old queue').toBring('after')
    },
  },
  {
    id: 'mq.name-rules',
    mechanism: 'posix-mq',
    theme: 'naming',
    says: "On Linux a queue's name is a slash and 1 to 255 other characters, and each breach has its error.",
    cites: ['mq_overview(7)', 'mq_open(3)'],
    async run({ start, names }) {
      const owner = await start('owner')
      const name = names.posix('name')
      const longest = name.padEnd(256, 'x')
      const breaches = [
        [name.slice(1), 'EINVAL', 'without a slash'],
        [`${name}/part`, 'EACCES', 'with a second slash'],
        ['/', 'ENOENT', 'of a slash alone'],
        [`${longest}x`, 'ENAMETOOLONG', 'of 256 characters behind the slash'],
      ] as const
      for (const [wrong, error, what] of breaches) {
        expectOutcome(await createQueue(owner, wrong), `mq_open of a name ${what}`).toFail(error)
      }
      expectOutcome(await createQueue(owner, longest), 'mq_open of the longest name').toSucceed()
      expectOutcome(await owner.call('mq_unlink', longest), 'mq_unlink of it').toReturn(0)
    },
  },
  {
    id: 'mq.message-survives-sender-kill',
    mechanism: 'posix-mq',
    theme: 'persist',
    says: 'A message outlives the sender that was killed, and the queue all who had it open, until mq_unlink.',
    cites: ['XSH mq_open', 'XSH mq_unlink', 'mq_overview(7)'],
    async run({ open, start }) {
      const { producer, consumer, name = '' } = await open()
      expectOutcome(await producer.send('first'), 'mq_send').toReturn(0)
      expectOutcome(await producer.send('second'), 'mq_send').toReturn(0)
      await producer.peer.kill()
      expectOutcome(await consumer.recv(64), 'mq_receive after the sender').toBring('first')

      await consumer.peer.kill()
      const heir = await start('heir')
      const queue = await heir.must('mq_open', name, 'O_RDWR')
      const left = await heir.call('mq_getattr', queue)
      expectOutcome(left, 'mq_getattr').toGive('curmsgs', 1)
      const received = await heir.call('mq_receive', queue, Number(left.out?.msgsize))
      expectOutcome(received, 'mq_receive after both').toBring('second')
      expectOutcome(await heir.call('mq_unlink', name), 'mq_unlink').toReturn(0)
      expectOutcome(await heir.call('mq_open', name, 'O_RDWR'), 'mq_open afterwards').toFail('ENOENT')
    },
  },
]
