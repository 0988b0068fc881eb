/**
 * The condition of pthreads, shared between processes, and the mutex that goes with it on the same page. Who waits
 * acquires the mutex first and releases it afterwards; who wakes has no need of it.
 */

import type { Event, EventEnd, EventIo, LinkOf, Peer, Stage, Words } from '../../harness/pair/stage.ts'
import { eventOnThePage, openEvent } from './page-events.ts'
import { makeMutex, mutexIo, shared } from './pthread-locks.ts'

/** Where the mutex stands, seen from the condition. */
export const mutexOf = (condition: number): number => condition + 256
/** And the word that says, in timed loops, that somebody was woken before they waited. */
const wordOf = (condition: number): number => condition + 512

const underItsMutex = (condition: number, words: Words): Words => {
  const mutex = mutexOf(condition)
  return ['guarded', [...mutexIo.acquire(mutex)], [...words], [...mutexIo.release(mutex)]]
}

const io: EventIo = {
  bell: 'pthread-condition',
  bellHandles: (condition) => [condition, mutexOf(condition), wordOf(condition)],
  wait: (condition) => underItsMutex(condition, ['pthread_cond_wait', condition, mutexOf(condition)]),
  timedWait: (condition, milliseconds) =>
    underItsMutex(condition, ['pthread_cond_timedwait', condition, mutexOf(condition), milliseconds]),
  wake: (condition) => ['pthread_cond_signal', condition],
}

/** Makes a condition, and its mutex of the sort that the flags say. */
const makeCondition = (stage: Stage, mutexFlags: string) => async (peer: Peer, condition: number) => {
  await makeMutex(stage, peer, mutexOf(condition), mutexFlags)
  await peer.must('pthread_cond_init', condition, shared)
}

export const openCondition = (stage: Stage, mutexFlags: string): Promise<LinkOf<EventEnd>> =>
  openEvent(stage, io, makeCondition(stage, mutexFlags))

export const pthreadCondition: Event = {
  ...eventOnThePage,
  id: 'pthread-condition',
  title: 'Process-shared condition',
  cites: ['XSH pthread_cond_wait', 'XSH pthread_condattr_setpshared'],
  open: (stage) => openCondition(stage, shared),
}
