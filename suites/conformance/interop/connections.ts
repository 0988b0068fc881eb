/** What TCP carries from one system to the other: bytes, numbers, an end, and an urgent byte. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../harness/model.ts'
import { crcOf, materialise } from '../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../harness/pair/stage.ts'
import { bothWaysRound, type Side } from './sides.ts'

const mebibyte = 1 << 20
const data = { pattern: mebibyte, seed: 7 }

/** Sends all of it and ends its half, while the other side receives all of it and finds it the same. */
async function carry(from: Side, to: Side): Promise<void> {
  const sending = from.send(data)
  const ending = from.call('shutdown', from.handle, from.words.endOfSending)
  const received = await to.recvMany(1_000_000, 65_536, mebibyte)
  expectOutcome(await sending, `send on ${from.os}`).toReturn(mebibyte)
  expectOutcome(await ending, `shutdown on ${from.os}`).toReturn(0)
  expectOutcome(received, `the last recv on ${to.os}`).toReturn(0)
  expectOutcome(received, `recv on ${to.os}`).toGive('tally', [
    { ret: mebibyte, crc: crcOf(materialise(data)), count: 1 },
  ])
}

/** The four bytes that a number has in the memory of a machine that begins with the lowest. */
function inMemory(number: number): { hex: string } {
  const word = Buffer.alloc(4)
  word.writeUInt32LE(number)
  return { hex: word.toString('hex') }
}
const fromMemory = ({ hex = '' }: Outcome): number => (hex.length === 8 ? Buffer.from(hex, 'hex').readUInt32LE() : -1)

/** Sends a text behind its length, which each side brings into its own order of bytes. */
async function carryRecord(from: Side, to: Side, text: string): Promise<void> {
  const written = await from.must('htonl', text.length)
  expectOutcome(await from.send(inMemory(written)), `send of the length on ${from.os}`).toReturn(4)
  const head = await to.recv(4)
  expectOutcome(head, `recv of the length on ${to.os}`).toBring({
    hex: `0000${text.length.toString(16).padStart(4, '0')}`,
  })
  const length = await to.must('ntohl', fromMemory(head))
  expectValue(length, `the length that ${to.os} decodes`).toEqual(text.length)
  await from.must('send', from.handle, text, 0)
  expectOutcome(await to.recv(length), `recv of so many bytes on ${to.os}`).toBring(text)
}

const addressAt = async ({ call, handle }: Side, which: 'getsockname' | 'getpeername'): Promise<string> =>
  String((await call(which, handle)).out?.address)

/** Waits until a side is told that urgent data is there. */
async function urgentTold({ os, call, handle }: Side): Promise<void> {
  if (os === 'linux') {
    expectOutcome(await call('poll', [[handle, 'POLLPRI']], 5000), 'poll').toGive('revents', ['POLLPRI'])
  } else {
    expectOutcome(await call('select', [], [], [handle], 5000), 'select').toGive('except', [handle])
  }
}

export const connections: readonly SpecificCase[] = [
  {
    id: 'interop.echo-both-roles',
    mechanism: 'tcp',
    with: 'windows',
    theme: 'data',
    core: true,
    says: 'A mebibyte that a client of one system sends to a server of the other comes back the same, both ways round.',
    cites: ['RFC 9293 3.8', 'XSH send', 'MS:send'],
    async run(stage) {
      await bothWaysRound(stage, async (client, server) => {
        await carry(client, server)
        await carry(server, client)
      })
    },
  },
  {
    id: 'interop.half-close-both-ways',
    mechanism: 'tcp',
    with: 'windows',
    theme: 'eof',
    says: 'After SHUT_WR, or SD_SEND, the other system receives 0 and can still reply; a send of this one fails by its own name.',
    cites: ['XSH shutdown', 'MS:shutdown', 'RFC 9293 3.6'],
    async run(stage) {
      await bothWaysRound(stage, async (client, server) => {
        const { endOfSending, quietly, sendAfterEnd } = client.words
        expectOutcome(await client.send('question'), `send on ${client.os}`).toReturn(8)
        expectOutcome(await client.call('shutdown', client.handle, endOfSending), `shutdown on ${client.os}`).toReturn(
          0,
        )
        expectOutcome(await server.recv(64), `recv on ${server.os}`).toBring('question')
        expectOutcome(await server.recv(64), `recv at the end on ${server.os}`).toReturn(0)

        expectOutcome(await server.send('answer'), `send of the reply on ${server.os}`).toReturn(6)
        expectOutcome(await client.recv(64), `recv of the reply on ${client.os}`).toBring('answer')
        const late = await client.call('send', client.handle, 'x', quietly)
        expectOutcome(late, `send after shutdown on ${client.os}`).toFail(sendAfterEnd)
        await server.must('shutdown', server.handle, server.words.endOfSending)
        expectOutcome(await client.recv(64), `recv at the other end on ${client.os}`).toReturn(0)
      })
    },
  },
  {
    id: 'interop.byte-order-framing',
    mechanism: 'tcp',
    with: 'windows',
    theme: 'data',
    says: 'A length in the order of bytes of the network, and the addresses of a connection, mean the same to both systems.',
    cites: ['XSH htonl', 'MS:htonl', 'RFC 9293 3.1'],
    async run(stage) {
      await bothWaysRound(stage, async (client, server) => {
        await carryRecord(client, server, 'x'.repeat(0x1ab))
        await carryRecord(server, client, 'y'.repeat(0x2cd))
        for (const [here, there] of [
          [client, server],
          [server, client],
        ] as const) {
          const told = await addressAt(there, 'getpeername')
          expectValue(told, `the address of the ${here.os} side, as ${there.os} tells it`).toEqual(
            await addressAt(here, 'getsockname'),
          )
        }
      })
    },
  },
  {
    id: 'interop.oob-one-byte',
    mechanism: 'tcp',
    with: 'windows',
    theme: 'data',
    says: 'Of a send with MSG_OOB one byte, the last, is urgent on the other system: it is told of, and received apart.',
    cites: ['RFC 6093', 'XSH send', 'MS "Protocol-Independent Out-of-Band Data"'],
    async run(stage) {
      await bothWaysRound(stage, async (client, server) => {
        expectOutcome(await client.send('ab'), `send on ${client.os}`).toReturn(2)
        const urgent = await client.call('send', client.handle, 'cd!', 'MSG_OOB')
        expectOutcome(urgent, `send with MSG_OOB on ${client.os}`).toReturn(3)
        await urgentTold(server)
        const byte = await server.call('recv', server.handle, 64, 'MSG_OOB')
        expectOutcome(byte, `recv of urgent data on ${server.os}`).toBring('!')
        expectOutcome(await server.recv(64), `recv of the rest on ${server.os}`).toBring('abcd')
      })
    },
  },
]
