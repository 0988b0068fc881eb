/** Both ends of an eventfd, which a child inherits, and what it promises however it counts. */

import type { CounterTraits } from '../../harness/model.ts'
import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { CounterEnd, CounterIo, LinkOf, Stage } from '../../harness/pair/stage.ts'

/** The highest value that it reaches. */
export const eventfdMaximum = 2n ** 64n - 2n

export const eventfdTraits: CounterTraits = {
  atMaximum: { is: 'waits', error: 'EAGAIN' },
  whenEmpty: { error: 'EAGAIN' },
  takes: 'all',
  takerKilled: 'not-given-back',
  readiness: 'poll',
  timedTake: { is: 'poll' },
  persistence: 'nothing',
  naming: 'none',
  inheritance: 'descriptor',
  interrupted: 'eintr-or-restart',
}

const untilReadable = (descriptor: number, milliseconds: number) =>
  ['poll', [[descriptor, 'POLLIN']], milliseconds] as const

/** It belongs to the open file description, and so to everybody who has the descriptor. */
const waiting = (descriptor: number, on: boolean) => ['fcntl', descriptor, 'F_SETFL', on ? 0 : 'O_NONBLOCK'] as const

const io: CounterIo = {
  bell: 'eventfd',
  add: (descriptor) => ['eventfd-write', descriptor, 1],
  take: (descriptor) => ['eventfd-read', descriptor],
  tryTake: (descriptor) => ['eventfd-read', descriptor],
  blocking: waiting,
  timedTake: untilReadable,
  fill: (descriptor, below) => ['eventfd-write', descriptor, eventfdMaximum - BigInt(below)],
  ready: untilReadable,
}

export async function openEventfd(stage: Stage, flags: string | number): Promise<LinkOf<CounterEnd>> {
  const producer = await stage.start('producer')
  const descriptor = await producer.must('eventfd', 0, flags)
  const consumer = await producer.fork('consumer')
  return linkOf(counterOf(producer, descriptor, io), counterOf(consumer, descriptor, io))
}
