/** Links that are filled until they hold no more, and sends that wait for room. */

import { expectOutcome, expectValue, movedBy } from '../../../harness/conformance/expect.ts'
import type { Bytes, ChannelTraits, Outcome } from '../../../harness/model.ts'
import { crcOf, lengthOf, materialise, pattern } from '../../../harness/pair/bytes.ts'
import type { End, Link } from '../../../harness/pair/stage.ts'
import { receive } from './receiving.ts'
import { expectSent, large, setBlocking } from './shared.ts'
import { bytesIn, describeRow, transfersOf } from './tally.ts'

const enoughToFill = 100_000

/** What links are filled with, send after send. */
export const brick = pattern(4096, 7)

/** Makes a link hold little, where it would hold megabytes. */
export async function narrow({ producer, consumer }: Link): Promise<void> {
  for (const end of [consumer, producer]) {
    for (const words of end.io.narrow?.(end.handle) ?? []) expectOutcome(await end.call(...words), words[0]).toSucceed()
  }
}

/** What a link was filled with: how much was taken of each brick, of which a byte stream may have taken a part. */
export interface Filled {
  readonly sends: number
  readonly bytes: Buffer
}

/** Sends without waiting until nothing more is taken, which must be said as the mechanism promises. */
export async function fill(link: Link, { whenFull, framing }: ChannelTraits): Promise<Filled> {
  if (typeof whenFull === 'string') throw new TypeError('this mechanism promises nothing of a link that is full')
  await narrow(link)
  const { producer } = link
  await setBlocking(producer, false)
  const taken: Buffer[] = []
  let outcome = await producer.send(brick)
  while (outcome.error === undefined && movedBy(outcome) > 0 && taken.length < enoughToFill) {
    if (framing === 'message') expectSent(outcome, brick)
    taken.push(materialise(brick).subarray(0, movedBy(outcome)))
    outcome = await producer.send(brick)
  }
  expectOutcome(outcome, 'a send on a full link').toBe(whenFull)
  return { sends: taken.length, bytes: Buffer.concat(taken) }
}

/** Receives exactly what the link was filled with. */
export async function expectFilling(consumer: End, { bytes }: Filled): Promise<void> {
  const received = await receive(consumer, bytes.length)
  expectValue(received.length, 'the bytes that the link had held').toEqual(bytes.length)
  expectValue(received.crc, 'their checksum').toEqual(crcOf(bytes))
}

/** Nothing more is there, which must be said as promised. */
export async function expectEmpty(consumer: End, { whenEmpty }: Pick<ChannelTraits, 'whenEmpty'>): Promise<void> {
  await setBlocking(consumer, false)
  expectOutcome(await consumer.recv(64), 'a receive on an empty link').toBe(whenEmpty)
}

/**
 * Starts a send that has to wait, and answers what was in the link before. Where the length of sends is limited, or what
 * has room is taken, that is one more brick on a full link; else it is one send that no link can hold.
 */
export async function startBlockedSend(link: Link, traits: ChannelTraits): Promise<BlockedSend> {
  const { producer } = link
  const limited = traits.maxMessage.is === 'at-most' || traits.maxMessage.is === 'taken-in-part'
  const before = limited ? await fill(link, traits) : { sends: 0, bytes: Buffer.alloc(0) }
  if (limited) await setBlocking(producer, true)
  else await narrow(link)
  const data = limited ? brick : pattern(large, 13)
  const sending = producer.send(data)
  await producer.blocked()
  return { sending, data, before }
}
export interface BlockedSend {
  readonly sending: Promise<Outcome>
  readonly data: Bytes
  readonly before: Filled
}

/** Receives without waiting until nothing more is there, where some may have been dropped; answers how many came. */
export async function expectSomeBricks(consumer: End, traits: ChannelTraits): Promise<number> {
  await setBlocking(consumer, false)
  const rows = transfersOf(await consumer.recvMany(enoughToFill, lengthOf(brick), lengthOf(brick)))
  const crc = crcOf(materialise(brick))
  expectValue(rows.filter((row) => row.crc !== crc).map(describeRow), 'what came and was not sent').toEqual([])
  await expectEmpty(consumer, traits)
  return bytesIn(rows) / lengthOf(brick)
}
