/**
 * Who waits for whom: a sender for room, a receiver for data, whoever wants a lock for its holder; and what they are told
 * when they may not wait.
 */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { Bytes, ChannelTraits, MemoryTraits } from '../../../harness/model.ts'
import { lengthOf, pattern, zeros } from '../../../harness/pair/bytes.ts'
import type { GenericCase, Link, Mechanism } from '../../../harness/pair/stage.ts'
import { brick, expectEmpty, expectFilling, expectSomeBricks, fill, narrow } from './filling.ts'
import { expectReceived, receive } from './receiving.ts'
import { nobodyWaits, rowsOf } from './rows.ts'
import { expectSent, large, setBlocking } from './shared.ts'

const cites = ['XSH write', 'XSH send', 'XSH msgsnd', 'XSH mq_send', 'pipe(7)', 'unix(7)', 'eventfd(2)', 'MS:WriteFile']

const whyNeverFull = ({ kind, traits }: Mechanism): string | undefined =>
  kind === 'channel' && traits.whenFull === 'not-documented' ? 'no page speaks of one that is full' : undefined

const backpressureNonblocking: GenericCase = {
  id: 'x.backpressure-nonblocking',
  theme: 'block',
  core: true,
  says: 'Who may not wait is told when there is no room, or what has none is dropped; what was taken before is all delivered.',
  cites: [...cites, 'udp(7)', 'MS "Named Pipe Type, Read, and Wait Modes"'],
  exempts: whyNeverFull,
  rows: rowsOf(nobodyWaits, {
    async channel({ open, traits, note }) {
      const link = await open()
      const { producer, consumer } = link
      if (traits.whenFull === 'drops') {
        note('capacity', await expectDrops(link, traits))
      } else {
        const filled = await fill(link, traits)
        note('capacity', { sends: filled.sends, bytes: filled.bytes.length })
        await expectFilling(consumer, filled)
        await expectEmpty(consumer, traits)
      }
      expectSent(await producer.send('room again'), 'room again')
      expectOutcome(await consumer.recv(64), 'the receive after it').toBring('room again')
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      if (traits.atMaximum.is === 'coalesces') expectOutcome(await producer.add(), 'adding the only unit').toSucceed()
      else expectOutcome(await producer.fill(0), 'filling it up').toSucceed()
      const beyond = expectOutcome(await producer.tryAdd(), 'adding one more')
      if (traits.atMaximum.is === 'coalesces') beyond.toSucceed()
      else beyond.toFail(traits.atMaximum.error)
      expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
      expectOutcome(await producer.tryAdd(), 'adding once there is room').toSucceed()
    },
  }),
}

/** Many more sends than there is room for all succeed; those that arrive are whole. */
async function expectDrops(link: Link, traits: ChannelTraits): Promise<{ sends: number; arrived: number }> {
  await narrow(link)
  const { producer, consumer } = link
  const sends = 1000
  const tried = await producer.sendMany(sends, brick)
  expectOutcome(tried, 'the last send').toSucceed()
  expectValue(tried.out?.times ?? 0, 'how often was sent').toEqual(sends)
  const arrived = await expectSomeBricks(consumer, traits)
  expectValue(arrived, 'how many arrived').toBeBetween(1, sends - 1)
  await setBlocking(consumer, true)
  return { sends, arrived }
}

const backpressureBlocking: GenericCase = {
  id: 'x.backpressure-blocking',
  theme: 'block',
  core: true,
  says: 'Who may wait does so while there is no room, and goes on once the other side has taken something.',
  cites,
  exempts: (mechanism) => {
    const { kind, traits } = mechanism
    if (kind === 'counter' && traits.atMaximum.is !== 'waits') return 'adding never waits'
    if (kind !== 'channel' || traits.blockedSender !== 'never-waits') return undefined
    return whyNeverFull(mechanism) ?? 'a send never waits: what has no room is dropped'
  },
  rows: rowsOf(nobodyWaits, {
    async channel({ open, traits }) {
      const link = await open()
      const { producer, consumer } = link
      const filled = await fill(link, traits)
      await setBlocking(producer, true)
      // A link that was full may find a little room by itself, when the other side acknowledges what has come.
      const data = traits.framing === 'byte' && traits.maxMessage.is === 'unlimited' ? pattern(large, 13) : brick
      const sending = producer.send(data)
      await producer.blocked()
      await expectFilling(consumer, filled)
      expectReceived(await receive(consumer, lengthOf(data)), data)
      expectSent(await sending, data, 'the send that had waited')
      await expectEmpty(consumer, traits)
    },
    async counter({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.fill(0), 'filling it up').toSucceed()
      const adding = producer.add()
      await producer.blocked()
      expectOutcome(await consumer.take(), 'taking').toSucceed()
      expectOutcome(await adding, 'the adding that had waited').toSucceed()
    },
  }),
}

