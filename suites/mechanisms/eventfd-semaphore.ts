/** The eventfd as a semaphore: a read takes one, and says 1 whatever is there. */

import type { Counter } from '../../harness/pair/stage.ts'
import { eventfd } from './eventfd.ts'
import { openEventfd } from './eventfd-ends.ts'

export const eventfdSemaphore: Counter = {
  ...eventfd,
  id: 'eventfd-semaphore',
  title: 'Eventfd, counting down by one',
  cites: ['eventfd(2) EFD_SEMAPHORE'],
  traits: { ...eventfd.traits, takes: 'one' },
  open: (stage) => openEventfd(stage, 'EFD_SEMAPHORE'),
}
