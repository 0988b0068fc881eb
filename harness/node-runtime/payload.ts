/**
 * What travels, and the sum that both ends must agree on: the same as in native code (native/workloads/payload.h and
 * side.h), so that either end may be either.
 */

import { crcOf, patternBytes } from '../pair/bytes.ts'

/** The seeds of the patterns of each direction. */
export const seeds = { ping: 1, pong: 2, stream: 3 } as const

const step = 64
const windowsFor = (size: number): number => (size <= 64 * 1024 ? 61 : 7)

/** A message at a time, each a window on one pattern. */
export interface Payload {
  message(): Buffer
  crc(): number
  advance(): void
  restart(): void
}

/** `apart` gives each window memory of its own: a structured clone of a view copies all that it is a view on. */
export function payloadOf(size: number, seed: number, apart = false): Payload {
  const windows = windowsFor(size)
  const whole = patternBytes(size + windows * step, seed)
  const messages = Array.from({ length: windows }, (_, i) => {
    const window = whole.subarray(i * step, i * step + size)
    return apart ? Buffer.from(Uint8Array.from(window).buffer) : window
  })
  const crcs = messages.map(crcOf)
  let next = 0
  return {
    message: () => messages[next] as Buffer,
    crc: () => crcs[next] as number,
    advance() {
      next = next + 1 === windows ? 0 : next + 1
    },
    restart() {
      next = 0
    },
  }
}

/** What one side carried in a phase, and a sum of 64 bits that depends on the order. */
export interface Tally {
  readonly messages: number
  add(crc: number): void
  clear(): void
  /** As sixteen hexadecimal digits. */
  checksum(): string
}

/** The multiplier 0x9e3779b97f4a7c15, in halves. */
const factor = { high: 0x9e3779b9, low: 0x7f4a7c15 } as const

/** In numbers and not in bigints, which would take longer than many a round trip. */
export function newTally(): Tally {
  let messages = 0
  let high = 0
  let low = 0
  return {
    get messages() {
      return messages
    },
    add(crc) {
      messages++
      low = (low ^ crc) >>> 0
      const carried = upperHalf(low, factor.low)
      high = (carried + Math.imul(high, factor.low) + Math.imul(low, factor.high)) >>> 0
      low = Math.imul(low, factor.low) >>> 0
    },
    clear() {
      messages = 0
      high = 0
      low = 0
    },
    checksum: () => [high, low].map((half) => half.toString(16).padStart(8, '0')).join(''),
  }
}

/** The upper 32 bits of the product of two numbers of 32 bits. */
function upperHalf(a: number, b: number): number {
  const [lowA, highA] = [a & 0xffff, a >>> 16]
  const [lowB, highB] = [b & 0xffff, b >>> 16]
  const first = highA * lowB + ((lowA * lowB) >>> 16)
  const second = lowA * highB + (first & 0xffff)
  return highA * highB + (first >>> 16) + (second >>> 16)
}
