/**
 * Signals as a number that one process adds to and another takes from: how many are pending. The taker blocks the signal,
 * so that it pends, and takes it by asking for it; no handler runs.
 */

import type { CounterTraits } from '../../harness/model.ts'
import type { CounterIo, Peer, Stage } from '../../harness/pair/stage.ts'
import { becomeUser, ownUser } from './nobody.ts'

/** A signal of the first kind is pending or it is not. */
export const signalTraits: CounterTraits = {
  atMaximum: { is: 'coalesces' },
  whenEmpty: { error: 'EAGAIN' },
  takes: 'one',
  takerKilled: 'not-given-back',
  readiness: 'none',
  timedTake: { is: 'argument', says: { error: 'EAGAIN' } },
  persistence: 'nothing',
  naming: 'none',
  inheritance: 'never',
  interrupted: 'always-eintr',
}

/** The calls of a process that takes what is pending for it. */
export const takingOf = (signal: string): Pick<CounterIo, 'take' | 'tryTake' | 'timedTake'> => ({
  take: () => ['sigwaitinfo', [signal]],
  tryTake: () => ['sigtimedwait', [signal], 0],
  timedTake: (_, milliseconds) => ['sigtimedwait', [signal], milliseconds],
})

/** A process that sends, and one for which the signal pends until it is taken. */
export async function senderAndTaker(stage: Stage, signal: string): Promise<{ producer: Peer; consumer: Peer }> {
  const producer = await stage.start('producer')
  const consumer = await stage.start('consumer')
  await consumer.must('sigprocmask', 'SIG_BLOCK', [signal])
  return { producer, consumer }
}

// ---------------------------------------------------------------------------------------------------------- real time

/** How many real-time signals may be queued to the taker. */
const queueLength = 1024

export const queueNeeds = [
  {
    works: ['setrlimit', 'RLIMIT_SIGPENDING', queueLength, queueLength],
    otherwise: `raise the limit of pending signals: ulimit -i ${queueLength}`,
  },
] as const

/**
 * The calls of a process that queues signals, each with a value, to one whose queue is limited. What is queued to a user
 * counts against each of the user's processes, whoever it is queued to: in a user namespace of its own, or as a user of
 * its own, others' signals do not count. Where it can have neither, nobody can say when its queue is full.
 */
export async function queueingTo(stage: Stage, taker: Peer, signal: string): Promise<Pick<CounterIo, 'add' | 'fill'>> {
  const apart = await taker.call('unshare', 'CLONE_NEWUSER')
  const alone = apart.error === undefined ? apart : await becomeUser(taker, ownUser(stage.names))
  const add = ['sigqueue', taker.pid, signal, 1] as const
  if (alone.error !== undefined) return { add: () => add, fill: () => stage.unsupported(whyNotAlone) }
  await taker.must('setrlimit', 'RLIMIT_SIGPENDING', queueLength, queueLength)
  return { add: () => add, fill: (_, below) => ['repeat', queueLength - below, 0, ...add] }
}
const whyNotAlone =
  'queued signals are counted by user, and others may queue some: allow user namespaces, or run with CAP_SETUID'
