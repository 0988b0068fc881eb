/** What events have in common that stand on a shared page: who waits and who wakes know them by their address. */

import type { EventTraits } from '../../harness/model.ts'
import { eventOf, linkOf } from '../../harness/pair/link.ts'
import type { EventEnd, EventIo, LinkOf, Stage } from '../../harness/pair/stage.ts'
import { livesOnThePage, type Prepare, pairOnPage } from './shared-page.ts'

export const pageEventTraits: EventTraits = {
  ...livesOnThePage,
  timedWait: { is: 'argument', says: { error: 'ETIMEDOUT' } },
}

/** What every event of this sort is. */
export const eventOnThePage = {
  kind: 'event',
  family: 'synchronisation',
  os: 'linux',
  traits: pageEventTraits,
} as const

/** An event between a process, which prepares it, and its child. */
export async function openEvent(stage: Stage, io: EventIo, prepare?: Prepare): Promise<LinkOf<EventEnd>> {
  const { producer, consumer, page } = await pairOnPage(stage, prepare)
  return linkOf(eventOf(producer, page, io), eventOf(consumer, page, io))
}