const readEmptyBlocks: GenericCase = {
  id: 'x.read-empty-blocks',
  theme: 'block',
  core: true,
  says: 'Who receives, takes, acquires or waits when there is nothing to be had waits, and goes on once there is.',
  cites: [
    'XSH read',
    'pipe(7)',
    'XSH sem_wait',
    'XSH pthread_mutex_lock',
    'XSH fcntl F_SETLKW',
    'futex(2)',
    'MS:ReadFile',
  ],
  exempts: ({ kind, traits }) =>
    kind === 'lock' && traits.interrupted === 'never-waits'
      ? 'it can only be tried: nobody waits in a call'
      : undefined,
  rows: rowsOf(nobodyWaits, {
    async channel({ open }) {
      const { producer, consumer } = await open()
      const reading = consumer.recv(64)
      await consumer.blocked()
      expectSent(await producer.send('at last'), 'at last')
      expectOutcome(await reading, 'the receive that had waited').toBring('at last')
    },
    async counter({ open }) {
      const { producer, consumer } = await open()
      const taking = consumer.take()
      await consumer.blocked()
      expectOutcome(await producer.add(), 'adding').toSucceed()
      expectOutcome(await taking, 'the taking that had waited').toSucceed()
    },
    async lock({ open, traits }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.acquire(), 'acquiring').toSucceed()
      const acquiring = consumer.acquire()
      await consumer.blocked()
      expectOutcome(await producer.release(), 'releasing').toSucceed()
      expectOutcome(await acquiring, 'the acquiring that had waited').toSucceed()
      expectOutcome(await producer.tryAcquire(), 'an attempt when the other has it').toBe(traits.whenHeld)
    },
    async event({ open }) {
      const { producer, consumer } = await open()
      const waiting = consumer.wait()
      await consumer.blocked()
      expectOutcome(await producer.wake(), 'the wake-up').toSucceed()
      expectOutcome(await waiting, 'the wait').toSucceed()
    },
  }),
}

const atFirst: Record<MemoryTraits['initially'], (bytes: number) => Bytes> = {
  zeros,
}

const readEmptyNonblocking: GenericCase = {
  id: 'x.read-empty-nonblocking',
  theme: 'block',
  core: true,
  says: 'Who may not wait is told that there is nothing yet, which is not what is said at the end; new memory reads as zeros.',
  cites: [
    'XSH read',
    'pipe(7)',
    'XSH sem_trywait',
    'XSH mmap',
    'MS:ReadFile',
    'MS "Named Pipe Type, Read, and Wait Modes"',
  ],
  rows: rowsOf(nobodyWaits, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      await setBlocking(consumer, false)
      expectOutcome(await consumer.recv(64), 'a receive on an empty link').toBe(traits.whenEmpty)
      expectSent(await producer.send('now'), 'now')
      expectOutcome(await consumer.recv(64), 'a receive with data there').toBring('now')
      expectOutcome(await consumer.recv(64), 'a receive on the link, empty again,').toBe(traits.whenEmpty)
      expectOutcome(await producer.close(), 'the close').toSucceed()
      const atTheEnd = traits.peerGone === 'never-told' ? traits.whenEmpty : traits.peerGone
      expectOutcome(await consumer.recv(64), 'a receive at the end').toBe(atTheEnd)
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      expectOutcome(await consumer.tryTake(), 'taking from nothing').toBe(traits.whenEmpty)
      expectOutcome(await producer.add(), 'adding').toSucceed()
      expectOutcome(await consumer.tryTake(), 'taking what was added').toSucceed()
      expectOutcome(await consumer.tryTake(), 'taking once more').toBe(traits.whenEmpty)
    },
    async lock({ open, traits }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.tryAcquire(), 'an attempt at a free lock').toSucceed()
      expectOutcome(await consumer.tryAcquire(), 'an attempt at a lock that is held').toBe(traits.whenHeld)
      expectOutcome(await producer.release(), 'releasing').toSucceed()
      expectOutcome(await consumer.tryAcquire(), 'an attempt after the release').toSucceed()
    },
    async memory({ open, traits }) {
      const { producer, consumer } = await open()
      const untouched = atFirst[traits.initially](64)
      expectOutcome(await consumer.load(0, 64), 'a load of what nobody stored').toBring(untouched)
      expectOutcome(await consumer.load(producer.size - 64, 64), 'a load from the end').toBring(untouched)
    },
  }),
}

export const blockingCases: readonly GenericCase[] = [
  backpressureNonblocking,
  backpressureBlocking,
  readEmptyBlocks,
  readEmptyNonblocking,
]
