/** The futex: a word in shared memory that processes wait at, for as long as it is what they expect. It stays 0 here. */

import type { Event, EventIo } from '../../harness/pair/stage.ts'
import { eventOnThePage, openEvent, pageEventTraits } from './page-events.ts'

const io: EventIo = {
  bell: 'futex',
  wait: (word) => ['futex-wait', word, 0],
  timedWait: (word, milliseconds) => ['futex-wait', word, 0, 0, milliseconds],
  wake: (word) => ['futex-wake', word, 1],
}

export const futex: Event = {
  ...eventOnThePage,
  id: 'futex',
  title: 'Futex',
  cites: ['futex(2)', 'futex(7)'],
  traits: { ...pageEventTraits, interrupted: 'eintr-or-restart' },
  open: (stage) => openEvent(stage, io),
}
