/**
 * The auto-reset event: set or not, however often it was set, until one wait takes that. The manual-reset event is no
 * counter, since no wait takes anything from it, and no event in the sense of this suite, since who comes late misses
 * nothing: what it does is claimed by cases of its own.
 */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, CounterIo } from '../../harness/pair/stage.ts'
import { objectNaming, pairWithObject, takenByWaits, takenByWaitsTraits } from './win-objects.ts'

const autoReset = { sort: 'Event', made: ['FALSE', 'FALSE'] } as const

const io: CounterIo = { bell: 'win-event', add: (event) => ['SetEvent', event], ...takenByWaits }

export const winEvent: Counter = {
  id: 'win-event',
  title: 'Windows event (auto-reset)',
  kind: 'counter',
  family: 'synchronisation',
  os: 'windows',
  cites: ['MS "Event Objects"', 'MS:CreateEventW', 'MS:SetEvent'],
  traits: { ...takenByWaitsTraits, atMaximum: { is: 'coalesces' } },
  naming: objectNaming(autoReset),
  async open(stage) {
    const { name, producer, consumer, made, opened } = await pairWithObject(stage, autoReset)
    return linkOf(counterOf(producer, made, io), counterOf(consumer, opened, io), name)
  },
}
