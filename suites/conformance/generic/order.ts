/** What is sent first arrives first, and everything arrives at one receiver only. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import { crcOf, materialise, pattern } from '../../../harness/pair/bytes.ts'
import type { GenericCase } from '../../../harness/pair/stage.ts'
import { another, expectSent, transfersOf } from './shared.ts'

const messages = Array.from({ length: 64 }, (_, index) => `message ${String(index).padStart(4, '0')}`)
const width = 12

const orderFifo: GenericCase = {
  id: 'x.order-fifo',
  theme: 'order',
  core: true,
  says: 'What one producer sends arrives in the order in which it was sent.',
  cites: ['pipe(7)', 'XSH write', 'unix(7)', 'MS "Pipes"'],
  async run({ open }) {
    const { producer, consumer } = await open()
    const sending = messages.map((message) => producer.send(message))
    for (const message of messages) expectOutcome(await consumer.recv(width), 'the next receive').toBring(message)
    for (const outcome of await Promise.all(sending)) expectSent(outcome, 'message 0000')
  },
}

const records = Array.from({ length: 100 }, (_, index) => pattern(64, index + 1))

const multiConsumerDistribution: GenericCase = {
  id: 'x.multi-consumer-distribution',
  theme: 'order',
  says: 'Where two processes receive on one end, everything that is sent reaches exactly one of them.',
  cites: ['XSH read', 'pipe(7)', 'MS:ReadFile'],
  async run({ open, traits, note }) {
    const { producer, consumer } = await open()
    const other = await another(consumer, 'second-consumer', traits)
    const receiving = [consumer, other].map((end) => end.recvMany(1000, 64, 64))
    await Promise.all([consumer.blocked(), other.blocked()])
    const sent = await Promise.all(records.map((record) => producer.send(record)))
    for (const outcome of sent) expectSent(outcome, pattern(64, 1))
    expectOutcome(await producer.close(), 'the close').toSucceed()
    const shares = (await Promise.all(receiving)).map(transfersOf)
    const came = shares.flat().map(({ crc, count }) => `${crc}: ${count}`)
    const wanted = records.map((record) => `${crcOf(materialise(record))}: 1`)
    expectValue(came.sort(), 'how often each record came').toEqual(wanted.sort())
    note(
      'split',
      shares.map((share) => share.length),
    )
  },
}

export const orderCases: readonly GenericCase[] = [orderFifo, multiConsumerDistribution]
