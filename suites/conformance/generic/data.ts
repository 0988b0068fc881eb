/** Data arrives as it was sent. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import { pattern } from '../../../harness/pair/bytes.ts'
import type { CounterEnd, GenericCase } from '../../../harness/pair/stage.ts'
import { expectReceived, receive, whileSending } from './receiving.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { large, longestMessage, unitsToTry } from './shared.ts'

/** Around every border that a mechanism may have: a byte, a page, the default size of a pipe; and beyond them all. */
const sizes = [1, 2, 255, 4095, 4096, 4097, 65_535, 65_536, 65_537, large]
const upTo = (longest: number) => [...sizes.filter((size) => size < longest), Math.min(longest, large)]

const roundtripIntegrity: GenericCase = {
  id: 'x.roundtrip-integrity',
  theme: 'data',
  core: true,
  says: 'What one process gives arrives whole at the other, from one byte to one mebibyte: nothing is lost, doubled or changed.',
  cites: ['XSH read', 'XSH write', 'MS:ReadFile', 'MS:WriteFile'],
  rows: rowsOf(nothingIsSent, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      for (const [index, size] of upTo(await longestMessage(producer, traits)).entries()) {
        const block = pattern(size, index + 1)
        expectReceived(await whileSending([[producer.send(block), block]], receive(consumer, size)), block)
      }
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      const units = unitsToTry(traits)
      for (let added = 0; added < units; added++) expectOutcome(await producer.add(), 'adding one').toSucceed()
      await expectUnits(consumer, traits.takes === 'all' ? 1 : units)
      expectOutcome(await consumer.tryTake(), 'one more taking').toBe(traits.whenEmpty)
    },
    async memory({ open }) {
      const { producer, consumer } = await open()
      for (const [index, size] of upTo(producer.size).entries()) {
        const block = pattern(size, index + 1)
        expectOutcome(await producer.store(0, block), `the store of ${size} bytes`).toSucceed()
        expectOutcome(await consumer.load(0, size), 'the load').toBring(block)
      }
    },
    async call({ open, traits }) {
      const { producer } = await open()
      const longest = traits.maxArgument.is === 'at-most' ? traits.maxArgument.bytes : large
      for (const [index, size] of upTo(longest).entries()) {
        const block = pattern(size, index + 1)
        expectOutcome(await producer.echo(block), `the answer to ${size} bytes`).toBring(block)
      }
    },
  }),
}

async function expectUnits(consumer: CounterEnd, units: number): Promise<void> {
  for (let taken = 0; taken < units; taken++) expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
}

export const dataCases: readonly GenericCase[] = [roundtripIntegrity]
