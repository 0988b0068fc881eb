/** Which way data flows. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import { pattern } from '../../../harness/pair/bytes.ts'
import type { GenericCase } from '../../../harness/pair/stage.ts'
import { byKind, expectReceived, expectSent, receive } from './shared.ts'

const size = 65_536

const duplex: GenericCase = {
  id: 'x.duplex',
  theme: 'direction',
  says: 'Both ends of a duplex link can send at once; a simplex link refuses what goes against the flow.',
  cites: ['XSH pipe', 'unix(7)', 'MS:CreateNamedPipeW', 'MS:CreatePipe'],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    await byKind(traits.flow, {
      async duplex() {
        const [forth, back] = [pattern(size, 1), pattern(size, 2)]
        const sent = await Promise.all([producer.send(forth), consumer.send(back)])
        expectSent(sent[0], forth, 'the send of the producer')
        expectSent(sent[1], back, 'the send of the consumer')
        expectReceived(await receive(consumer, size), forth)
        expectReceived(await receive(producer, size), back)
      },
      async simplex({ backwards }) {
        expectOutcome(await consumer.send('back'), 'a send of the consumer').toBe(backwards)
        expectOutcome(await producer.recv(64), 'a receive of the producer').toBe(backwards)
        expectSent(await producer.send('forth'), 'forth')
        expectOutcome(await consumer.recv(64), 'the receive of the consumer').toBring('forth')
      },
    })
  },
}

export const directionCases: readonly GenericCase[] = [duplex]
