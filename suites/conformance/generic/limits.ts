/** How much one send, or one counter, may hold, and what becomes of more. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Bytes, ChannelTraits, CounterTraits } from '../../../harness/model.ts'
import { hex, lengthOf, pattern, patternBytes } from '../../../harness/pair/bytes.ts'
import type { CounterEnd, End, GenericCase, Link } from '../../../harness/pair/stage.ts'
import { expectEmpty } from './filling.ts'
import { expectReceived, receive, whileSending } from './receiving.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { byKind, expectSent, figureOf, large, longestMessage, setBlocking } from './shared.ts'

const reasons = { ...nothingIsSent, memory: 'memory is as long as it was made, and what lies behind it is not its own' }

const maxMessageAccepted: GenericCase = {
  id: 'x.max-message-accepted',
  theme: 'limit',
  core: true,
  says: 'A send of the greatest length arrives whole, or one of four mebibytes where there is none; a counter reaches its maximum.',
  cites: ['pipe(2) O_DIRECT', 'XSH write', 'XSH mq_send', 'msgsnd(2)', 'udp(7)', 'unix(7)', 'MS:WriteFile'],
  rows: rowsOf(reasons, {
    async channel({ open, traits, note }) {
      const link = await open()
      const longest = await longestMessage(link.producer, traits)
      const size = Math.min(longest, 4 * large)
      await arrivesWhole(link, size, traits.framing)
      if (size === longest) note('longest', size)
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      await oneBelowTheMaximum(producer, traits)
      expectOutcome(await producer.tryAdd(), 'adding the last unit').toSucceed()
      expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
    },
    async call({ open, traits }) {
      const { producer } = await open()
      const { maxArgument } = traits
      const longest = pattern(maxArgument.is === 'at-most' ? maxArgument.bytes : 4 * large, 5)
      expectOutcome(await producer.echo(longest), 'the answer to the longest argument').toBring(longest)
    },
  }),
}

const maxMessagePlusOne: GenericCase = {
  id: 'x.max-message-plus-1',
  theme: 'limit',
  core: true,
  says: 'One more than the most is split or refused, and nothing of it arrives; where there is no most, it waits.',
  cites: [
    'pipe(2) O_DIRECT',
    'XSH write',
    'XSH mq_send EMSGSIZE',
    'msgsnd(2) EINVAL',
    'XSH sem_post EOVERFLOW',
    'MS:WriteFile',
  ],
  rows: rowsOf(reasons, {
    async channel({ open, traits }) {
      const link = await open()
      await byKind<ChannelTraits['maxMessage'], Promise<void>>(traits.maxMessage, {
        unlimited: () => waitsAndArrives(link, traits.framing),
        'split-beyond': ({ bytes }) => arrivesInTwo(link, bytes),
        'taken-in-part': ({ bytes }) => isTakenInPart(link, bytes, traits),
        'at-most': async ({ bytes, error }) => isRefused(link, await figureOf(bytes, link.producer), error, traits),
      })
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      await oneBelowTheMaximum(producer, traits)
      expectOutcome(await producer.tryAdd(), 'adding the last unit').toSucceed()
      const beyond = await producer.tryAdd()
      byKind<CounterTraits['atMaximum'], void>(traits.atMaximum, {
        waits: ({ error }) => expectOutcome(beyond, 'adding one more without waiting').toFail(error),
        fails: ({ error }) => expectOutcome(beyond, 'adding one more').toFail(error),
        coalesces: () => expectOutcome(beyond, 'adding one more').toSucceed(),
      })
      expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
      if (traits.atMaximum.is !== 'coalesces') expectOutcome(await producer.tryAdd(), 'adding again').toSucceed()
      else expectOutcome(await consumer.tryTake(), 'taking what was not added').toBe(traits.whenEmpty)
    },
    async call({ open, traits }) {
      const { producer } = await open()
      const { maxArgument } = traits
      const size = maxArgument.is === 'at-most' ? maxArgument.bytes : 4 * large
      const answer = expectOutcome(await producer.echo(pattern(size + 1, 9)), 'the answer to one byte more')
      if (maxArgument.is === 'at-most') answer.toFail(maxArgument.error)
      else answer.toBring(pattern(size + 1, 9))
    },
  }),
}

/** Brings a counter to where one more unit may be added; a counter that coalesces starts there. */
async function oneBelowTheMaximum(producer: CounterEnd, { atMaximum }: CounterTraits): Promise<void> {
  if (atMaximum.is !== 'coalesces') expectOutcome(await producer.fill(1), 'filling it up').toSucceed()
}

async function waitsAndArrives({ producer, consumer }: Link, framing: ChannelTraits['framing']): Promise<void> {
  const data = pattern(4 * large + 1, 9)
  const sending = producer.send(data)
  await producer.blocked()
  await comesWhole[framing](consumer, data)
  expectSent(await sending, data)
}

async function arrivesInTwo({ producer, consumer }: Link, bytes: number): Promise<void> {
  const data = patternBytes(bytes + 1, 9).toString('hex')
  expectSent(await producer.send(hex(data)), hex(data))
  const border = bytes * 2
  expectOutcome(await consumer.recv(2 * bytes), 'the first receive').toBring(hex(data.slice(0, border)))
  expectOutcome(await consumer.recv(2 * bytes), 'the second receive').toBring(hex(data.slice(border)))
}

async function isTakenInPart({ producer, consumer }: Link, bytes: number, traits: ChannelTraits): Promise<void> {
  const data = patternBytes(bytes + 1, 9).toString('hex')
  expectOutcome(await producer.send(hex(data)), 'the send of one byte more').toReturn(bytes)
  expectOutcome(await consumer.recv(2 * bytes), 'the receive').toBring(hex(data.slice(0, 2 * bytes)))
  await expectEmpty(consumer, traits)
}

async function isRefused(link: Link, most: number, error: string, traits: ChannelTraits): Promise<void> {
  const { producer, consumer } = link
  expectOutcome(await producer.send(pattern(most + 1, 9)), 'the send of one byte more').toFail(error)
  await setBlocking(consumer, false)
  expectOutcome(await consumer.recv(64), 'a receive after it').toBe(traits.whenEmpty)
  expectSent(await producer.send('short'), 'short')
  expectOutcome(await consumer.recv(64), 'the receive of a shorter one').toBring('short')
}

/** One send, and as many receives as it takes: one, where messages are kept. */
async function arrivesWhole(link: Link, bytes: number, framing: ChannelTraits['framing']): Promise<void> {
  const data = pattern(bytes, 5)
  await whileSending([[link.producer.send(data), data]], comesWhole[framing](link.consumer, data))
}

const comesWhole: Record<ChannelTraits['framing'], (consumer: End, data: Bytes) => Promise<void>> = {
  async byte(consumer, data) {
    expectReceived(await receive(consumer, lengthOf(data)), data)
  },
  async message(consumer, data) {
    expectOutcome(await consumer.recv(lengthOf(data) + 1), 'one receive').toBring(data)
  },
}

export const limitCases: readonly GenericCase[] = [maxMessageAccepted, maxMessagePlusOne]
