/** A send that waits for room, and is cut by its sender's death or cut off by its receiver's. */

import { expectOutcome, expectValue, movedBy } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits } from '../../../harness/model.ts'
import { lengthOf } from '../../../harness/pair/bytes.ts'
import type { End, GenericCase, LinkOf, Mechanism } from '../../../harness/pair/stage.ts'
import { type BlockedSend, brick, expectEmpty, expectFilling, startBlockedSend } from './filling.ts'
import { expectPart, expectReceived, receive, receiveToTheEnd } from './receiving.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { another, expectSent, setBlocking, told, whenDied } from './shared.ts'

const page = 4096

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
  cites: [
    'XSH write EPIPE',
    'XSH send',
    'pipe(7)',
    'unix(7)',
    'udp(7)',
    'MS:WriteFile',
    'MS:TerminateProcess',
    'XSH msgsnd',
    'XSH mq_send',
  ],
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

export const blockedSenderCases: readonly GenericCase[] = [producerDeathMidMessage, consumerDeathWhileProducerBlocked]
