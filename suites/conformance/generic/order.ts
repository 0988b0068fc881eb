/** What is sent first arrives first, and everything arrives at one receiver only. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits } from '../../../harness/model.ts'
import { crcOf, materialise, pattern } from '../../../harness/pair/bytes.ts'
import type { CounterEnd, End, GenericCase } from '../../../harness/pair/stage.ts'
import { prepareToStop, stopBySignal, stoppedBySignal, whileSending } from './receiving.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { another, expectSent } from './shared.ts'
import { transfersOf } from './tally.ts'

const messages = Array.from({ length: 64 }, (_, index) => `message ${String(index).padStart(4, '0')}`)
const width = 12

const orderFifo: GenericCase = {
  id: 'x.order-fifo',
  theme: 'order',
  core: true,
  says: 'What one producer sends arrives in the order in which it was sent.',
  cites: ['pipe(7)', 'XSH write', 'unix(7)', 'MS "Pipes"'],
  rows: rowsOf(nothingIsSent, {
    async channel({ open }) {
      const { producer, consumer } = await open()
      const sends = messages.map((message) => [producer.send(message), message] as const)
      await whileSending(sends, expectMessages(consumer))
    },
  }),
}

async function expectMessages(consumer: End): Promise<void> {
  for (const message of messages) expectOutcome(await consumer.recv(width), 'the next receive').toBring(message)
}

const records = Array.from({ length: 100 }, (_, index) => pattern(64, index + 1))

const multiConsumerDistribution: GenericCase = {
  id: 'x.multi-consumer-distribution',
  theme: 'order',
  says: 'Where two processes receive, everything reaches exactly one of them; what is stored in memory, all.',
  cites: ['XSH read', 'pipe(7)', 'XSH mmap', 'MS:ReadFile'],
  exempts: ({ traits }) =>
    traits.inheritance === 'never' ? 'it belongs to one process, and a second one cannot have the same end' : undefined,
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits, note }) {
      const { producer, consumer } = await open()
      const other = await another(consumer, 'second-consumer', traits)
      await prepareToStop([consumer, other], traits)
      const receiving = [consumer, other].map((end) => end.recvMany(1000, 64, 64))
      await Promise.all([consumer.blocked(), other.blocked()])
      const sent = await Promise.all(records.map((record) => producer.send(record)))
      for (const outcome of sent) expectSent(outcome, pattern(64, 1))
      await stopReceiving(producer, [consumer, other], traits)
      const shares = (await Promise.all(receiving)).map(transfersOf)
      const came = shares.flat().map(({ crc, count }) => `${crc}: ${count}`)
      const wanted = records.map((record) => `${crcOf(materialise(record))}: 1`)
      expectValue(came.sort(), 'how often each record came').toEqual(wanted.sort())
      note(
        'split',
        shares.map((share) => share.length),
      )
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      const other = await another(consumer, 'second-consumer', traits)
      const coalesces = traits.atMaximum.is === 'coalesces'
      await (traits.takes === 'all' ? allToOne : coalesces ? oneAtATime : oneEach)(producer, consumer, other)
      expectOutcome(await consumer.tryTake(), 'a taking when all is taken').toBe(traits.whenEmpty)
    },
    async memory({ open, traits }) {
      const { producer, consumer } = await open()
      const other = await another(consumer, 'second-consumer', traits)
      for (const [index, record] of records.entries()) {
        expectOutcome(await producer.store(index * 64, record), 'the store').toSucceed()
      }
      for (const [index, record] of records.entries()) {
        expectOutcome(await consumer.load(index * 64, 64), 'a load of the consumer').toBring(record)
        expectOutcome(await other.load(index * 64, 64), 'a load of the second consumer').toBring(record)
      }
    },
  }),
}

/** A close ends it; where that tells nobody, an empty message does for whoever gets it; where there is none, a signal. */
async function stopReceiving(producer: End, receivers: readonly End[], traits: ChannelTraits): Promise<void> {
  if (traits.peerGone !== 'never-told') expectOutcome(await producer.close(), 'the close').toSucceed()
  else if (stoppedBySignal(traits)) await stopBySignal(receivers)
  else for (const _ of receivers) expectSent(await producer.send(''), '')
}

type Share = (producer: CounterEnd, consumer: CounterEnd, other: CounterEnd) => Promise<void>

/** Each of the two waits for its half: what one took twice the other would wait for in vain. */
const oneEach: Share = async (producer, consumer, other) => {
  const taking = [consumer, other].map((end) => end.takeMany(50))
  await Promise.all([consumer.blocked(), other.blocked()])
  expectOutcome(await producer.addMany(100), 'adding').toSucceed()
  for (const outcome of await Promise.all(taking)) expectOutcome(outcome, 'taking a half').toSucceed()
}

/** Two wait, and each unit lets one of them go: what is added while nobody has taken the last might be lost. */
const oneAtATime: Share = async (producer, consumer, other) => {
  const [taking, otherTaking] = [consumer.take(), other.take()]
  await Promise.all([consumer.blocked(), other.blocked()])
  expectOutcome(await producer.add(), 'adding one').toSucceed()
  const left = await Promise.race([taking.then(() => other), otherTaking.then(() => consumer)])
  await left.blocked()
  expectOutcome(await producer.add(), 'adding another').toSucceed()
  expectOutcome(await taking, 'the taking of one').toSucceed()
  expectOutcome(await otherTaking, 'the taking of the other').toSucceed()
}

const allToOne: Share = async (producer, consumer, other) => {
  const taking = other.take()
  await other.blocked()
  expectOutcome(await producer.add(), 'adding one').toSucceed()
  expectOutcome(await taking, 'the taking that had waited').toSucceed()
  expectOutcome(await producer.addMany(3), 'adding three').toSucceed()
  expectOutcome(await consumer.tryTake(), 'taking them all').toSucceed()
}

export const orderCases: readonly GenericCase[] = [orderFifo, multiConsumerDistribution]
