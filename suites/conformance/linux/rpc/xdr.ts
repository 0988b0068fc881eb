/**
 * XDR (RFC 4506) in TypeScript, written from its text and from nothing else: what the native library encodes is held
 * against it.
 */

import type { Arg } from '../../../../harness/model.ts'

/** A value with its type, as the calls `xdr-encode` and `rpc-call` take it. */
export type XdrValue =
  | readonly ['int' | 'unsigned', number]
  | readonly ['hyper', bigint]
  | readonly ['bool', 0 | 1]
  | readonly ['string', string]
  | readonly ['opaque' | 'fixed-opaque', { readonly hex: string }]

export const encodeXdr = (values: readonly XdrValue[]): Buffer => Buffer.concat(values.map(encodeValue))

/** Every item is a multiple of four bytes, the most significant first. */
function encodeValue(value: XdrValue): Buffer {
  switch (value[0]) {
    case 'int':
    case 'unsigned':
    case 'bool':
      return word(value[1])
    case 'hyper': {
      const bytes = Buffer.alloc(8)
      bytes.writeBigInt64BE(value[1])
      return bytes
    }
    case 'string':
      return counted(Buffer.from(value[1], 'utf8'))
    case 'opaque':
      return counted(Buffer.from(value[1].hex, 'hex'))
    case 'fixed-opaque':
      return padded(Buffer.from(value[1].hex, 'hex'))
  }
}

function word(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number >>> 0)
  return bytes
}

const counted = (bytes: Buffer): Buffer => Buffer.concat([word(bytes.length), padded(bytes)])
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])

/** For a call: the wire has no types of its own. */
export const asArguments = (values: readonly XdrValue[]): readonly Arg[] => values.map(([type, value]) => [type, value])
