/** Which way data flows. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits } from '../../../harness/model.ts'
import { pattern } from '../../../harness/pair/bytes.ts'
import type { GenericCase } from '../../../harness/pair/stage.ts'
import { expectReceived, receive } from './receiving.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { byKind, expectSent, longestMessage } from './shared.ts'

const largest = 65_536

const duplex: GenericCase = {
  id: 'x.duplex',
  theme: 'direction',
  says: 'Both ends of a duplex link can send at once; a simplex link refuses what goes against the flow; a queue has one.',
  cites: ['XSH pipe', 'unix(7)', 'XSH msgrcv', 'XSH mmap', 'MS:CreateNamedPipeW', 'MS:CreatePipe'],
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      const size = Math.min(largest, await longestMessage(producer, traits))
      await byKind<ChannelTraits['flow'], Promise<void>>(traits.flow, {
        async duplex() {
          const [forth, back] = [pattern(size, 1), pattern(size, 2)]
          const sent = await Promise.all([producer.send(forth), consumer.send(back)])
          expectSent(sent[0], forth, 'the send of the producer')
          expectSent(sent[1], back, 'the send of the consumer')
          expectReceived(await receive(consumer, size), forth)
          expectReceived(await receive(producer, size), back)
        },
        async shared() {
          expectSent(await consumer.send('back'), 'back')
          expectOutcome(await producer.recv(64), 'the receive of the producer').toBring('back')
          expectSent(await producer.send('mine'), 'mine')
          expectOutcome(await producer.recv(64), 'the receive of what it sent itself').toBring('mine')
        },
        async simplex({ backwards }) {
          expectOutcome(await consumer.send('back'), 'a send of the consumer').toBe(backwards)
          expectOutcome(await producer.recv(64), 'a receive of the producer').toBe(backwards)
          expectSent(await producer.send('forth'), 'forth')
          expectOutcome(await consumer.recv(64), 'the receive of the consumer').toBring('forth')
        },
      })
    },
    async memory({ open }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.store(0, 'forth'), 'the store of the producer').toSucceed()
      expectOutcome(await consumer.store(64, 'back'), 'the store of the consumer').toSucceed()
      expectOutcome(await consumer.load(0, 5), 'the load of the consumer').toBring('forth')
      expectOutcome(await producer.load(64, 4), 'the load of the producer').toBring('back')
    },
  }),
}

export const directionCases: readonly GenericCase[] = [duplex]
