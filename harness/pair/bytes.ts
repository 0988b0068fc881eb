/**
 * Bytes that both sides can generate and verify: the same xorshift32 pattern and CRC-32 as the native core
 * (native/core/bytes.h; PROTOCOL.md has the definition).
 */

import { crc32 } from 'node:zlib'
import type { Bytes, Outcome } from '../model.ts'

export const pattern = (length: number, seed: number): Bytes => ({ pattern: length, seed })
export const hex = (digits: string): Bytes => ({ hex: digits })
export const zeros = (length: number): Bytes => hex('00'.repeat(length))

export function materialise(data: Bytes): Buffer {
  if (typeof data === 'string') return Buffer.from(data, 'utf8')
  if ('hex' in data) return Buffer.from(data.hex, 'hex')
  return patternBytes(data.pattern, data.seed)
}

export function lengthOf(data: Bytes): number {
  if (typeof data === 'string') return Buffer.byteLength(data)
  return 'hex' in data ? data.hex.length / 2 : data.pattern
}

/** The bytes that an outcome shows: the first of them, where there are many. */
export const bytesOf = ({ hex: digits = '' }: Pick<Outcome, 'hex'>): Buffer => Buffer.from(digits, 'hex')

export function patternBytes(length: number, seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4))
  let x = (Math.imul(seed, 2654435761) + 1) >>> 0 || 1
  for (let i = 0; i < words.length; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    words[i] = x
  }
  return Buffer.from(words.buffer, 0, length)
}

export const crcOf = (bytes: Uint8Array): number => crc32(bytes)

/** The checksum of one run of bytes and another behind it, from the checksums of the two. */
export function joinedCrc(first: number, second: number, secondLength: number): number {
  const zeros = new Uint8Array(secondLength)
  return (crc32(zeros, first) ^ crc32(zeros) ^ second) >>> 0
}

/** For sentences: short text as it stands, anything else by its length and first bytes. */
export function describeBytes(head: Uint8Array, length: number): string {
  if (length === 0) return 'no bytes'
  const text = Buffer.from(head).toString('latin1')
  if (length === head.length && /^[\x20-\x7e]*$/.test(text)) return `'${text}'`
  return `${length} bytes beginning ${Buffer.from(head.subarray(0, 8)).toString('hex')}`
}
