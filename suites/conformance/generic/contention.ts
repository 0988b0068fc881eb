/** Several producers at once: whose records stay whole. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits, Outcome } from '../../../harness/model.ts'
import { crcOf, hex, materialise, pattern } from '../../../harness/pair/bytes.ts'
import type { End, GenericCase, Passable } from '../../../harness/pair/stage.ts'
import { commonPage } from '../../mechanisms/common-page.ts'
import { prepareToStop, stopBySignal, stoppedBySignal } from './receiving.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { another, byKind, longestMessage } from './shared.ts'
import { bytesIn, describeRow, tallyOf, transfersOf } from './tally.ts'

const wholeEach = 400
const tornEach = 20

const multiProducerAtomicity: GenericCase = {
  id: 'x.multi-producer-atomicity',
  theme: 'atomic',
  core: true,
  says: 'What several processes do at once is never torn up to the promised length; how much is torn beyond it is recorded.',
  cites: ['XSH write PIPE_BUF', 'pipe(7)', 'unix(7)', 'XSH semop', 'XSH pthread_mutex_lock', 'MS:WriteFile'],
  exempts: ({ kind, traits }) => {
    if (kind === 'counter' && traits.atMaximum.is === 'coalesces') return 'what several add at once counts as one'
    if (kind === 'memory' && traits.inheritance === 'never') return 'only one process has it in its address space'
    if (kind === 'lock' && traits.interrupted === 'never-waits') return 'it can only be tried: nobody waits in a call'
    return undefined
  },
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits, note }) {
      const { producer, consumer } = await open()
      const producers = await fourOf(producer, traits)
      const torn = await byKind<ChannelTraits['atomicity'], Promise<number>>(traits.atomicity, {
        async 'every-send'() {
          const bytes = Math.min(10_000, await longestMessage(producer, traits))
          return nothingTorn(producers, consumer, bytes, traits)
        },
        async 'up-to'({ bytes }) {
          await nothingTorn(producers, consumer, bytes, traits)
          return countTorn(producers, consumer, 2 * bytes + 1, traits)
        },
        none: () => countTorn(producers, consumer, 150_000, traits),
      })
      note('torn', torn)
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      const adding = (await fourOf(producer, traits)).map((end) => end.addMany(250))
      for (const outcome of await Promise.all(adding)) expectOutcome(outcome, 'adding').toSucceed()
      if (traits.takes === 'all') expectOutcome(await consumer.tryTake(), 'taking all').toGive('value', 1000)
      else expectOutcome(await consumer.takeMany(1000), 'taking').toSucceed()
      expectOutcome(await consumer.tryTake(), 'taking one more').toBe(traits.whenEmpty)
    },
    async lock({ open, os, names }) {
      const { producer, consumer } = await open()
      const mapIn = commonPage({ os, names })
      const counting = [producer, consumer].map(async (end) => {
        const page = await mapIn(end)
        const { io, handle } = end
        const guarded = await end.call(
          'guarded-increment',
          eachIncrements,
          page,
          io.acquire(handle),
          io.release(handle),
        )
        expectOutcome(guarded, 'counting under the lock').toSucceed()
        return page
      })
      const [page = 0] = await Promise.all(counting)
      const counted = await producer.call('memory-load-word', page)
      expectOutcome(counted, 'what two processes counted together').toReturn(2 * eachIncrements)
    },
    async memory({ open, traits }) {
      const { producer, consumer } = await open()
      const adding = (await fourOf(producer, traits)).map((end) => end.addMany(0, 10_000))
      for (const outcome of await Promise.all(adding)) expectOutcome(outcome, 'adding').toSucceed()
      const sum = Buffer.alloc(4)
      sum.writeUInt32LE(40_000)
      expectOutcome(await consumer.load(0, 4), 'the sum').toBring(hex(sum.toString('hex')))
    },
  }),
}

/** Increments of each process: enough for both to run at the same time for a while. */
const eachIncrements = 5000

