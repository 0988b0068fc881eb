/** A queue as a whole: what it holds, what it tells of itself, and how long it lives. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { lengthOf, pattern } from '../../../../harness/pair/bytes.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { expectNeverRestarted } from '../interrupted.ts'
import { readNumber } from '../proc.ts'
import { fillWith, numbersOf, room, sharedQueue } from './queues.ts'

const kibibyte = pattern(1024, 3)

/** Sends until there is no room for more; answers how many there were. */
async function fillUp(peer: Peer, id: number): Promise<number> {
  const sent = await peer.call('repeat', 1_000_000, 0, 'msgsnd', id, 1, kibibyte, 'IPC_NOWAIT')
  expectOutcome(sent, 'the send to the full queue').toFail('EAGAIN')
  return Number(sent.out?.times) - 1
}

export const messageQueues: readonly SpecificCase[] = [
  {
    id: 'msg.snd-full',
    mechanism: 'sysv-msg',
    theme: 'block',
    core: true,
    says: 'A queue that holds msg_qbytes refuses a send with IPC_NOWAIT, EAGAIN; another waits until there is room.',
    cites: ['XSH msgsnd', 'msgsnd(2)'],
    async run(stage) {
      const { producer, consumer, id, receives, state } = await sharedQueue(stage)
      const { 'most-bytes': most = 0 } = numbersOf(await state(producer))
      expectValue(most, 'msg_qbytes').toEqual(await readNumber(producer, '/proc/sys/kernel/msgmnb'))
      const sends = await fillUp(producer, id)
      expectValue(sends, 'how many messages of 1024 bytes it took').toEqual(Math.floor(most / lengthOf(kibibyte)))

      const waiting = producer.call('msgsnd', id, 2, 'at last', 0)
      await producer.blocked()
      const received = await consumer.call('msgrcv', id, lengthOf(kibibyte), 1, 'IPC_NOWAIT')
      expectOutcome(received, 'the receive of one message').toBring(kibibyte)
      expectOutcome(await waiting, 'the send that waited').toReturn(0)
      expectOutcome(await receives(consumer, 2), 'the receive of what was sent').toBring('at last')
    },
  },
  {
    id: 'msg.rmid-wakes-both',
    mechanism: 'sysv-msg',
    theme: 'cleanup',
    core: true,
    says: 'IPC_RMID ends with EIDRM a receive and a send that wait; whoever comes later is told EINVAL, and the key opens nothing.',
    cites: ['XSH msgctl', 'msgop(2)'],
    async run(stage) {
      const { producer, consumer, key, id, sends, receives, state } = await sharedQueue(stage)
      const remover = await stage.start('remover')
      await fillUp(producer, id)
      const sending = producer.call('msgsnd', id, 1, kibibyte, 0)
      const receiving = consumer.call('msgrcv', id, room, 9, 0)
      await Promise.all([producer.blocked(), consumer.blocked()])

      expectOutcome(await remover.call('msgctl-IPC_RMID', id), 'IPC_RMID').toReturn(0)
      expectOutcome(await sending, 'the send that waited').toFail('EIDRM')
      expectOutcome(await receiving, 'the receive that waited').toFail('EIDRM')
      expectOutcome(await sends(producer, 1, 'x'), 'a later send').toFail('EINVAL')
      expectOutcome(await receives(consumer, 0), 'a later receive').toFail('EINVAL')
      expectOutcome(await state(remover), 'a later IPC_STAT').toFail('EINVAL')
      expectOutcome(await remover.call('msgctl-IPC_RMID', id), 'a later IPC_RMID').toFail('EINVAL')
      expectOutcome(await remover.call('msgget', key, 0), 'msgget of the key').toFail('ENOENT')
    },
  },
  {
    id: 'msg.eintr-never-restarted',
    mechanism: 'sysv-msg',
    theme: 'signal',
    says: 'A handler ends a receive and a send that wait with EINTR, though it was set with SA_RESTART.',
    cites: ['XSH msgrcv', 'XSH msgsnd', 'signal(7)'],
    async run(stage) {
      const { producer, consumer, id } = await sharedQueue(stage)
      await fillUp(producer, id)
      await expectNeverRestarted(producer, () => producer.call('msgsnd', id, 1, kibibyte, 0))
      await expectNeverRestarted(consumer, () => consumer.call('msgrcv', id, room, 9, 0))
    },
  },
  {
    id: 'msg.persists-after-sender-kill',
    mechanism: 'sysv-msg',
    theme: 'persist',
    core: true,
    says: 'A queue outlives every process that knew it: what was sent by one that was killed is received by a stranger.',
    cites: ['XSH 2.7', 'sysvipc(7)'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      await fillWith(queue, [
        [4, 'last words'],
        [5, 'and more'],
      ])
      await Promise.all([queue.producer.kill(), queue.consumer.kill()])

      const heir = await stage.start('heir')
      expectOutcome(await heir.call('msgget', queue.key, 0o600), 'msgget of the key').toReturn(queue.id)
      const received = await queue.receives(heir, 0)
      expectOutcome(received, 'the receive').toBring('last words')
      expectOutcome(received, 'the receive').toGive('type', 4)
      expectOutcome(await queue.receives(heir, 0), 'the receive after it').toBring('and more')
    },
  },
  {
    id: 'msg.stat-fields',
    mechanism: 'sysv-msg',
    theme: 'data',
    says: 'IPC_STAT tells how many messages and bytes there are, who sent and who received last, and when.',
    cites: ['XSH msgctl', 'msgctl(2)'],
    async run(stage) {
      const { producer, consumer, key, sends, receives, state } = await sharedQueue(stage)
      const told = async (what: string, fields: Readonly<Record<string, number>>) => {
        const seen = await state(consumer)
        for (const [name, value] of Object.entries(fields)) expectOutcome(seen, what).toGive(name, value)
        return numbersOf(seen)
      }
      const nobody = { 'last-sender': 0, 'last-receiver': 0, sent: 0, received: 0 }
      const fresh = await told('IPC_STAT of a new queue', { key: Number(key), messages: 0, bytes: 0, ...nobody })
      const ownUser = await consumer.must('geteuid')
      expectValue([fresh.uid ?? -1, fresh['creator-uid'] ?? -1], 'its owner and its maker').toEqual([ownUser, ownUser])
      expectValue(fresh.mode ?? -1, 'its mode').toEqual(0o600)

      await sends(producer, 1, 'seven b')
      const after = { messages: 1, bytes: 7, 'last-sender': producer.pid, 'last-receiver': 0, received: 0 }
      const { sent = 0 } = await told('IPC_STAT after a send', after)
      expectValue(sent, 'when it was sent').toBeBetween(fresh.changed ?? 0, (fresh.changed ?? 0) + 10)

      await receives(consumer, 0)
      const emptied = { messages: 0, bytes: 0, 'last-sender': producer.pid, 'last-receiver': consumer.pid, sent }
      const { received = 0 } = await told('IPC_STAT after the receive', emptied)
      expectValue(received, 'when it was received').toBeBetween(sent, sent + 10)
    },
  },
  {
    id: 'msg.set-qbytes',
    mechanism: 'sysv-msg',
    theme: 'perm',
    says: 'The owner lowers msg_qbytes and raises it again up to msgmnb; more takes CAP_SYS_RESOURCE, and fails with EPERM.',
    cites: ['XSH msgctl', 'msgctl(2)'],
    async run(stage) {
      const { producer, consumer, id, sends, state } = await sharedQueue(stage)
      const { uid = 0, gid = 0, mode = 0, 'most-bytes': most = 0 } = numbersOf(await state(producer))
      const setTo = (bytes: number) => producer.call('msgctl-IPC_SET', id, uid, gid, mode, bytes)
      await producer.must('drop-capability', 'CAP_SYS_RESOURCE')
      const unmapped = uid === (await readNumber(producer, '/proc/sys/kernel/overflowuid'))
      if (unmapped && (await setTo(most)).error === 'EINVAL') {
        stage.unsupported('no owner can be set who has no number in this user namespace; map this user')
      }

      expectOutcome(await setTo(10), 'IPC_SET of 10 bytes').toReturn(0)
      expectOutcome(await state(consumer), 'IPC_STAT').toGive('most-bytes', 10)
      expectOutcome(await sends(consumer, 1, 'ten bytes.'), 'a send of 10 bytes').toReturn(0)
      expectOutcome(await sends(consumer, 1, 'x'), 'a send of one byte more').toFail('EAGAIN')

      expectOutcome(await setTo(most + 1), 'IPC_SET of msgmnb + 1').toFail('EPERM')
      expectOutcome(await state(consumer), 'IPC_STAT after it').toGive('most-bytes', 10)
      expectOutcome(await setTo(most), 'IPC_SET of msgmnb').toReturn(0)
      expectOutcome(await sends(consumer, 1, 'x'), 'a send once there is room').toReturn(0)
    },
  },
]
