/** What a value looks like on the wire, whoever encodes it. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { asArguments, encodeXdr, type XdrValue } from './xdr.ts'

interface Vector {
  readonly what: string
  readonly values: readonly XdrValue[]
  readonly hex: string
}

const vectors: readonly Vector[] = [
  {
    what: 'integers',
    values: [
      ['int', -2],
      ['int', 2_147_483_647],
      ['unsigned', 4_294_967_295],
      ['bool', 1],
    ],
    hex: 'fffffffe' + '7fffffff' + 'ffffffff' + '00000001',
  },
  {
    what: 'hypers',
    values: [
      ['hyper', -3n],
      ['hyper', 0x0102_0304_0506_0708n],
      ['hyper', -(1n << 63n)],
    ],
    hex: 'fffffffffffffffd' + '0102030405060708' + '8000000000000000',
  },
  {
    what: 'strings of every padding',
    values: [
      ['string', ''],
      ['string', 'a'],
      ['string', 'ab'],
      ['string', 'abc'],
      ['string', 'abcd'],
    ],
    hex: '00000000' + '0000000161000000' + '0000000261620000' + '0000000361626300' + '0000000461626364',
  },
  {
    what: 'opaque data, counted and of a fixed length',
    values: [
      ['opaque', { hex: '00ff80' }],
      ['fixed-opaque', { hex: '0102030405' }],
    ],
    hex: '0000000300ff8000' + '0102030405000000',
  },
  {
    // A file's name, its kind and interpreter, its owner, its data.
    what: 'the example of RFC 4506',
    values: [
      ['string', 'sillyprog'],
      ['int', 2],
      ['string', 'lisp'],
      ['string', 'john'],
      ['opaque', { hex: '287175697429' }],
    ],
    hex: [
      '0000000973696c6c7970726f67000000',
      '00000002',
      '000000046c697370',
      '000000046a6f686e',
      '000000062871756974290000',
    ].join(''),
  },
]

export const portability: readonly SpecificCase[] = [
  {
    id: 'rpc.xdr-portability',
    mechanism: 'rpc-unix',
    theme: 'data',
    says: 'Values are the same bytes whoever encodes them, the native library or one written from the RFC, and are decoded from them.',
    cites: ['RFC 4506', 'xdr(3)'],
    async run({ start }) {
      const encoder = await start('encoder')
      const decoder = await start('decoder')
      for (const { what, values, hex } of vectors) {
        expectValue(encodeXdr(values).toString('hex'), `${what}, encoded here,`).toEqual(hex)
        const encoded = await encoder.call('xdr-encode', asArguments(values))
        expectOutcome(encoded, `${what}, encoded there,`).toBring({ hex })
      }
      const bytes = {
        hex: encodeXdr([
          ['int', -2],
          ['string', 'abc'],
          ['hyper', 7n],
        ]).toString('hex'),
      }
      const types = [['int'], ['string'], ['hyper']]
      const decoded = await decoder.call('xdr-decode', bytes, types)
      expectOutcome(decoded, 'decoding').toGive('values', [-2, 'abc', 7])
      const cut = { hex: bytes.hex.slice(0, -8) }
      expectOutcome(await decoder.call('xdr-decode', cut, types), 'decoding what was cut').toFail('RPC_CANTDECODERES')
    },
  },
]
