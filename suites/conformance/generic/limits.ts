/** How long one send may be, and what becomes of a longer one. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Bytes, Traits } from '../../../harness/model.ts'
import { hex, lengthOf, pattern, patternBytes } from '../../../harness/pair/bytes.ts'
import type { End, GenericCase, Link } from '../../../harness/pair/stage.ts'
import { byKind, expectReceived, expectSent, large, receive } from './shared.ts'

const maxMessageAccepted: GenericCase = {
  id: 'x.max-message-accepted',
  theme: 'limit',
  core: true,
  says: 'A send of the greatest length arrives whole; where there is none, so does one of four mebibytes.',
  cites: ['pipe(2) O_DIRECT', 'XSH write', 'MS:WriteFile'],
  async run({ open, traits }) {
    const link = await open()
    await byKind(traits.maxMessage, {
      unlimited: () => arrivesWhole(link, 4 * large, traits.framing),
      'split-beyond': ({ bytes }) => arrivesWhole(link, bytes, traits.framing),
    })
  },
}

const maxMessagePlusOne: GenericCase = {
  id: 'x.max-message-plus-1',
  theme: 'limit',
  core: true,
  says: 'A send of one byte more than the greatest length is split; where there is none, it waits and is not refused.',
  cites: ['pipe(2) O_DIRECT', 'XSH write', 'MS:WriteFile'],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    await byKind(traits.maxMessage, {
      async unlimited() {
        const data = pattern(large + 1, 9)
        const sending = producer.send(data)
        await producer.blocked()
        await comesWhole[traits.framing](consumer, data)
        expectSent(await sending, data)
      },
      async 'split-beyond'({ bytes }) {
        const data = patternBytes(bytes + 1, 9).toString('hex')
        expectSent(await producer.send(hex(data)), hex(data))
        const border = bytes * 2
        expectOutcome(await consumer.recv(2 * bytes), 'the first receive').toBring(hex(data.slice(0, border)))
        expectOutcome(await consumer.recv(2 * bytes), 'the second receive').toBring(hex(data.slice(border)))
      },
    })
  },
}

/** One send, and as many receives as it takes: one, where messages are kept. */
async function arrivesWhole(link: Link, bytes: number, framing: Traits['framing']): Promise<void> {
  const data = pattern(bytes, 5)
  const sending = link.producer.send(data)
  await comesWhole[framing](link.consumer, data)
  expectSent(await sending, data)
}

const comesWhole: Record<Traits['framing'], (consumer: End, data: Bytes) => Promise<void>> = {
  async byte(consumer, data) {
    expectReceived(await receive(consumer, lengthOf(data)), data)
  },
  async message(consumer, data) {
    expectOutcome(await consumer.recv(lengthOf(data) + 1), 'one receive').toBring(data)
  },
}

export const limitCases: readonly GenericCase[] = [maxMessageAccepted, maxMessagePlusOne]
