/** What the living learn of the dead: a sender whose receiver is gone, and either of them in the middle of a send. */

import { describeOutcome, expectOutcome, expectValue, movedBy } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits, CounterTraits } from '../../../harness/model.ts'
import { lengthOf } from '../../../harness/pair/bytes.ts'
import type { CounterEnd, End, GenericCase, LinkOf, Mechanism } from '../../../harness/pair/stage.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import {
  another,
  type BlockedSend,
  brick,
  expectEmpty,
  expectFilling,
  expectPart,
  expectReceived,
  expectSent,
  receive,
  receiveToTheEnd,
  setBlocking,
  startBlockedSend,
  whenDied,
} from './shared.ts'

const gone = ['XSH write EPIPE', 'XSH send', 'pipe(7)', 'unix(7)', 'udp(7)', 'MS:WriteFile', 'MS:TerminateProcess']
const page = 4096

const consumerDeathSeenByProducer: GenericCase = {
  id: 'x.consumer-death-seen-by-producer',
  theme: 'crash',
  core: true,
  says: 'What is given after the last receiver was killed fails as promised, or is kept; who was killed waiting takes nothing.',
  cites: [...gone, 'XSH semop', 'XSH pthread_mutex_lock', 'rpc_clnt_calls(3)'],
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      const other = await another(producer, 'second-producer', traits)
      await consumer.peer.kill()
      await afterTheReceiverDied[traits.writeAfterGone.is](producer, other, traits)
    },
    async counter({ open, traits }) {
      const link = await open()
      await afterTheTakerDied[traits.takerKilled](link, traits)
    },
    async lock({ open, traits }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.acquire(), 'acquiring').toSucceed()
      if (traits.interrupted !== 'never-waits') {
        void consumer.acquire()
        await consumer.blocked()
      }
      await consumer.peer.kill()
      expectOutcome(await producer.release(), 'releasing').toSucceed()
      expectOutcome(await producer.tryAcquire(), 'acquiring what the dead had waited for').toSucceed()
    },
    async memory({ open }) {
      const { producer, consumer } = await open()
      await consumer.peer.kill()
      expectOutcome(await producer.store(0, 'anyone?'), 'a store').toSucceed()
      expectOutcome(await producer.load(0, 7), 'a load').toBring('anyone?')
    },
    async event({ open }) {
      const { producer, consumer } = await open()
      void consumer.wait()
      await consumer.blocked()
      await consumer.peer.kill()
      expectOutcome(await producer.wake(), 'waking who has died').toSucceed()
    },
    async call({ open, traits }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.echo('anyone?'), 'a call').toBring('anyone?')
      await consumer.peer.kill()
      const late = traits.timedCall.is === 'none' ? producer.echo('anyone?') : producer.timedEcho('anyone?', 50)
      expectOutcome(await late, 'a call of a server that died').toBe(traits.serverGone)
      expectOutcome(await producer.executions(), 'a new client of it').toBe(traits.serverMissing)
    },
  }),
}

type AfterDeath = (producer: End, other: End, traits: ChannelTraits) => Promise<void>

const afterTheReceiverDied: Record<ChannelTraits['writeAfterGone']['is'], AfterDeath> = {
  'at-once': expectFailures,
  async 'after-one-send'(producer, other, traits) {
    expectSent(await producer.send('anyone?'), 'anyone?')
    await expectFailures(producer, other, traits)
  },
  async 'within-two-sends'(producer, other, traits) {
    const first = await producer.send('anyone?')
    if (first.error !== undefined) expectOutcome(first, 'the first send').toFail(...told(traits.writeAfterGone).error)
    await expectFailures(producer, other, traits)
  },
  async 'every-other-send'(producer, other, { writeAfterGone }) {
    const { error } = told(writeAfterGone)
    for (const end of [producer, other]) {
      expectSent(await end.send('anyone?'), 'anyone?')
      expectOutcome(await end.send('anyone?'), 'the send after it').toFail(...error)
    }
  },
  async 'by-a-receive'(producer, other, { writeAfterGone }) {
    for (const end of [producer, other]) {
      await setBlocking(end, false)
      expectSent(await end.send('anyone?'), 'anyone?')
      // The news may take a moment. Whether it shows as something to be received is not said.
      await end.ready(50)
      expectOutcome(await end.recv(64), 'the receive after it').toFail(...told(writeAfterGone).error)
    }
  },
  async 'never-told'(producer, other) {
    for (const end of [producer, other, producer]) expectSent(await end.send('anyone?'), 'anyone?')
  },
}

