/** Being attached: what children inherit, and what a removal does to those that have it and those that come later. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { sharedByKey } from '../../../mechanisms/system-v.ts'
import { segments } from '../../../mechanisms/sysv-shm.ts'
import { attach, attachedByBoth, load, stateOf, store } from './segments.ts'

export const memoryAttachments: readonly SpecificCase[] = [
  {
    id: 'shm.rmid-while-attached',
    mechanism: 'sysv-shm',
    theme: 'cleanup',
    core: true,
    says: 'IPC_RMID takes the key away and marks the segment; those that have it go on, and it goes with the last of them.',
    cites: ['XSH shmctl', 'shmctl(2)'],
    async run(stage) {
      const { producer, consumer, id, key, at, other, state } = await attachedByBoth(stage)
      expectOutcome(await state(producer), 'IPC_STAT before').toGive('flags', '0')
      expectOutcome(await consumer.call('shmctl-IPC_RMID', id), 'IPC_RMID').toReturn(0)
      const marked = await state(producer)
      expectOutcome(marked, 'IPC_STAT after').toGive('flags', 'SHM_DEST')
      expectOutcome(marked, 'IPC_STAT after').toGive('key', 0)
      expectOutcome(marked, 'IPC_STAT after').toGive('attached', 2)
      expectOutcome(await producer.call('shmget', key, 0, 0), 'shmget of the key').toFail('ENOENT')

      expectOutcome(await store(producer, at, 'still there'), 'a store').toSucceed()
      expectOutcome(await load(consumer, other, 11), 'a load').toBring('still there')
      expectOutcome(await producer.call('shmdt', at), 'shmdt of one').toReturn(0)
      expectOutcome(await load(consumer, other, 11), 'a load of the other').toBring('still there')
      expectOutcome(await consumer.call('shmdt', other), 'shmdt of the last').toReturn(0)
      expectOutcome(await state(consumer), 'IPC_STAT after the last').toFail('EINVAL')
    },
  },
  {
    id: 'shm.attach-after-rmid',
    mechanism: 'sysv-shm',
    theme: 'cleanup',
    says: 'On Linux a segment that was removed can still be attached by its id as long as somebody has it.',
    cites: ['shmat(2)', 'shmctl(2)'],
    async run(stage) {
      const { producer, consumer, id } = await sharedByKey(stage, segments)
      const at = await attach(producer, id)
      expectOutcome(await store(producer, at, 'still there'), 'a store').toSucceed()
      expectOutcome(await producer.call('shmctl-IPC_RMID', id), 'IPC_RMID').toReturn(0)

      const late = await consumer.call('shmat', id, 0, 0)
      expectOutcome(late, 'shmat after IPC_RMID').toSucceed()
      expectOutcome(await load(consumer, late.ret, 11), 'a load').toBring('still there')
      await producer.kill()
      expectOutcome(await load(consumer, late.ret, 11), 'a load when the first has gone').toBring('still there')
      expectOutcome(await consumer.call('shmdt', late.ret), 'shmdt of the last').toReturn(0)
      expectOutcome(await consumer.call('shmat', id, 0, 0), 'shmat after the last').toFail('EINVAL')
    },
  },
  {
    id: 'shm.fork-inherits-exec-drops',
    mechanism: 'sysv-shm',
    theme: 'naming',
    says: 'A child that was forked has the segment at the same address, and counts; a program that is started has it no more.',
    cites: ['XSH shmat', 'XSH exec', 'XSH fork', 'shmop(2)'],
    async run(stage) {
      const { producer: parent, consumer: observer, id } = await sharedByKey(stage, segments)
      const attached = async (count: number, when: string) =>
        expectOutcome(await stateOf(id)(observer), `IPC_STAT ${when}`).toGive('attached', count)
      const at = await attach(parent, id)
      const [input, toProgram] = await makePipe(parent)
      const [fromProgram, output] = await makePipe(parent)
      await attached(1, 'before a fork')

      const child = await parent.fork('child')
      await attached(2, 'after the fork')
      expectOutcome(await store(child, at, 'from a child'), 'a store in the child').toSucceed()
      expectOutcome(await load(parent, at, 12), 'a load in the parent').toBring('from a child')

      await child.must(
        'spawn',
        'self',
        ['program', 'cat'],
        [
          [input, 0],
          [output, 1],
        ],
      )
      // A program that answers has its exec() behind it.
      await parent.must('write', toProgram, 'are you there?')
      expectOutcome(await parent.call('read', fromProgram, 64), 'a read from the program').toBring('are you there?')
      await attached(2, 'beside a program')
      await child.kill()
      await attached(1, 'after the child')
    },
  },
]
