/** The barrier of pthreads for two processes, as an event: whoever comes first waits, and the other wakes it by coming. */

import type { Event, EventIo } from '../../harness/pair/stage.ts'
import { eventOnThePage, openEvent, pageEventTraits } from './page-events.ts'
import { shared } from './pthread-locks.ts'

const io: EventIo = {
  bell: 'pthread-barrier',
  wait: (barrier) => ['pthread_barrier_wait', barrier],
  wake: (barrier) => ['pthread_barrier_wait', barrier],
}

export const pthreadBarrier: Event = {
  ...eventOnThePage,
  id: 'pthread-barrier',
  title: 'Process-shared barrier',
  cites: ['XSH pthread_barrier_wait', 'XSH pthread_barrierattr_setpshared'],
  traits: { ...pageEventTraits, timedWait: { is: 'none' } },
  open: (stage) => openEvent(stage, io, (peer, barrier) => peer.must('pthread_barrier_init', barrier, 2, shared)),
}
