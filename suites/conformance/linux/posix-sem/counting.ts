/** Semaphores of POSIX as they are counted: who waits, who is let go, and how high they go. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { posixSem } from '../../../mechanisms/posix-sem.ts'
import { posixSemUnnamed } from '../../../mechanisms/posix-sem-unnamed.ts'
import { newPage } from '../../../mechanisms/shared-page.ts'
import { expectWaited } from '../waited.ts'
import { newSemaphore } from './memory.ts'

export const counting: readonly SpecificCase[] = [
  {
    id: 'psem.named-handoff',
    mechanism: 'posix-sem',
    theme: 'block',
    core: true,
    says: 'sem_wait in one process waits until another, that knows the semaphore by its name, has called sem_post.',
    cites: ['XSH sem_open', 'XSH sem_wait', 'XSH sem_post'],
    async run(stage) {
      const { producer, consumer } = await posixSem.open(stage)
      const waiting = consumer.take()
      await consumer.blocked()
      expectOutcome(await producer.add(), 'sem_post').toReturn(0)
      expectOutcome(await waiting, 'the sem_wait that waited').toReturn(0)
      const value = await consumer.call('sem_getvalue', consumer.handle)
      expectOutcome(value, 'sem_getvalue afterwards').toGive('value', 0)

      expectOutcome(await producer.add(), 'sem_post ahead').toReturn(0)
      expectOutcome(await consumer.take(), 'sem_wait that need not wait').toReturn(0)
    },
  },
  {
    id: 'psem.unnamed-pshared',
    mechanism: 'posix-sem-unnamed',
    theme: 'block',
    core: true,
    says: 'A semaphore that sem_init made for sharing, in shared memory, works between parent and child, both ways.',
    cites: ['XSH sem_init'],
    async run(stage) {
      const { producer, consumer } = await posixSemUnnamed.open(stage)
      for (const [waiter, poster] of [
        [consumer, producer],
        [producer, consumer],
      ] as const) {
        const waiting = waiter.take()
        await waiter.blocked()
        expectOutcome(await poster.add(), `sem_post by the ${poster.peer.role}`).toReturn(0)
        expectOutcome(await waiting, `the sem_wait of the ${waiter.peer.role}`).toReturn(0)
      }
      expectOutcome(await consumer.tryTake(), 'sem_trywait').toFail('EAGAIN')
    },
  },
  {
    id: 'psem.holder-kill-not-released',
    mechanism: 'posix-sem',
    theme: 'crash',
    core: true,
    says: 'What a process took it does not give back when it is killed: the semaphore stays at 0, and a taker waits in vain.',
    cites: ['XSH sem_wait', 'sem_overview(7)'],
    async run(stage) {
      const { producer, consumer, name = '' } = await posixSem.open(stage)
      expectOutcome(await producer.add(), 'sem_post').toReturn(0)
      expectOutcome(await consumer.take(), 'sem_wait').toReturn(0)
      await consumer.peer.kill()
      const value = await producer.call('sem_getvalue', producer.handle)
      expectOutcome(value, 'sem_getvalue after the holder').toGive('value', 0)
      expectOutcome(await producer.tryTake(), 'sem_trywait after the holder').toFail('EAGAIN')
      const waiting = producer.take()
      await producer.blocked()
      const rescuer = await stage.start('rescuer')
      const opened = await rescuer.must('sem_open', name, 0)
      expectOutcome(await rescuer.call('sem_post', opened), 'sem_post by a third').toReturn(0)
      expectOutcome(await waiting, 'the sem_wait that waited').toReturn(0)
    },
  },
  {
    id: 'psem.trywait-timedwait',
    mechanism: 'posix-sem-unnamed',
    theme: 'block',
    says: 'At 0 sem_trywait fails with EAGAIN, and sem_timedwait with ETIMEDOUT, not before its deadline; above 0 both take.',
    cites: ['XSH sem_trywait', 'XSH sem_timedwait'],
    async run({ start }) {
      const owner = await start('owner')
      const semaphore = await newSemaphore(owner)
      const within = (ms: number) => owner.call('sem_timedwait', semaphore, ms)
      expectOutcome(await owner.call('sem_trywait', semaphore), 'sem_trywait at 0').toFail('EAGAIN')
      expectOutcome(await within(-1000), 'sem_timedwait past its deadline').toFail('ETIMEDOUT')
      const inVain = await within(20)
      expectOutcome(inVain, 'sem_timedwait at 0').toFail('ETIMEDOUT')
      expectWaited(inVain, 20)

      await owner.must('sem_post', semaphore)
      await owner.must('sem_post', semaphore)
      expectOutcome(await within(-1000), 'sem_timedwait past its deadline, above 0').toReturn(0)
      expectOutcome(await owner.call('sem_trywait', semaphore), 'sem_trywait above 0').toReturn(0)
      expectOutcome(await owner.call('sem_getvalue', semaphore), 'sem_getvalue').toGive('value', 0)
    },
  },
  {
    id: 'psem.wait-eintr',
    mechanism: 'posix-sem-unnamed',
    theme: 'signal',
    says: 'A signal that is handled without SA_RESTART ends a sem_wait that waits: it fails with EINTR and took nothing.',
    cites: ['XSH sem_wait', 'signal(7)'],
    async run({ start }) {
      const owner = await start('owner')
      const semaphore = await newSemaphore(owner)
      await owner.must('sigaction', 'SIGUSR1', 'note')
      const waiting = owner.call('sem_wait', semaphore)
      await owner.blocked()
      await owner.signal('SIGUSR1')
      expectOutcome(await waiting, 'the sem_wait that waited').toFail('EINTR')
      expectOutcome(await owner.call('noted-signals'), 'the count of SIGUSR1').toReturn(1)
      await owner.must('sem_post', semaphore)
      expectOutcome(await owner.call('sem_trywait', semaphore), 'sem_trywait afterwards').toReturn(0)
    },
  },
  {
    id: 'psem.post-eoverflow',
    mechanism: 'posix-sem-unnamed',
    theme: 'limit',
    says: 'sem_post at SEM_VALUE_MAX fails with EOVERFLOW and adds nothing; a first value above it is EINVAL.',
    cites: ['XSH sem_post', 'XSH sem_init', 'XSH sem_open'],
    async run({ start, names }) {
      const owner = await start('owner')
      const semaphore = await newPage(owner)
      const highest = await owner.must('sysconf', '_SC_SEM_VALUE_MAX')
      expectValue(highest, 'SEM_VALUE_MAX').toBeBetween(32_767, 4_294_967_294)
      expectOutcome(await owner.call('sem_init', semaphore, 1, highest - 1), 'sem_init').toReturn(0)
      const reading = () => owner.call('sem_getvalue', semaphore)
      expectOutcome(await owner.call('sem_post', semaphore), 'sem_post below the highest value').toReturn(0)
      expectOutcome(await owner.call('sem_post', semaphore), 'sem_post at the highest value').toFail('EOVERFLOW')
      expectOutcome(await reading(), 'sem_getvalue').toGive('value', highest)

      const tooHigh = highest + 1
      expectOutcome(await owner.call('sem_init', semaphore, 1, tooHigh), 'sem_init above it').toFail('EINVAL')
      const made = await owner.call('sem_open', names.posix('semaphore'), 'O_CREAT|O_EXCL', 0o600, tooHigh)
      expectOutcome(made, 'sem_open above it').toFail('EINVAL')
    },
  },
]
