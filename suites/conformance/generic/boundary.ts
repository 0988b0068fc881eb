/** Where one send ends and the next begins: kept by message mechanisms, unknown to byte streams. */

import { expectOutcome, expectValue, meets } from '../../../harness/conformance/expect.ts'
import type { Traits } from '../../../harness/model.ts'
import { hex, patternBytes } from '../../../harness/pair/bytes.ts'
import type { End, GenericCase, Link } from '../../../harness/pair/stage.ts'
import { expectSent, setBlocking } from './shared.ts'

const readModes = 'MS "Named Pipe Type, Read, and Wait Modes"'

const boundaryCoalesce: GenericCase = {
  id: 'x.boundary-coalesce',
  theme: 'boundary',
  core: true,
  says: 'One large receive after two sends brings both from a byte stream, and the first alone where messages are kept.',
  cites: ['pipe(7)', 'unix(7)', 'XSH read', readModes],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    expectSent(await producer.send('ab'), 'ab')
    expectSent(await producer.send('cd'), 'cd')
    await afterTwoSends[traits.framing](consumer)
  },
}

const afterTwoSends: Record<Traits['framing'], (consumer: End) => Promise<void>> = {
  async byte(consumer) {
    expectOutcome(await consumer.recv(64), 'one receive').toBring('abcd')
  },
  async message(consumer) {
    expectOutcome(await consumer.recv(64), 'the first receive').toBring('ab')
    expectOutcome(await consumer.recv(64), 'the second receive').toBring('cd')
  },
}

const sent = patternBytes(100, 3).toString('hex')
const [head, rest] = [sent.slice(0, 20), sent.slice(20)]

const boundarySplit: GenericCase = {
  id: 'x.boundary-split',
  theme: 'boundary',
  core: true,
  says: 'A receive with too small a buffer leaves the rest for the next one, or loses it, or says that there is more.',
  cites: ['XSH read', 'pipe(2) O_DIRECT', 'MS:ReadFile ERROR_MORE_DATA'],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    expectSent(await producer.send(hex(sent)), hex(sent))
    await afterShortReceive[traits.shortRead](consumer)
    expectSent(await producer.send('next'), 'next')
    expectOutcome(await consumer.recv(200), 'the receive of what was sent next').toBring('next')
  },
}

const afterShortReceive: Record<Traits['shortRead'], (consumer: End) => Promise<void>> = {
  async 'keeps-rest'(consumer) {
    expectOutcome(await consumer.recv(10), 'the short receive').toBring(hex(head))
    expectOutcome(await consumer.recv(200), 'the receive behind it').toBring(hex(rest))
  },
  async 'discards-rest'(consumer) {
    expectOutcome(await consumer.recv(10), 'the short receive').toBring(hex(head))
  },
  async 'more-data'(consumer) {
    const short = await consumer.recv(10)
    expectOutcome(short, 'the short receive').toFail('ERROR_MORE_DATA')
    expectValue(short.hex ?? '', 'what the short receive brought').toEqual(head)
    expectOutcome(await consumer.recv(200), 'the receive behind it').toBring(hex(rest))
  },
}

const boundaryZeroLength: GenericCase = {
  id: 'x.boundary-zero-length',
  theme: 'boundary',
  says: 'A send of no bytes does nothing, or arrives as an empty message that cannot be taken for the end.',
  cites: ['XSH write', 'pipe(7)', 'MS:WriteFile', 'MS:ReadFile'],
  async run({ open, traits, note }) {
    const link = await open()
    expectSent(await link.producer.send(''), '')
    await afterEmptySend[traits.zeroLength](link, traits)
    note('empty-send', traits.zeroLength)
  },
}

const afterEmptySend: Record<Traits['zeroLength'], (link: Link, traits: Traits) => Promise<void>> = {
  async 'no-op'({ producer, consumer }, { whenEmpty }) {
    await setBlocking(consumer, false)
    expectOutcome(await consumer.recv(64), 'a receive on the link, still empty,').toBe(whenEmpty)
    expectSent(await producer.send('after'), 'after')
    expectOutcome(await consumer.recv(64), 'the receive after it').toBring('after')
  },
  async 'empty-message'({ producer, consumer }, { peerGone }) {
    expectSent(await producer.send('after'), 'after')
    const empty = await consumer.recv(64)
    expectOutcome(empty, 'the receive of the empty message').toBring('')
    expectValue(meets(empty, peerGone), 'that it looks like the end').toEqual(false)
    expectOutcome(await consumer.recv(64), 'the receive after it').toBring('after')
  },
}

export const boundaryCases: readonly GenericCase[] = [boundaryCoalesce, boundarySplit, boundaryZeroLength]
