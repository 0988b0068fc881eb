/**
 * The end: what was sent before it is delivered first; then the receiver is told, however often it asks, or it never is.
 */

import { expectExit, expectOutcome } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits, LockTraits } from '../../../harness/model.ts'
import type { End, GenericCase, Grip, LinkOf, LockEnd, Mechanism, MemoryEnd } from '../../../harness/pair/stage.ts'
import { nothingEnds, rowsOf } from './rows.ts'
import { byKind, expectSent, setBlocking, whenDied } from './shared.ts'

const cites = ['XSH read', 'XSH recv', 'pipe(7)', 'unix(7)', 'MS:ReadFile ERROR_BROKEN_PIPE']
const deathCites = [...cites, 'XSH fcntl', 'XSH pthread_mutexattr_setrobust', 'XSH sem_wait']

const whoseMemoryDies = ({ kind, traits }: Mechanism): string | undefined =>
  kind === 'memory' && traits.inheritance === 'never' ? 'it is the memory of the process that dies' : undefined

const eofOnOrderlyClose: GenericCase = {
  id: 'x.eof-on-orderly-close',
  theme: 'eof',
  core: true,
  says: 'When the producer closes, what it sent is still delivered; then every receive sees the end, where one is told.',
  cites,
  rows: rowsOf(nothingEnds, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      expectSent(await producer.send('last words'), 'last words')
      expectOutcome(await producer.close(), 'the close').toSucceed()
      expectOutcome(await consumer.recv(64), 'the receive of what was sent').toBring('last words')
      await expectTheEnd(consumer, traits)
    },
  }),
}

const eofOnProducerExit: GenericCase = {
  id: 'x.eof-on-producer-exit',
  theme: 'eof',
  says: 'Who waits is told when the other exits without closing anything, where that is promised; else it waits on.',
  cites: [...deathCites, 'XSH _exit', 'MS:ExitProcess'],
  exempts: whoseMemoryDies,
  rows: rowsOf(nothingEnds, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      expectSent(await producer.send('last words'), 'last words')
      expectOutcome(await consumer.recv(64), 'the receive of what was sent').toBring('last words')
      const waiting = consumer.recv(64)
      await consumer.blocked()
      await exit(producer)
      const died = whenDied(traits)
      if (died.peerGone === 'never-told') return consumer.blocked()
      expectOutcome(await waiting, 'the receive that had waited').toBe(died.peerGone)
      await expectTheEnd(consumer, died)
    },
    async counter({ open }) {
      const { producer, consumer } = await open()
      void consumer.take()
      await consumer.blocked()
      await exit(producer)
      await consumer.blocked()
    },
    async lock(stage) {
      const link = await stage.open()
      await held(link, stage.traits)
      await exit(link.producer)
      await afterTheHolder(link, stage.traits)
    },
    async memory({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.store(0, 'last words'), 'the store').toSucceed()
      await exit(producer)
      await expectLastWords(consumer)
    },
    async event({ open }) {
      const { producer, consumer } = await open()
      void consumer.wait()
      await consumer.blocked()
      await exit(producer)
      await consumer.blocked()
    },
  }),
}

const eofOnProducerSigkill: GenericCase = {
  id: 'x.eof-on-producer-sigkill',
  theme: 'crash',
  core: true,
  says: 'When the producer is killed, what it gave is still there for the consumer; then it sees the end, or what is promised.',
  cites: [...deathCites, 'signal(7) SIGKILL', 'MS:TerminateProcess'],
  exempts: whoseMemoryDies,
  rows: rowsOf(nothingEnds, {
    async channel({ open, traits, note }) {
      const { producer, consumer } = await open()
      const died = whenDied(traits)
      expectSent(await producer.send('accepted'), 'accepted')
      const killed = performance.now()
      const killing = producer.peer.kill()
      expectOutcome(await consumer.recv(64), 'the receive of what was accepted').toBring('accepted')
      if (died.peerGone !== 'never-told') {
        expectOutcome(await consumer.recv(64), 'the receive behind it').toBe(died.peerGone)
        note('detectionMs', performance.now() - killed)
      }
      await killing
      await expectTheEnd(consumer, died)
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.add(), 'adding').toSucceed()
      await producer.peer.kill()
      expectOutcome(await consumer.tryTake(), 'taking what the dead had added').toSucceed()
      expectOutcome(await consumer.tryTake(), 'taking more').toBe(traits.whenEmpty)
    },
    async lock(stage) {
      const link = await stage.open()
      await held(link, stage.traits)
      await link.producer.peer.kill()
      await afterTheHolder(link, stage.traits)
    },
    async memory({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.store(0, 'last words'), 'the store').toSucceed()
      await producer.peer.kill()
      await expectLastWords(consumer)
    },
    async event({ open }) {
      const { producer, consumer } = await open()
      void consumer.wait()
      await consumer.blocked()
      await producer.peer.kill()
      await consumer.blocked()
    },
  }),
}

async function exit({ peer, call }: Grip): Promise<void> {
  void call('exit', 0)
  expectExit(await peer.exit(), 'the producer').toHaveExitedWith(0)
}

/** The end is told, and told again; or nothing is told, and a receive would wait. */
async function expectTheEnd(consumer: End, { peerGone, whenEmpty }: ChannelTraits): Promise<void> {
  if (peerGone === 'never-told') await setBlocking(consumer, false)
  const expected = peerGone === 'never-told' ? whenEmpty : peerGone
  expectOutcome(await consumer.recv(64), 'a receive at the end').toBe(expected)
  expectOutcome(await consumer.recv(64), 'one more receive at the end').toBe(expected)
}

/** The producer has the lock, and the consumer cannot have it. */
async function held({ producer, consumer }: LinkOf<LockEnd>, { whenHeld }: LockTraits): Promise<void> {
  expectOutcome(await producer.acquire(), 'acquiring').toSucceed()
  expectOutcome(await consumer.tryAcquire(), 'an attempt while the holder lives').toBe(whenHeld)
}

/** What the next one learns of a lock whose holder has died. */
async function afterTheHolder({ consumer }: LinkOf<LockEnd>, { holderKilled, whenHeld }: LockTraits): Promise<void> {
  const attempt = expectOutcome(await consumer.tryAcquire(), 'an attempt after the holder died')
  byKind<LockTraits['holderKilled'], void>(holderKilled, {
    released: () => attempt.toSucceed(),
    told: ({ says }) => attempt.toBe(says),
    'stays-locked': () => attempt.toBe(whenHeld),
  })
}

async function expectLastWords(consumer: MemoryEnd): Promise<void> {
  expectOutcome(await consumer.load(0, 10), 'a load of what the dead had stored').toBring('last words')
}

export const endCases: readonly GenericCase[] = [eofOnOrderlyClose, eofOnProducerExit, eofOnProducerSigkill]
