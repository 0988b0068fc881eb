/** The eventfd: a counter behind a descriptor. Writes add to it; a read takes all that is there. */

import type { Counter } from '../../harness/pair/stage.ts'
import { eventfdTraits, openEventfd } from './eventfd-ends.ts'

export const eventfd: Counter = {
  id: 'eventfd',
  title: 'Eventfd',
  kind: 'counter',
  family: 'synchronisation',
  os: 'linux',
  cites: ['eventfd(2)'],
  traits: eventfdTraits,
  open: (stage) => openEventfd(stage, 0),
}
