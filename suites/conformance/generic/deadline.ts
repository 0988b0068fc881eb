/** A receive that waits for so long and no longer. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { CallTraits, Deadline, Expected, Kind, Os, Outcome, TraitsOf } from '../../../harness/model.ts'
import type { CallEnd, End, GenericCase, Mechanism, Opening } from '../../../harness/pair/stage.ts'
import { listOut } from '../../../harness/pair/wire.ts'
import { nobodyWaits, rowsOf } from './rows.ts'
import { expectSent } from './shared.ts'
import { suspend } from './suspend.ts'

/** How a mechanism gives a receive a deadline. */
interface TimedReceive {
  readonly opening: Opening
  /** Waits for at most that long: the call that waited, and what came, if anything did. */
  receive(end: End, milliseconds: number): Promise<{ readonly waited: Outcome; readonly brought?: Outcome }>
  /** What the call that waited says when nothing came. */
  expectNothing(waited: Outcome): void
}

/** By how much a wait may fall short: one of Windows ends with a tick of its clock, the first of which has begun. */
const earlyMs: Record<Os, number> = { linux: 0, windows: 16 }

const waysToWait: Record<Exclude<Deadline['is'], 'none' | 'argument'>, TimedReceive> = {
  poll: {
    opening: 'plain',
    async receive(end, milliseconds) {
      const waited = await end.ready(milliseconds)
      return waited.ret === 0 ? { waited } : { waited, brought: await end.recv(64) }
    },
    expectNothing: (waited) => expectOutcome(waited, 'the poll').toReturn(0),
  },
  'socket-option': {
    opening: 'plain',
    async receive(end, milliseconds) {
      await end.must('setsockopt-timeout', end.handle, 'SOL_SOCKET', 'SO_RCVTIMEO', milliseconds)
      const waited = await end.recv(64)
      return waited.error === undefined ? { waited, brought: waited } : { waited }
    },
    expectNothing: (waited) => expectOutcome(waited, 'the receive').toFail('EAGAIN'),
  },
  overlapped: {
    opening: 'overlapped',
    receive: receiveOverlapped,
    expectNothing: (waited) => expectOutcome(waited, 'the wait').toGive('result', 'WAIT_TIMEOUT'),
  },
}

const byArgument = (says: Expected): TimedReceive => ({
  opening: 'plain',
  async receive(end, milliseconds) {
    const waited = await end.timedRecv(64, milliseconds)
    return waited.error === undefined ? { waited, brought: waited } : { waited }
  },
  expectNothing: (waited) => expectOutcome(waited, 'the receive').toBe(says),
})

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
/** Longer than anything here may take. */
const patienceMs = 60_000

