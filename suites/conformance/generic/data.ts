/** Data arrives as it was sent. */

import { pattern } from '../../../harness/pair/bytes.ts'
import type { GenericCase } from '../../../harness/pair/stage.ts'
import { expectReceived, expectSent, large, receive } from './shared.ts'

/** Around every border that a mechanism may have: a byte, a page, the default size of a pipe; and beyond them all. */
const sizes = [1, 2, 255, 4095, 4096, 4097, 65_535, 65_536, 65_537, large]

const roundtripIntegrity: GenericCase = {
  id: 'x.roundtrip-integrity',
  theme: 'data',
  core: true,
  says: 'Every block from one byte to one mebibyte arrives whole: nothing is lost, doubled or changed.',
  cites: ['XSH read', 'XSH write', 'MS:ReadFile', 'MS:WriteFile'],
  async run({ open }) {
    const { producer, consumer } = await open()
    for (const [index, size] of sizes.entries()) {
      const block = pattern(size, index + 1)
      const sending = producer.send(block)
      expectReceived(await receive(consumer, size), block)
      expectSent(await sending, block, `the send of ${size} bytes`)
    }
  },
}

export const dataCases: readonly GenericCase[] = [roundtripIntegrity]