async function expectFailures(producer: End, other: End, { writeAfterGone }: ChannelTraits): Promise<void> {
  const { signal, error } = told(writeAfterGone)
  if (signal === 'none') {
    for (const end of [producer, other, producer]) {
      expectOutcome(await end.send('anyone?'), 'a send that nobody can receive').toFail(...error)
    }
    return
  }
  await other.must('sigaction', 'SIGPIPE', 'SIG_IGN')
  expectOutcome(await other.send('anyone?'), 'a send that ignores SIGPIPE').toFail(...error)
  expectValue(await fateOf(producer, 'anyone?'), 'what became of a producer that sends').toEqual('SIGPIPE')
}

/** What a sender is told whose receiver has gone. */
function told(writeAfterGone: ChannelTraits['writeAfterGone']) {
  if (writeAfterGone.is === 'never-told') return { signal: 'none', error: [] } as const
  return { signal: writeAfterGone.signal, error: [writeAfterGone.error].flat() }
}

/** The signal that a send died of, or what it said if it did not. */
async function fateOf(producer: End, message: string): Promise<string> {
  const exit = producer.peer.exit()
  const survived = await producer.send(message).then(describeOutcome, () => undefined)
  return survived ?? (await exit).signal ?? 'an end without a signal'
}

type AfterTaker = (link: LinkOf<CounterEnd>, traits: CounterTraits) => Promise<void>

const afterTheTakerDied: Record<CounterTraits['takerKilled'], AfterTaker> = {
  async 'not-given-back'({ producer, consumer }, traits) {
    void consumer.take()
    await consumer.blocked()
    await consumer.peer.kill()
    const added = expectOutcome(await producer.add(), 'adding once the taker has died')
    if (traits.inheritance === 'never') return added.toFail('ESRCH')
    added.toSucceed()
    expectOutcome(await producer.tryTake(), 'taking what the dead had waited for').toSucceed()
    expectOutcome(await producer.tryTake(), 'taking more').toBe(traits.whenEmpty)
  },
  async 'given-back'({ producer, consumer }, traits) {
    expectOutcome(await producer.add(), 'adding').toSucceed()
    expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
    expectOutcome(await producer.tryTake(), 'taking what another has').toBe(traits.whenEmpty)
    await consumer.peer.kill()
    expectOutcome(await producer.tryTake(), 'taking what the dead gave back').toSucceed()
  },
}

const neverWaits = (mechanism: Mechanism): string | undefined =>
  mechanism.kind === 'channel' && mechanism.traits.blockedSender === 'never-waits'
    ? 'a send never waits, so that none can be cut or left waiting'
    : undefined

const producerDeathMidMessage: GenericCase = {
  id: 'x.producer-death-mid-message',
  theme: 'crash',
  says: 'Of a send that was cut by its sender being killed, a prefix arrives, or all of it, or nothing, as promised.',
  cites: ['XSH write', 'pipe(7)', 'unix(7)', 'XSH msgsnd', 'XSH mq_send', 'MS:TerminateProcess'],
  exempts: neverWaits,
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits, note }) {
      const link = await open()
      const blocked = await startBlockedSend(link, traits)
      void blocked.sending
      note('arrivedAfterDeath', await whatArrives[traits.cutSend](link, blocked, whenDied(traits)))
    },
  }),
}

