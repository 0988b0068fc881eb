/** Semaphores: how high they go, and what becomes of what was taken from them. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase, Stage } from '../../../../harness/pair/stage.ts'
import { wait } from './objects.ts'

/** A new semaphore, and another process that has opened it. */
async function semaphoreOfTwo({ start, names }: Stage, count: number, most: number) {
  const name = names.object('semaphore')
  const [maker, other] = [await start('maker'), await start('other')]
  const mine = await maker.must('CreateSemaphore', count, most, name)
  const yours = await other.must('OpenSemaphore', 'SEMAPHORE_ALL_ACCESS', 'FALSE', name)
  return { maker, other, mine, yours }
}

const release = (peer: Peer, semaphore: number, count: number) => peer.call('ReleaseSemaphore', semaphore, count)

export const semaphores: readonly SpecificCase[] = [
  {
    id: 'w32sync.semaphore-limits',
    mechanism: 'win-semaphore',
    theme: 'limit',
    core: true,
    says: 'A release beyond the maximum fails with ERROR_TOO_MANY_POSTS and adds nothing, not even what there was room for.',
    cites: ['MS:ReleaseSemaphore', 'MS:CreateSemaphoreW'],
    async run(stage) {
      const { maker, other, mine, yours } = await semaphoreOfTwo(stage, 1, 3)
      expectOutcome(await release(maker, mine, 3), 'a release of three beside one').toFail('ERROR_TOO_MANY_POSTS')
      expectOutcome(await release(other, yours, 2), 'a release of two').toGive('previous', 1)
      expectOutcome(await release(other, yours, 1), 'a release of one more').toFail('ERROR_TOO_MANY_POSTS')
      for (const which of ['first', 'second', 'third']) {
        expectOutcome(await wait(maker, mine, 0), `the ${which} wait`).toGive('result', 'WAIT_OBJECT_0')
      }
      expectOutcome(await wait(maker, mine, 0), 'the fourth wait').toGive('result', 'WAIT_TIMEOUT')
      const senseless = await maker.call('CreateSemaphore', 2, 1)
      expectOutcome(senseless, 'CreateSemaphore with more than its maximum').toFail('ERROR_INVALID_PARAMETER')
    },
  },
  {
    id: 'w32sync.semaphore-holder-killed',
    mechanism: 'win-semaphore',
    theme: 'crash',
    says: 'What a process took from a semaphore is not given back when it is terminated; another can put it back.',
    cites: ['MS "Semaphore Objects"'],
    async run(stage) {
      const { maker, other, mine, yours } = await semaphoreOfTwo(stage, 1, 1)
      expectOutcome(await wait(other, yours), 'the wait of who will die').toGive('result', 'WAIT_OBJECT_0')
      await other.kill()
      expectOutcome(await wait(maker, mine, 0), 'a wait after its death').toGive('result', 'WAIT_TIMEOUT')
      expectOutcome(await release(maker, mine, 1), 'a release by another').toGive('previous', 0)
      expectOutcome(await wait(maker, mine, 0), 'a wait after the release').toGive('result', 'WAIT_OBJECT_0')
    },
  },
]
