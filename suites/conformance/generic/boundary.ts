/** Where one send ends and the next begins: kept by message mechanisms, unknown to byte streams. */

import { expectOutcome, expectValue, meets } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits } from '../../../harness/model.ts'
import { hex, patternBytes } from '../../../harness/pair/bytes.ts'
import type { End, GenericCase, Link } from '../../../harness/pair/stage.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { byKind, expectSent, setBlocking } from './shared.ts'

const readModes = 'MS "Named Pipe Type, Read, and Wait Modes"'

const boundaryCoalesce: GenericCase = {
  id: 'x.boundary-coalesce',
  theme: 'boundary',
  core: true,
  says: 'One large receive after two sends brings both from a byte stream, and the first alone where messages are kept.',
  cites: ['pipe(7)', 'unix(7)', 'XSH read', readModes],
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      expectSent(await producer.send('ab'), 'ab')
      expectSent(await producer.send('cd'), 'cd')
      await afterTwoSends[traits.framing](consumer)
    },
  }),
}

const afterTwoSends: Record<ChannelTraits['framing'], (consumer: End) => Promise<void>> = {
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
  says: 'A receive with too small a buffer leaves the rest for the next one, or loses it, or says that there is more, or is refused.',
  cites: ['XSH read', 'pipe(2) O_DIRECT', 'MS:ReadFile ERROR_MORE_DATA'],
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      expectSent(await producer.send(hex(sent)), hex(sent))
      await byKind<ChannelTraits['shortRead'], Promise<void>>(traits.shortRead, {
        async 'keeps-rest'() {
          expectOutcome(await consumer.recvShort(10), 'the short receive').toBring(hex(head))
          expectOutcome(await consumer.recv(200), 'the receive behind it').toBring(hex(rest))
        },
        async 'discards-rest'() {
          expectOutcome(await consumer.recvShort(10), 'the short receive').toBring(hex(head))
        },
        async 'more-data'() {
          expectOutcome(await consumer.recvShort(10), 'the short receive').toFailBringing('ERROR_MORE_DATA', hex(head))
          expectOutcome(await consumer.recv(200), 'the receive behind it').toBring(hex(rest))
        },
        async 'fails-with-part'({ error }) {
          expectOutcome(await consumer.recvShort(10), 'the short receive').toFailBringing(error, hex(head))
        },
        async refused({ error }) {
          expectOutcome(await consumer.recvShort(10), 'the short receive').toFail(error)
          expectOutcome(await consumer.recv(200), 'the receive behind it').toBring(hex(sent))
        },
      })
      expectSent(await producer.send('next'), 'next')
      expectOutcome(await consumer.recv(200), 'the receive of what was sent next').toBring('next')
    },
  }),
}

const boundaryZeroLength: GenericCase = {
  id: 'x.boundary-zero-length',
  theme: 'boundary',
  says: 'A send of no bytes is refused, or does nothing, or arrives; whether that can be taken for the end is told.',
  cites: ['XSH write', 'pipe(7)', 'MS:WriteFile', 'MS:ReadFile'],
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits, note }) {
      const link = await open()
      const { zeroLength } = traits
      const empty = await link.producer.send('')
      if (typeof zeroLength === 'object') {
        expectOutcome(empty, 'the empty send').toFail(zeroLength.error)
        await nothingArrived(link, traits)
      } else {
        expectSent(empty, '')
        await afterEmptySend[zeroLength](link, traits)
      }
      note('empty-send', typeof zeroLength === 'object' ? zeroLength.error : zeroLength)
    },
  }),
}

async function nothingArrived({ producer, consumer }: Link, { whenEmpty }: ChannelTraits): Promise<void> {
  await setBlocking(consumer, false)
  expectOutcome(await consumer.recv(64), 'a receive on the link, still empty,').toBe(whenEmpty)
  expectSent(await producer.send('after'), 'after')
  expectOutcome(await consumer.recv(64), 'the receive after it').toBring('after')
}

type EmptySend = Extract<ChannelTraits['zeroLength'], string>

const afterEmptySend: Record<EmptySend, (link: Link, traits: ChannelTraits) => Promise<void>> = {
  'no-op': nothingArrived,
  async 'empty-message'(link, { peerGone }) {
    const looksLikeTheEnd = await receiveEmpty(link, peerGone)
    expectValue(looksLikeTheEnd, 'whether it looks like the end').toEqual(false)
  },
  async 'looks-like-end'(link, { peerGone }) {
    const looksLikeTheEnd = await receiveEmpty(link, peerGone)
    expectValue(looksLikeTheEnd, 'whether it looks like the end').toEqual(true)
  },
}

/** Receives an empty message and the one behind it; answers whether it could be taken for the end. */
async function receiveEmpty({ producer, consumer }: Link, peerGone: ChannelTraits['peerGone']): Promise<boolean> {
  expectSent(await producer.send('after'), 'after')
  const empty = await consumer.recv(64)
  expectOutcome(empty, 'the receive of the empty message').toBring('')
  expectOutcome(await consumer.recv(64), 'the receive after it').toBring('after')
  return peerGone !== 'never-told' && meets(empty, peerGone)
}

export const boundaryCases: readonly GenericCase[] = [boundaryCoalesce, boundarySplit, boundaryZeroLength]
