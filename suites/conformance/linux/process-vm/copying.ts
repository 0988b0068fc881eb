/** What a process may copy out of another and into it, and what it is told when it cannot. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import { zeros } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { memorySize } from '../../../mechanisms/mappings.ts'
import { anotherUser, mustBecomeNobody } from '../../../mechanisms/nobody.ts'
import { processVm } from '../../../mechanisms/process-vm.ts'

export const copying: readonly SpecificCase[] = [
  {
    id: 'pvm.read-write-child',
    mechanism: 'process-vm',
    theme: 'data',
    core: true,
    says: 'A parent reads what its child has in memory and overwrites it, piece by piece in one call, and the child finds what was written.',
    cites: ['process_vm_readv(2)'],
    async run(stage) {
      const { producer: child, consumer: parent } = await processVm.open(stage)
      const [first, second] = [child.handle, child.handle + 4096]
      await child.store(0, 'hello ')
      await child.store(4096, 'world')

      const reading = await parent.call('process_vm_readv', child.peer.pid, [
        [first, 6],
        [second, 5],
      ])
      expectOutcome(reading, 'the read of two pieces').toBring('hello world')
      const writing = await parent.call('process_vm_writev', child.peer.pid, 'HELLO WORLD', [
        [second, 5],
        [first, 6],
      ])
      expectOutcome(writing, 'the write of two pieces').toReturn(11)
      expectOutcome(await child.load(4096, 5), 'what the child finds first').toBring('HELLO')
      expectOutcome(await child.load(0, 6), 'what the child finds second').toBring(' WORLD')
    },
  },
  {
    id: 'pvm.esrch-eperm',
    mechanism: 'process-vm',
    theme: 'err',
    says: 'The memory of a process that has gone is refused with ESRCH, and that of another user without CAP_SYS_PTRACE with EPERM.',
    cites: ['process_vm_readv(2)', 'ptrace(2)'],
    needs: anotherUser,
    async run(stage) {
      const { producer: child, consumer: parent } = await processVm.open(stage)
      const piece = [[child.handle, 4]]
      const stranger = await parent.peer.fork('stranger')
      await mustBecomeNobody(stage, stranger)
      const { pid } = child.peer
      expectOutcome(await stranger.call('process_vm_readv', pid, piece), 'a read by another user').toFail('EPERM')
      expectOutcome(await stranger.call('process_vm_writev', pid, 'evil', piece), 'a write').toFail('EPERM')
      expectOutcome(await parent.load(0, 4), 'a read by its parent').toBring(zeros(4))

      await child.peer.kill()
      await parent.must('waitpid', pid)
      expectOutcome(await parent.load(0, 4), 'a read from the dead').toFail('ESRCH')
      expectOutcome(await parent.store(0, 'evil'), 'a write to the dead').toFail('ESRCH')
    },
  },
  {
    id: 'pvm.partial-transfer',
    mechanism: 'process-vm',
    theme: 'atomic',
    says: 'A read that meets a piece it cannot read brings the pieces before it, and no part of that one.',
    cites: ['process_vm_readv(2)'],
    async run(stage) {
      const { producer: child, consumer: parent } = await processVm.open(stage)
      await child.store(0, 'within')
      await child.store(memorySize - 6, 'at end')
      const end = child.handle + memorySize
      const read = (...pieces: [number, number][]) => parent.call('process_vm_readv', child.peer.pid, pieces)

      expectOutcome(await read([child.handle, 6], [end, 100]), 'a read whose second piece is nowhere').toBring('within')
      const crossing = await read([child.handle, 6], [end - 6, 100])
      expectOutcome(crossing, 'a read whose second piece ends nowhere').toBring('within')
    },
  },
  {
    id: 'pvm.efault',
    mechanism: 'process-vm',
    theme: 'err',
    says: 'A transfer of which nothing can be done fails with EFAULT: to and from where nothing is, and to where nobody may write.',
    cites: ['process_vm_readv(2)'],
    async run(stage) {
      const { producer: child, consumer: parent } = await processVm.open(stage)
      expectOutcome(await parent.load(memorySize, 1), 'a read from where nothing may be read').toFail('EFAULT')
      expectOutcome(await parent.store(memorySize, 'x'), 'a write to there').toFail('EFAULT')
      await child.must('mprotect', child.handle, 4096, 'PROT_READ')
      expectOutcome(await parent.store(0, 'x'), 'a write to what is only to be read').toFail('EFAULT')
      expectOutcome(await parent.load(0, 1), 'a read of it').toBring(zeros(1))
      await child.must('munmap', child.handle, 4096)
      expectOutcome(await parent.load(0, 1), 'a read of what was unmapped').toFail('EFAULT')
    },
  },
]