type Arrives = (link: LinkOf<End>, blocked: BlockedSend, traits: ChannelTraits) => Promise<number>

const whatArrives: Record<ChannelTraits['cutSend'], Arrives> = {
  // A part is taken first: then the send is half done, and the sender waits again when it dies.
  async prefix({ producer, consumer }, { data }, { peerGone }) {
    const first = await receive(consumer, page)
    expectPart(first, data, 0)
    await producer.blocked()
    await producer.peer.kill()
    const rest = await receiveToTheEnd(consumer)
    expectPart(rest, data, first.length)
    expectValue(first.length + rest.length, 'how much of it arrived').toBeBetween(0, lengthOf(data) - 1)
    if (peerGone !== 'never-told') expectOutcome(rest.end, 'the receive behind it').toBe(peerGone)
    return rest.length
  },
  async 'whole-or-nothing'({ producer, consumer }, { data, before }, { peerGone, whenEmpty }) {
    await producer.peer.kill()
    await expectFilling(consumer, before)
    if (peerGone === 'never-told') await setBlocking(consumer, false)
    const arrived = await receiveToTheEnd(consumer)
    if (arrived.length > 0) expectReceived(arrived, data)
    expectValue(arrived.pieces.length, 'in how many messages it arrived').toBeBetween(0, 1)
    expectOutcome(arrived.end, 'the receive behind it').toBe(peerGone === 'never-told' ? whenEmpty : peerGone)
    return arrived.length
  },
  async 'nothing-to-cut'() {
    throw new TypeError('a send that never waits cannot be cut')
  },
}

const consumerDeathWhileProducerBlocked: GenericCase = {
  id: 'x.consumer-death-while-producer-blocked',
  theme: 'crash',
  says: 'A send that waits for room is woken when the last receiver is killed, or waits on for another, as promised.',
  cites: [...gone, 'XSH msgsnd', 'XSH mq_send'],
  exempts: neverWaits,
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits, note }) {
      const link = await open()
      const { producer, consumer } = link
      if (told(traits.writeAfterGone).signal !== 'none') await producer.must('sigaction', 'SIGPIPE', 'SIG_IGN')
      // Nobody can fork any more once it waits, and where nothing tells who receives, an heir is no receiver yet.
      const heir = traits.blockedSender === 'left-waiting' ? await another(producer, 'heir', traits) : producer
      const blocked = await startBlockedSend(link, traits)
      await consumer.peer.kill()
      note('moved', await afterTheWait[traits.blockedSender](producer, heir, blocked, traits))
    },
  }),
}

type AfterWait = (producer: End, heir: End, blocked: BlockedSend, traits: ChannelTraits) => Promise<number | string>

const afterTheWait: Record<ChannelTraits['blockedSender'], AfterWait> = {
  async woken(_, __, { sending, data }, { writeAfterGone }) {
    const outcome = await sending
    const what = 'the send that had waited'
    if (writeAfterGone.is === 'never-told') expectSent(outcome, data, what)
    else if (outcome.error !== undefined) expectOutcome(outcome, what).toFail(...told(writeAfterGone).error)
    else expectValue(movedBy(outcome), `what ${what} moved`).toBeBetween(1, lengthOf(data) - 1)
    return outcome.error ?? movedBy(outcome)
  },
  async 'left-waiting'(producer, heir, { sending, before }, traits) {
    await producer.blocked()
    await expectFilling(heir, before)
    expectSent(await sending, brick, 'the send that had waited')
    expectReceived(await receive(heir, lengthOf(brick)), brick)
    await expectEmpty(heir, traits)
    return 'left waiting'
  },
  async 'never-waits'() {
    throw new TypeError('a send that never waits cannot be left waiting')
  },
}

export const deathCases: readonly GenericCase[] = [
  consumerDeathSeenByProducer,
  producerDeathMidMessage,
  consumerDeathWhileProducerBlocked,
]