const timedReceive: GenericCase = {
  id: 'x.timed-receive',
  theme: 'block',
  says: 'Who waits with a deadline gives up not before it and not long after, and gets what comes in time.',
  cites: [
    'XSH poll',
    'socket(7) SO_RCVTIMEO',
    'XSH mq_timedreceive',
    'XSH sem_timedwait',
    'XSH pthread_mutex_timedlock',
    'MS:WaitForSingleObject',
    'MS:CancelIoEx',
  ],
  exempts: (mechanism) =>
    deadlineOf(mechanism)?.is === 'none' ? 'no call that waits for it can be given a deadline' : undefined,
  rows: rowsOf(nobodyWaits, {
    async channel({ open, os, traits, note }) {
      const { timedReceive } = traits
      if (timedReceive.is === 'none') throw new TypeError('what has no deadline is exempt')
      const way = timedReceive.is === 'argument' ? byArgument(timedReceive.says) : waysToWait[timedReceive.is]
      const { producer, consumer } = await open(way.opening)
      note('waitedMs', await soonest(() => wait(way, consumer, os)))
      expectSent(await producer.send('in time'), 'in time')
      const { brought } = await way.receive(consumer, patienceMs)
      expectOutcome(brought ?? { ret: 0, ns: 0 }, 'the receive with data there').toBring('in time')
    },
    async counter({ open, os, traits, note }) {
      const { producer, consumer } = await open()
      note('waitedMs', await inVain(() => consumer.timedTake(deadlineMs), traits.timedTake, os))
      expectOutcome(await producer.add(), 'adding').toSucceed()
      expectOutcome(await consumer.timedTake(patienceMs), 'taking what is there').toSucceed()
    },
    async lock({ open, os, traits, note }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.acquire(), 'acquiring').toSucceed()
      note('waitedMs', await inVain(() => consumer.timedAcquire(deadlineMs), traits.timedAcquire, os))
      expectOutcome(await producer.release(), 'releasing').toSucceed()
      expectOutcome(await consumer.timedAcquire(patienceMs), 'acquiring what is free').toSucceed()
    },
    async event({ open, os, traits, note }) {
      const { producer, consumer } = await open()
      note('waitedMs', await inVain(() => consumer.timedWait(deadlineMs), traits.timedWait, os))
      const waiting = consumer.timedWait(patienceMs)
      await consumer.blocked()
      expectOutcome(await producer.wake(), 'the wake-up').toSucceed()
      expectOutcome(await waiting, 'the wait').toSucceed()
    },
    async call({ open, os, start, traits, note }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.timedEcho('in time', patienceMs), 'a call that is answered').toBring('in time')
      const resume = await suspend({ os, start }, consumer.peer)
      let calls = 1
      const late = () => producer.timedEcho('too late', deadlineMs).finally(() => calls++)
      note('waitedMs', await inVain(late, traits.timedCall, os))
      await resume()
      howOften[traits.execution](await executionsOf(producer), calls)
    },
  }),
}

/** How often a call was carried out before it was asked. */
async function executionsOf(caller: CallEnd): Promise<number> {
  const asked = await caller.executions()
  expectOutcome(asked, 'the call that asks').toSucceed()
  return Number(listOut(asked, 'results')[0]) - 1
}

/** Calls that nobody answered in time, and that the server has carried out nevertheless. */
const howOften: Record<CallTraits['execution'], (executions: number, calls: number) => void> = {
  'exactly-once': (executions, calls) =>
    expectValue(executions, `how often ${calls} calls were carried out`).toEqual(calls),
  'at-least-once': (executions, calls) =>
    expectValue(executions, `how often ${calls} calls were carried out`).toBeBetween(calls + 1, patienceMs),
  'at-most-once': (executions, calls) =>
    expectValue(executions, `how often ${calls} calls were carried out, of which one was answered,`).toBeBetween(
      1,
      calls,
    ),
}

const deadlineOf = (mechanism: Mechanism): Deadline | undefined => {
  const deadlines: { readonly [K in Kind]: (traits: TraitsOf[K]) => Deadline | undefined } = {
    channel: (traits) => traits.timedReceive,
    counter: (traits) => traits.timedTake,
    lock: (traits) => traits.timedAcquire,
    event: (traits) => traits.timedWait,
    call: (traits) => traits.timedCall,
    memory: () => undefined,
  }
  return deadlines[mechanism.kind](mechanism.traits as never)
}

/** Waits whose end says that the time is over; how long the shortest took. */
function inVain(once: () => Promise<Outcome>, deadline: Deadline, os: Os): Promise<number> {
  return soonest(async () => {
    const waited = await once()
    expectOutcome(waited, 'the wait').toBe(saidInVain(deadline))
    return noEarlier(waited, os)
  })
}

function saidInVain(deadline: Deadline): Expected {
  if (deadline.is === 'argument') return deadline.says
  if (deadline.is === 'poll') return { ret: 0 }
  throw new TypeError('a deadline here is an argument of the call, or of a poll before it')
}

/** One wait for nothing. */
async function wait(way: TimedReceive, consumer: End, os: Os): Promise<number> {
  const { waited } = await way.receive(consumer, deadlineMs)
  way.expectNothing(waited)
  return noEarlier(waited, os)
}

/** How long it took, which is never less than was asked for. */
function noEarlier(waited: Outcome, os: Os): number {
  const took = waited.ns / 1e6
  expectValue(took, 'how long it waited, in milliseconds,').toBeBetween(deadlineMs - earlyMs[os], patienceMs)
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
