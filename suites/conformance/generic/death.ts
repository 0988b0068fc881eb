/** What the living learn of the dead: who gives something to one that was killed. */

import { describeOutcome, expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits, CounterTraits } from '../../../harness/model.ts'
import type { CounterEnd, End, GenericCase, LinkOf } from '../../../harness/pair/stage.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { another, expectSent, setBlocking, told } from './shared.ts'

const consumerDeathSeenByProducer: GenericCase = {
  id: 'x.consumer-death-seen-by-producer',
  theme: 'crash',
  core: true,
  says: 'What is given after the last receiver was killed fails as promised, or is kept; who was killed waiting takes nothing.',
  cites: [
    'XSH write EPIPE',
    'XSH send',
    'pipe(7)',
    'unix(7)',
    'udp(7)',
    'MS:WriteFile',
    'MS:TerminateProcess',
    'XSH semop',
    'XSH pthread_mutex_lock',
    'rpc_clnt_calls(3)',
  ],
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

export const deathCases: readonly GenericCase[] = [consumerDeathSeenByProducer]
