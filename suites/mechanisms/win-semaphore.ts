/** The semaphore of Windows: a number with a maximum. Who is killed gives nothing back that it took. */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, CounterIo } from '../../harness/pair/stage.ts'
import { objectNaming, pairWithObject, takenByWaits, takenByWaitsTraits } from './win-objects.ts'

/** As high as a maximum can be. */
const most = 2_147_483_647
const semaphore = { sort: 'Semaphore', made: [0, most] } as const

const io: CounterIo = {
  bell: 'win-semaphore',
  ...takenByWaits,
  add: (handle) => ['ReleaseSemaphore', handle, 1],
  fill: (handle, below) => ['ReleaseSemaphore', handle, most - below],
}

export const winSemaphore: Counter = {
  id: 'win-semaphore',
  title: 'Windows semaphore',
  kind: 'counter',
  family: 'semaphore',
  os: 'windows',
  cites: ['MS "Semaphore Objects"', 'MS:CreateSemaphoreW', 'MS:ReleaseSemaphore'],
  traits: { ...takenByWaitsTraits, atMaximum: { is: 'fails', error: 'ERROR_TOO_MANY_POSTS' } },
  naming: objectNaming(semaphore),
  async open(stage) {
    const { name, producer, consumer, made, opened } = await pairWithObject(stage, semaphore)
    return linkOf(counterOf(producer, made, io), counterOf(consumer, opened, io), name)
  },
}
