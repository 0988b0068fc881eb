/** Several producers at once: whose records stay whole. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { Traits } from '../../../harness/model.ts'
import { crcOf, materialise, pattern } from '../../../harness/pair/bytes.ts'
import type { End, GenericCase } from '../../../harness/pair/stage.ts'
import { another, byKind, bytesIn, describeRow, tallyOf, transfersOf } from './shared.ts'

const wholeEach = 400
const tornEach = 20

const multiProducerAtomicity: GenericCase = {
  id: 'x.multi-producer-atomicity',
  theme: 'atomic',
  core: true,
  says: 'Records of four producers are never torn up to the promised length; how many are torn beyond it is recorded.',
  cites: ['XSH write PIPE_BUF', 'pipe(7)', 'unix(7)', 'MS:WriteFile'],
  async run({ open, traits, note }) {
    const { producer, consumer } = await open()
    const others = ['second-producer', 'third-producer', 'fourth-producer'].map((role) =>
      another(producer, role, traits),
    )
    const producers = [producer, ...(await Promise.all(others))]
    const torn = await byKind<Traits['atomicity'], Promise<number>>(traits.atomicity, {
      'every-send': () => nothingTorn(producers, consumer, 10_000),
      async 'up-to'({ bytes }) {
        await nothingTorn(producers, consumer, bytes)
        return countTorn(producers, consumer, 2 * bytes + 1)
      },
      none: () => countTorn(producers, consumer, 150_000),
    })
    note('torn', torn)
  },
}

/** A record tells by its checksum whose it is. */
const recordsOf = (producers: readonly End[], bytes: number) => producers.map((_, index) => pattern(bytes, index + 1))
const crcsOf = (producers: readonly End[], bytes: number) =>
  recordsOf(producers, bytes).map((record) => crcOf(materialise(record)))

async function nothingTorn(producers: readonly End[], consumer: End, bytes: number): Promise<number> {
  const records = recordsOf(producers, bytes)
  const receiving = consumer.recvMany(producers.length * wholeEach, bytes, bytes)
  const sent = await Promise.all(producers.map((end, index) => end.sendMany(wholeEach, records[index] ?? '')))
  for (const outcome of sent) expectOutcome(outcome, 'the sends of one producer').toSucceed()
  const came = tallyOf(await receiving).map(describeRow)
  const wanted = crcsOf(producers, bytes).map((crc) => describeRow({ ret: bytes, crc, count: wholeEach }))
  expectValue(came.sort(), 'the records that came').toEqual(wanted.sort())
  return 0
}

/** All bytes arrive, wherever they were torn: the blocks that are nobody's record are counted. */
async function countTorn(producers: readonly End[], consumer: End, bytes: number): Promise<number> {
  const records = recordsOf(producers, bytes)
  const receiving = consumer.recvMany(1_000_000, 65_536, bytes)
  const sending = producers.map(async (end, index) => {
    expectOutcome(await end.sendMany(tornEach, records[index] ?? ''), 'the sends of one producer').toSucceed()
    expectOutcome(await end.close(), 'the close').toSucceed()
  })
  await Promise.all(sending)
  const came = transfersOf(await receiving)
  const sends = producers.length * tornEach
  expectValue(bytesIn(came), 'the bytes that came').toEqual(sends * bytes)
  const whole = crcsOf(producers, bytes)
  const intact = came.filter((row) => row.ret === bytes && whole.includes(row.crc ?? -1))
  return sends - intact.reduce((sum, row) => sum + row.count, 0)
}

export const contentionCases: readonly GenericCase[] = [multiProducerAtomicity]
