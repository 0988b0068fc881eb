/** A semaphore's name: who may open it, and what is left when it is gone. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, mustBecomeNobody } from '../../../mechanisms/nobody.ts'
import { posixSem } from '../../../mechanisms/posix-sem.ts'

export const names: readonly SpecificCase[] = [
  {
    id: 'psem.unlink-while-open',
    mechanism: 'posix-sem',
    theme: 'cleanup',
    says: 'sem_unlink takes the name away: who has it open goes on, a new open fails with ENOENT, a new semaphore is another.',
    cites: ['XSH sem_unlink'],
    async run(stage) {
      const { producer, consumer, name = '' } = await posixSem.open(stage)
      expectOutcome(await consumer.call('sem_unlink', name), 'sem_unlink').toReturn(0)
      const latecomer = await stage.start('latecomer')
      expectOutcome(await latecomer.call('sem_open', name, 0), 'sem_open of the name').toFail('ENOENT')
      expectOutcome(await latecomer.call('sem_unlink', name), 'sem_unlink of the name').toFail('ENOENT')

      const anew = await latecomer.call('sem_open', name, 'O_CREAT|O_EXCL', 0o600, 0)
      expectOutcome(anew, 'sem_open that makes it anew').toSucceed()
      const waiting = consumer.take()
      await consumer.blocked()
      expectOutcome(await producer.add(), 'sem_post of the old semaphore').toReturn(0)
      expectOutcome(await waiting, 'the sem_wait that waited').toReturn(0)
      expectOutcome(await producer.add(), 'sem_post of the old semaphore, again').toReturn(0)
      expectOutcome(await latecomer.call('sem_trywait', anew.ret), 'sem_trywait of the new one').toFail('EAGAIN')
    },
  },
  {
    id: 'psem.eacces-umask',
    mechanism: 'posix-sem',
    theme: 'perm',
    says: 'The mode of a new semaphore is less the umask, and another user opens it as that allows, or fails with EACCES.',
    cites: ['XSH sem_open', 'sem_open(3)'],
    needs: anotherUser,
    async run(stage) {
      const owner = await stage.start('owner')
      const stranger = await stage.start('stranger')
      const [open, masked] = [stage.names.posix('open'), stage.names.posix('masked')]
      const creating = (name: string) => owner.call('sem_open', name, 'O_CREAT|O_EXCL', 0o666, 0)
      await owner.must('umask', 0)
      expectOutcome(await creating(open), 'sem_open that makes one for everybody').toSucceed()
      expectValue(await owner.must('umask', 0o077), 'the umask before').toEqual(0)
      expectOutcome(await creating(masked), 'sem_open under a umask').toSucceed()

      await mustBecomeNobody(stage, stranger)
      const opened = await stranger.call('sem_open', open, 0)
      expectOutcome(opened, 'sem_open by another user').toSucceed()
      expectOutcome(await stranger.call('sem_post', opened.ret), 'sem_post by another user').toReturn(0)
      const refused = await stranger.call('sem_open', masked, 0)
      expectOutcome(refused, 'sem_open by another user of the masked one').toFail('EACCES')
    },
  },
]
