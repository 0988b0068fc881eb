/** Packets as raw sockets send and see them, byte by byte: everything is in network order. */

import type { Bytes } from '../../../../harness/model.ts'
import { hex } from '../../../../harness/pair/bytes.ts'

/** A number of two bytes; what is not there counts as 0. */
export const wordAt = (bytes: Buffer, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)

/** The sum of RFC 1071: 0 over what carries its own checksum. */
export function checksumOf(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += wordAt(bytes, at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

export const asBytes = (buffer: Buffer): Bytes => hex(buffer.toString('hex'))

/** The host of `127.0.0.1:80`. */
export const hostIn = (address: string): string => address.replace(/:.*/, '')
const fourBytes = (host: string): number[] => host.split('.').map(Number)

export interface IpHeader {
  readonly version: number
  readonly length: number
  readonly id: number
  readonly ttl: number
  readonly protocol: number
  readonly checksum: number
  readonly source: string
  readonly destination: string
}
export const headerLength = 20
const headerWords = 5

/** A header of IP without options. */
export function ipHeader(says: IpHeader): Buffer {
  const header = Buffer.alloc(headerLength)
  header[0] = (says.version << 4) | headerWords
  header.writeUInt16BE(says.length, 2)
  header.writeUInt16BE(says.id, 4)
  header[8] = says.ttl
  header[9] = says.protocol
  header.writeUInt16BE(says.checksum, 10)
  header.set(fourBytes(says.source), 12)
  header.set(fourBytes(says.destination), 16)
  return header
}

/** What the first 20 bytes of a packet say. */
export const readIpHeader = (packet: Buffer): IpHeader => ({
  version: (packet[0] ?? 0) >>> 4,
  length: wordAt(packet, 2),
  id: wordAt(packet, 4),
  ttl: packet[8] ?? 0,
  protocol: packet[9] ?? 0,
  checksum: wordAt(packet, 10),
  source: packet.subarray(12, 16).join('.'),
  destination: packet.subarray(16, 20).join('.'),
})

/** A message of ICMP echo: a request, or the reply to one. */
export function icmpEcho(what: 'request' | 'reply', id: number, sequence: number, text: string): Buffer {
  const message = Buffer.concat([Buffer.alloc(8), Buffer.from(text)])
  message[0] = what === 'request' ? 8 : 0
  message.writeUInt16BE(id, 4)
  message.writeUInt16BE(sequence, 6)
  message.writeUInt16BE(checksumOf(message), 2)
  return message
}
