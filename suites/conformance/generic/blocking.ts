/** Who waits for whom: a sender for room, a receiver for data; and what they are told when they may not wait. */

import { expectOutcome, movedBy } from '../../../harness/conformance/expect.ts'
import { lengthOf } from '../../../harness/pair/bytes.ts'
import type { GenericCase } from '../../../harness/pair/stage.ts'
import { brick, expectBricks, expectSent, fill, setBlocking } from './shared.ts'

const backpressureNonblocking: GenericCase = {
  id: 'x.backpressure-nonblocking',
  theme: 'block',
  core: true,
  says: 'A sender that may not wait is told when the link is full, and what was taken before is all delivered.',
  cites: ['XSH write', 'pipe(7)', 'unix(7)', 'MS:WriteFile', 'MS "Named Pipe Type, Read, and Wait Modes"'],
  async run({ open, traits, note }) {
    const { producer, consumer } = await open()
    const sends = await fill(producer, traits.whenFull)
    note('capacity', { sends, bytes: sends * lengthOf(brick) })
    await expectBricks(consumer, sends, traits.whenEmpty)
    expectSent(await producer.send('room again'), 'room again')
    expectOutcome(await consumer.recv(64), 'the receive after it').toBring('room again')
  },
}

const backpressureBlocking: GenericCase = {
  id: 'x.backpressure-blocking',
  theme: 'block',
  core: true,
  says: 'A sender that may wait does so on a full link, and goes on once the consumer has received.',
  cites: ['XSH write', 'pipe(7)', 'unix(7)', 'MS:WriteFile'],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    const sends = await fill(producer, traits.whenFull)
    await setBlocking(producer, true)
    const sending = producer.send(brick)
    await producer.blocked()
    const first = await consumer.recv(sends * lengthOf(brick))
    expectSent(await sending, brick, 'the send that had waited')
    const firstBricks = movedBy(first) / lengthOf(brick)
    await expectBricks(consumer, sends + 1 - firstBricks, traits.whenEmpty)
  },
}

const readEmptyBlocks: GenericCase = {
  id: 'x.read-empty-blocks',
  theme: 'block',
  core: true,
  says: 'A receive on an empty link waits, and returns with the first send.',
  cites: ['XSH read', 'pipe(7)', 'MS:ReadFile'],
  async run({ open }) {
    const { producer, consumer } = await open()
    const reading = consumer.recv(64)
    await consumer.blocked()
    expectSent(await producer.send('at last'), 'at last')
    expectOutcome(await reading, 'the receive that had waited').toBring('at last')
  },
}

const readEmptyNonblocking: GenericCase = {
  id: 'x.read-empty-nonblocking',
  theme: 'block',
  core: true,
  says: 'A receive that may not wait says that the link is empty, which is not what it says at the end.',
  cites: ['XSH read', 'pipe(7)', 'MS:ReadFile', 'MS "Named Pipe Type, Read, and Wait Modes"'],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    await setBlocking(consumer, false)
    expectOutcome(await consumer.recv(64), 'a receive on an empty link').toBe(traits.whenEmpty)
    expectSent(await producer.send('now'), 'now')
    expectOutcome(await consumer.recv(64), 'a receive with data there').toBring('now')
    expectOutcome(await consumer.recv(64), 'a receive on the link, empty again,').toBe(traits.whenEmpty)
    expectOutcome(await producer.close(), 'the close').toSucceed()
    expectOutcome(await consumer.recv(64), 'a receive at the end').toBe(traits.peerGone)
  },
}

export const blockingCases: readonly GenericCase[] = [
  backpressureNonblocking,
  backpressureBlocking,
  readEmptyBlocks,
  readEmptyNonblocking,
]
