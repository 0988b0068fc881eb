/** The unnamed semaphore of POSIX: it stands in memory that parent and child share. */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter } from '../../harness/pair/stage.ts'
import { semaphoreIo, semaphoreTraits } from './posix-semaphores.ts'
import { pairOnPage } from './shared-page.ts'

export const posixSemUnnamed: Counter = {
  id: 'posix-sem-unnamed',
  title: 'POSIX semaphore, unnamed, in shared memory',
  kind: 'counter',
  family: 'semaphore',
  os: 'linux',
  cites: ['sem_overview(7)', 'XSH sem_init'],
  traits: semaphoreTraits,
  async open(stage) {
    const { producer, consumer, page } = await pairOnPage(stage, (peer, at) => peer.must('sem_init', at, 1, 0))
    return linkOf(counterOf(producer, page, semaphoreIo), counterOf(consumer, page, semaphoreIo))
  },
}
