/** A receive that waits for so long and no longer. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { Outcome, Traits } from '../../../harness/model.ts'
import type { End, GenericCase, Opening } from '../../../harness/pair/stage.ts'
import { expectSent } from './shared.ts'

/** How a mechanism gives a receive a deadline. */
interface TimedReceive {
  readonly opening: Opening
  /** Waits for at most that long: the call that waited, and what came, if anything did. */
  receive(end: End, milliseconds: number): Promise<{ readonly waited: Outcome; readonly brought?: Outcome }>
  /** What the call that waited says when nothing came. */
  expectNothing(waited: Outcome): void
  /** By how much a wait may fall short. */
  readonly earlyMs: number
}

const waysToWait: Record<Exclude<Traits['timedReceive'], 'none'>, TimedReceive> = {
  poll: {
    opening: 'plain',
    async receive(end, milliseconds) {
      const waited = await end.ready(milliseconds)
      return waited.ret === 0 ? { waited } : { waited, brought: await end.recv(64) }
    },
    expectNothing: (waited) => expectOutcome(waited, 'the poll').toReturn(0),
    earlyMs: 0,
  },
  'socket-option': {
    opening: 'plain',
    async receive(end, milliseconds) {
      await end.must('setsockopt-timeout', end.handle, 'SOL_SOCKET', 'SO_RCVTIMEO', milliseconds)
      const waited = await end.recv(64)
      return waited.error === undefined ? { waited, brought: waited } : { waited }
    },
    expectNothing: (waited) => expectOutcome(waited, 'the receive').toFail('EAGAIN'),
    earlyMs: 0,
  },
  overlapped: {
    opening: 'overlapped',
    receive: receiveOverlapped,
    expectNothing: (waited) => expectOutcome(waited, 'the wait').toGive('result', 'WAIT_TIMEOUT'),
    // A wait ends with a tick of the system's clock, and the first of its ticks has begun already.
    earlyMs: 16,
  },
}

/** Waits for the event of a receive that is under way, and takes the receive back when the time is over. */
async function receiveOverlapped(end: End, milliseconds: number) {
  const reading = await end.call('ReadFile', end.handle, 64, 'overlapped')
  if (reading.error === undefined) return { waited: reading, brought: reading }
  expectOutcome(reading, 'the receive').toFail('ERROR_IO_PENDING')
  const { overlapped: token, event } = reading.out as { overlapped: number; event: number }
  const waited = await end.call('WaitForSingleObject', event, milliseconds)
  if (waited.out?.result !== 'WAIT_TIMEOUT') return { waited, brought: await end.call('GetOverlappedResult', token, 1) }
  await end.must('CancelIoEx', end.handle, token)
  const taken = await end.call('GetOverlappedResult', token, 1)
  expectOutcome(taken, 'the receive that was taken back').toFail('ERROR_OPERATION_ABORTED')
  return { waited }
}

const deadlineMs = 30

const timedReceive: GenericCase = {
  id: 'x.timed-receive',
  theme: 'block',
  says: 'A receive with a deadline gives up not before it and not long after, and brings what comes in time.',
  cites: ['XSH poll', 'socket(7) SO_RCVTIMEO', 'MS:WaitForSingleObject', 'MS:CancelIoEx'],
  exempts: ({ traits }) => whyNoDeadline[traits.timedReceive],
  async run({ open, traits, note, unsupported }) {
    if (traits.timedReceive === 'none') return unsupported('a receive cannot be given a deadline')
    const way = waysToWait[traits.timedReceive]
    const { producer, consumer } = await open(way.opening)
    note('waitedMs', await soonest(() => wait(way, consumer)))
    expectSent(await producer.send('in time'), 'in time')
    const { brought } = await way.receive(consumer, 60_000)
    expectOutcome(brought ?? { ret: 0, ns: 0 }, 'the receive with data there').toBring('in time')
  },
}

const whyNoDeadline: Record<Traits['timedReceive'], string | undefined> = {
  poll: undefined,
  'socket-option': undefined,
  overlapped: undefined,
  none: 'its handles can be neither overlapped nor waited for, so that a receive cannot be given a deadline',
}

/** One wait for nothing; how long it took is never less than was asked for. */
async function wait(way: TimedReceive, consumer: End): Promise<number> {
  const { waited } = await way.receive(consumer, deadlineMs)
  way.expectNothing(waited)
  const took = waited.ns / 1e6
  expectValue(took >= deadlineMs - way.earlyMs, `that ${took} ms is no less than the deadline`).toEqual(true)
  return took
}

/** Being late may be a busy machine's doing: only what is late every time is the mechanism's. */
async function soonest(once: () => Promise<number>): Promise<number> {
  const latest = deadlineMs * 2 + 50
  let best = await once()
  for (let again = 0; again < 2 && best > latest; again++) best = Math.min(best, await once())
  expectValue(best, 'the time until it gave up, in milliseconds,').toBeBetween(0, latest)
  return best
}

export const deadlineCases: readonly GenericCase[] = [timedReceive]
