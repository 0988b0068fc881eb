/** What the living learn of the dead: a sender whose receiver is gone, and either of them in the middle of a send. */

import { describeOutcome, expectOutcome, expectValue, movedBy } from '../../../harness/conformance/expect.ts'
import type { Outcome, Traits } from '../../../harness/model.ts'
import { pattern } from '../../../harness/pair/bytes.ts'
import type { End, GenericCase } from '../../../harness/pair/stage.ts'
import { another, expectPart, expectReceived, large, receive, receiveToTheEnd, type ToTheEnd } from './shared.ts'

const gone = ['XSH write EPIPE', 'pipe(7)', 'unix(7)', 'MS:WriteFile', 'MS:TerminateProcess']
const data = pattern(large, 13)
const page = 4096

const consumerDeathSeenByProducer: GenericCase = {
  id: 'x.consumer-death-seen-by-producer',
  theme: 'crash',
  core: true,
  says: 'The first send after the last receiver was killed fails, and raises SIGPIPE where that is promised.',
  cites: gone,
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    const other = await another(producer, 'second-producer', traits)
    await consumer.peer.kill()
    await afterTheReceiverDied[traits.writeAfterGone.signal](producer, other, [traits.writeAfterGone.error].flat())
  },
}

type AfterDeath = (producer: End, other: End, errors: readonly string[]) => Promise<void>

const afterTheReceiverDied: Record<Traits['writeAfterGone']['signal'], AfterDeath> = {
  async SIGPIPE(producer, other, errors) {
    await other.must('sigaction', 'SIGPIPE', 'SIG_IGN')
    expectOutcome(await other.send('anyone?'), 'a send that ignores SIGPIPE').toFail(...errors)
    expectValue(await fateOf(producer, 'anyone?'), 'what became of a producer that sends').toEqual('SIGPIPE')
  },
  async none(producer, other, errors) {
    for (const end of [producer, other, producer]) {
      expectOutcome(await end.send('anyone?'), 'a send that nobody can receive').toFail(...errors)
    }
  },
}

/** The signal that a send died of, or what it said if it did not. */
async function fateOf(producer: End, message: string): Promise<string> {
  const exit = producer.peer.exit()
  const survived = await producer.send(message).then(describeOutcome, () => undefined)
  return survived ?? (await exit).signal ?? 'an end without a signal'
}

const producerDeathMidMessage: GenericCase = {
  id: 'x.producer-death-mid-message',
  theme: 'crash',
  says: 'Of a send that was cut by its sender being killed, a prefix arrives, or all of it, or nothing, as promised.',
  cites: ['XSH write', 'pipe(7)', 'unix(7)', 'MS:TerminateProcess'],
  async run({ open, traits, note }) {
    const { producer, consumer } = await open()
    void producer.send(data)
    await producer.blocked()
    const arrived = await whatArrives[traits.cutSend](producer, consumer)
    expectOutcome(arrived.end, 'the receive behind it').toBe(traits.peerGone)
    note('arrivedAfterDeath', arrived.length)
  },
}

type Arrives = (producer: End, consumer: End) => Promise<ToTheEnd>

const whatArrives: Record<Traits['cutSend'], Arrives> = {
  // A part is taken first: then the send is half done, and the sender waits again when it dies.
  async prefix(producer, consumer) {
    const first = await receive(consumer, page)
    expectPart(first, data, 0)
    await producer.blocked()
    await producer.peer.kill()
    const rest = await receiveToTheEnd(consumer)
    expectPart(rest, data, first.length)
    expectValue(first.length + rest.length < large, 'that it was cut').toEqual(true)
    return rest
  },
  async 'whole-or-nothing'(producer, consumer) {
    await producer.peer.kill()
    const arrived = await receiveToTheEnd(consumer)
    if (arrived.length > 0) expectReceived(arrived, data)
    expectValue(arrived.pieces.length <= 1, 'that it arrived as one message or not at all').toEqual(true)
    return arrived
  },
}

const consumerDeathWhileProducerBlocked: GenericCase = {
  id: 'x.consumer-death-while-producer-blocked',
  theme: 'crash',
  says: 'A send that waits for room is woken when the last receiver is killed: it fails, or tells how much it moved.',
  cites: gone,
  async run({ open, traits, note }) {
    const { producer, consumer } = await open()
    if (traits.writeAfterGone.signal !== 'none') {
      await producer.must('sigaction', traits.writeAfterGone.signal, 'SIG_IGN')
    }
    const sending = producer.send(data)
    await producer.blocked()
    await consumer.peer.kill()
    const outcome = await sending
    afterTheWait[traits.blockedSender](outcome, [traits.writeAfterGone.error].flat())
    note('moved', outcome.error ?? movedBy(outcome))
  },
}

const afterTheWait: Record<Traits['blockedSender'], (outcome: Outcome, errors: readonly string[]) => void> = {
  woken(outcome, errors) {
    if (outcome.error !== undefined) return expectOutcome(outcome, 'the send that had waited').toFail(...errors)
    expectValue(movedBy(outcome), 'what the send that had waited moved').toBeBetween(1, large - 1)
  },
}

export const deathCases: readonly GenericCase[] = [
  consumerDeathSeenByProducer,
  producerDeathMidMessage,
  consumerDeathWhileProducerBlocked,
]