/** An end and three children's. */
async function fourOf<E extends Passable<E>>(
  end: E,
  traits: Pick<ChannelTraits, 'inheritance'>,
): Promise<readonly E[]> {
  const roles = ['second-producer', 'third-producer', 'fourth-producer']
  return [end, ...(await Promise.all(roles.map((role) => another(end, role, traits))))]
}

/** A record tells by its checksum whose it is. */
const recordsOf = (producers: readonly End[], bytes: number) => producers.map((_, index) => pattern(bytes, index + 1))
const crcsOf = (producers: readonly End[], bytes: number) =>
  recordsOf(producers, bytes).map((record) => crcOf(materialise(record)))

/** Every record arrives, or only some do where what has no room is dropped; none is torn. */
async function nothingTorn(
  producers: readonly End[],
  consumer: End,
  bytes: number,
  traits: ChannelTraits,
): Promise<number> {
  const records = recordsOf(producers, bytes)
  const drops = traits.whenFull === 'drops'
  if (drops) await prepareToStop([consumer], traits)
  // Where records may be lost their number ends nothing: one more is asked for than can come.
  const receiving = consumer.recvMany(producers.length * wholeEach + (drops ? 1 : 0), bytes, bytes)
  const sent = await Promise.all(producers.map((end, index) => end.sendMany(wholeEach, records[index] ?? '')))
  for (const outcome of sent) expectOutcome(outcome, 'the sends of one producer').toSucceed()
  if (drops) {
    await (stoppedBySignal(traits) ? stopBySignal([consumer]) : stopByEmptyMessages(producers, receiving))
    return onlyWhole(await receiving, crcsOf(producers, bytes))
  }
  const came = tallyOf(await receiving).map(describeRow)
  const wanted = crcsOf(producers, bytes).map((crc) => describeRow({ ret: bytes, crc, count: wholeEach }))
  expectValue(came.sort(), 'the records that came').toEqual(wanted.sort())
  return 0
}

/** An empty message, said again until it is not dropped, ends the receiving. */
async function stopByEmptyMessages([producer]: readonly End[], receiving: Promise<Outcome>): Promise<void> {
  let ended = false
  const note = () => {
    ended = true
  }
  // However it ends: what it says is for who waits for it.
  const end = receiving.then(note, note)
  while (!ended) {
    expectOutcome((await producer?.send('')) ?? { ret: 0, ns: 0 }, 'the empty message').toSucceed()
    await Promise.race([end, new Promise((later) => setTimeout(later, 1))])
  }
}

function onlyWhole(came: Outcome, crcs: readonly number[]): number {
  const rows = transfersOf(came)
  const torn = rows.filter((row) => !crcs.includes(row.crc ?? -1)).map(describeRow)
  expectValue(torn, "the records that are nobody's").toEqual([])
  expectValue(rows.length, 'how many different records came').toBeBetween(1, crcs.length)
  return 0
}

/** All that was taken arrives, wherever it was torn: the blocks that are nobody's record are counted. */
async function countTorn(
  producers: readonly End[],
  consumer: End,
  bytes: number,
  { maxMessage }: Pick<ChannelTraits, 'maxMessage'>,
): Promise<number> {
  const records = recordsOf(producers, bytes)
  const receiving = consumer.recvMany(1_000_000, 65_536, bytes)
  const sending = producers.map(async (end, index) => {
    const sent = await end.sendMany(tornEach, records[index] ?? '')
    expectOutcome(sent, 'the sends of one producer').toSucceed()
    expectOutcome(await end.close(), 'the close').toSucceed()
    return bytesIn(transfersOf(sent))
  })
  const taken = (await Promise.all(sending)).reduce((sum, each) => sum + each, 0)
  const sends = producers.length * tornEach
  if (maxMessage.is !== 'taken-in-part') expectValue(taken, 'the bytes that were taken').toEqual(sends * bytes)
  const came = transfersOf(await receiving)
  expectValue(bytesIn(came), 'the bytes that came').toEqual(taken)
  const whole = crcsOf(producers, bytes)
  const intact = came.filter((row) => row.ret === bytes && whole.includes(row.crc ?? -1))
  return sends - intact.reduce((sum, row) => sum + row.count, 0)
}

export const contentionCases: readonly GenericCase[] = [multiProducerAtomicity]
