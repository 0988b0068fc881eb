/**
 * HdrHistogram's V2 encoding: a head, the counts up to the highest as ZigZag LEB128 with runs of zeros as one negative
 * number, deflated, and all of it in base64. The buckets of a record are HdrHistogram's own, so that nothing is rounded.
 */

import { deflateSync } from 'node:zlib'
import { bucketAt } from '../harness/measure/histogram.ts'
import type { SparseHistogram } from '../harness/model.ts'

/** Both say that counts are variable in length: 0x10. */
const plainCookie = 0x1c849313
const compressedCookie = 0x1c849314
const headBytes = 40
const significantDigits = 3

/** No whole number that can be held exactly is beyond. */
const lastIndex = 45_055

export interface Encoded {
  /** The highest value that is taken for the highest that was counted. */
  readonly highest: number
  readonly base64: string
}

export function encodedHistogram({ counts }: SparseHistogram): Encoded {
  const sorted = counts.filter(isCount).sort(([a], [b]) => a - b)
  const { lowest, size } = bucketAt(sorted.at(-1)?.[0] ?? 0)
  const highest = lowest + size - 1
  const body = deflateSync(plain(sorted, highest))
  const head = Buffer.alloc(8)
  head.writeInt32BE(compressedCookie, 0)
  head.writeInt32BE(body.length, 4)
  return { highest, base64: Buffer.concat([head, body]).toString('base64') }
}

const isCount = ([index, count]: SparseHistogram['counts'][number]): boolean =>
  Number.isInteger(index) && index >= 0 && index <= lastIndex && Number.isSafeInteger(count) && count > 0

function plain(sorted: SparseHistogram['counts'], highest: number): Buffer {
  const payload = payloadOf(sorted)
  const head = Buffer.alloc(headBytes)
  head.writeInt32BE(plainCookie, 0)
  head.writeInt32BE(payload.length, 4)
  head.writeInt32BE(0, 8)
  head.writeInt32BE(significantDigits, 12)
  head.writeBigInt64BE(1n, 16)
  // A range has to reach to twice the lowest value.
  head.writeBigInt64BE(BigInt(Math.max(2, highest)), 24)
  head.writeDoubleBE(1, 32)
  return Buffer.concat([head, payload])
}

function payloadOf(sorted: SparseHistogram['counts']): Buffer {
  const bytes: number[] = []
  let next = 0
  for (const [index, count] of sorted) {
    const zeros = index - next
    if (zeros > 0) putZigZag(bytes, zeros === 1 ? 0 : -zeros)
    putZigZag(bytes, count)
    next = index + 1
  }
  return Buffer.from(bytes)
}

/** Seven bits a byte, the lowest first. Counts are beyond 32 bits, and far below 53. */
function putZigZag(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}
