/** How long messages may be, how many there may be, and what becomes of one that does not fit. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { pattern } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { readNumber } from '../proc.ts'
import { fillWith, numbersOf, ownQueue, room, sharedQueue } from './queues.ts'

const tooLong = 'longer than its room'
const short = 6

export const messageSizes: readonly SpecificCase[] = [
  {
    id: 'msg.rcv-e2big-keeps',
    mechanism: 'sysv-msg',
    theme: 'boundary',
    core: true,
    says: 'A receive with too little room for the message fails with E2BIG, and the message stays where it was.',
    cites: ['XSH msgrcv'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      const { consumer, id } = queue
      await fillWith(queue, [
        [1, tooLong],
        [1, 'next'],
      ])
      const receive = (length: number) => consumer.call('msgrcv', id, length, 0, 'IPC_NOWAIT')
      for (const length of [0, short, tooLong.length - 1]) {
        expectOutcome(await receive(length), `a receive of ${length} bytes`).toFail('E2BIG')
      }
      expectOutcome(await queue.state(consumer), 'IPC_STAT').toGive('messages', 2)
      expectOutcome(await receive(tooLong.length), 'a receive with just enough room').toBring(tooLong)
      expectOutcome(await receive(room), 'the receive after it').toBring('next')
    },
  },
  {
    id: 'msg.rcv-noerror-truncates',
    mechanism: 'sysv-msg',
    theme: 'boundary',
    says: 'With MSG_NOERROR a message that is too long is cut to the room that there is, and the rest of it is lost.',
    cites: ['XSH msgrcv'],
    async run(stage) {
      const queue = await sharedQueue(stage)
      const { consumer, id } = queue
      await fillWith(queue, [
        [7, tooLong],
        [1, 'next'],
      ])
      const cut = await consumer.call('msgrcv', id, short, 0, 'IPC_NOWAIT|MSG_NOERROR')
      expectOutcome(cut, 'the receive').toReturn(short)
      expectOutcome(cut, 'the receive').toBring(tooLong.slice(0, short))
      expectOutcome(cut, 'the receive').toGive('type', 7)
      expectOutcome(await queue.receives(consumer, 0), 'the receive after it').toBring('next')
      expectOutcome(await queue.receives(consumer, 0), 'one more receive').toFail('ENOMSG')
    },
  },
  {
    id: 'msg.snd-bad-type-size',
    mechanism: 'sysv-msg',
    theme: 'err',
    says: 'A message whose type is not above 0, or which is longer than msgmax, is refused with EINVAL.',
    cites: ['XSH msgsnd', 'msgsnd(2)'],
    async run(stage) {
      const { peer, id, sends, receives, state } = await ownQueue(stage)
      expectOutcome(await sends(peer, 0, 'x'), 'a send of type 0').toFail('EINVAL')
      expectOutcome(await sends(peer, -1, 'x'), 'a send of type -1').toFail('EINVAL')

      const longest = await readNumber(peer, '/proc/sys/kernel/msgmax')
      expectOutcome(await sends(peer, 1, pattern(longest + 1, 1)), 'a send of msgmax + 1 bytes').toFail('EINVAL')
      expectOutcome(await receives(peer, 0), 'a receive after the refused sends').toFail('ENOMSG')
      expectOutcome(await sends(peer, 1, pattern(longest, 2)), 'a send of msgmax bytes').toReturn(0)
      expectOutcome(await state(peer), 'IPC_STAT').toGive('bytes', longest)
      expectOutcome(await peer.call('msgrcv', id, longest, 1, 0), 'the receive').toBring(pattern(longest, 2))
    },
  },
  {
    id: 'msg.zero-length-count-limit',
    mechanism: 'sysv-msg',
    theme: 'limit',
    says: 'Messages may be empty; a queue takes as many of them as it may hold bytes, and then has no room.',
    cites: ['msgsnd(2)'],
    async run(stage) {
      const { peer, id, sends, receives, state } = await ownQueue(stage)
      const { uid = 0, gid = 0, mode = 0, 'most-bytes': most = 0 } = numbersOf(await state(peer))
      // The system's own figure, but where somebody has raised it to what would take long.
      const holds = Math.min(most, 16_384)
      if (holds < most) await peer.must('msgctl-IPC_SET', id, uid, gid, mode, holds)

      const sent = await peer.call('repeat', holds + 1, 0, 'msgsnd', id, 1, '', 'IPC_NOWAIT')
      expectOutcome(sent, 'the last of the sends').toFail('EAGAIN')
      expectValue(Number(sent.out?.times), 'how many were tried').toEqual(holds + 1)
      const full = await state(peer)
      expectOutcome(full, 'IPC_STAT').toGive('messages', holds)
      expectOutcome(full, 'IPC_STAT').toGive('bytes', 0)

      const received = await receives(peer, 0)
      expectOutcome(received, 'a receive').toReturn(0)
      expectOutcome(received, 'a receive').toBring('')
      expectOutcome(await sends(peer, 1, ''), 'a send once there is room').toReturn(0)
      expectOutcome(await sends(peer, 1, ''), 'one more send').toFail('EAGAIN')
    },
  },
  {
    id: 'msg.copy',
    mechanism: 'sysv-msg',
    theme: 'data',
    says: 'With MSG_COPY a receive shows the message at a place of the queue and leaves it there; it must not wait.',
    cites: ['msgrcv(2)'],
    async run(stage) {
      const { peer, id, sends, receives, state } = await ownQueue(stage)
      await sends(peer, 5, 'first')
      await sends(peer, 6, 'second')
      const copy = (place: number) => receives(peer, place, 'MSG_COPY')
      const first = await copy(0)
      if (first.error === 'ENOSYS') stage.unsupported('MSG_COPY needs a kernel with CONFIG_CHECKPOINT_RESTORE')

      expectOutcome(first, 'the copy of the first').toBring('first')
      expectOutcome(first, 'the copy of the first').toGive('type', 5)
      expectOutcome(await copy(1), 'the copy of the second').toBring('second')
      expectOutcome(await copy(2), 'a copy of what is not there').toFail('ENOMSG')
      const waiting = await peer.call('msgrcv', id, room, 0, 'MSG_COPY')
      expectOutcome(waiting, 'a copy without IPC_NOWAIT').toFail('EINVAL')
      const except = await receives(peer, 0, 'MSG_COPY|MSG_EXCEPT')
      expectOutcome(except, 'a copy with MSG_EXCEPT').toFail('EINVAL')

      expectOutcome(await state(peer), 'IPC_STAT').toGive('messages', 2)
      expectOutcome(await receives(peer, 0), 'a receive').toBring('first')
      expectOutcome(await receives(peer, 0), 'the receive after it').toBring('second')
    },
  },
]
