/** Records over a connection: kept apart, cut when there is no room for them, and ended like a stream. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { flagsOf } from './messages.ts'

/** unix(7): what the kernel keeps of a send buffer for itself. */
const overhead = 32

export const records: readonly SpecificCase[] = [
  {
    id: 'uds-seqpacket.boundaries',
    mechanism: 'unix-seqpacket',
    theme: 'boundary',
    core: true,
    says: 'Each send is received as one record; what a short buffer does not take is lost, and MSG_TRUNC tells.',
    cites: ['XSH recvmsg', 'unix(7)'],
    async run({ open, note }) {
      const { producer, consumer } = await open()
      const sending = (text: string) => producer.must('send', producer.handle, text, 'MSG_EOR')
      const receiving = (max: number) => consumer.call('recvmsg', consumer.handle, max, 0, 'MSG_DONTWAIT')
      await sending('first')
      await sending('second')
      await sending('third')

      const whole = await receiving(64)
      expectOutcome(whole, 'recvmsg of a record').toBring('first')
      expectValue(flagsOf(whole), 'the flags of a whole record').toLack('MSG_TRUNC')
      // Whether a protocol tells MSG_EOR is left to it.
      note('MSG_EOR at the end of a record', flagsOf(whole).includes('MSG_EOR'))

      const cut = await receiving(3)
      expectOutcome(cut, 'recvmsg with too little room').toBring('sec')
      expectValue(flagsOf(cut), 'the flags of a record that was cut').toContain('MSG_TRUNC')
      expectOutcome(await receiving(64), 'the next recvmsg').toBring('third')
      expectOutcome(await receiving(64), 'recvmsg with nothing left').toFail('EAGAIN')
    },
  },
  {
    id: 'uds-seqpacket.zero-length-vs-eof',
    mechanism: 'unix-seqpacket',
    theme: 'eof',
    says: 'An empty record reads like the end, 0 bytes; POLLHUP and POLLRDHUP come with the end alone.',
    cites: ['unix(7)', 'poll(2)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const polling = () => consumer.call('poll', [[consumer.handle, 'POLLIN|POLLRDHUP']], 0)
      expectOutcome(await producer.call('send', producer.handle, '', 0), 'send of nothing').toReturn(0)
      expectOutcome(await polling(), 'poll with an empty record').toGive('revents', ['POLLIN'])
      expectOutcome(await consumer.call('recv', consumer.handle, 64, 0), 'recv of an empty record').toReturn(0)
      expectOutcome(await polling(), 'poll with nothing').toReturn(0)

      await producer.close()
      expectOutcome(await polling(), 'poll at the end').toGive('revents', ['POLLIN|POLLHUP|POLLRDHUP'])
      expectOutcome(await consumer.call('recv', consumer.handle, 64, 0), 'recv at the end').toReturn(0)
      expectOutcome(await polling(), 'poll after the end').toGive('revents', ['POLLIN|POLLHUP|POLLRDHUP'])
    },
  },
  {
    id: 'uds-seqpacket.too-big',
    mechanism: 'unix-seqpacket',
    theme: 'limit',
    says: 'A record of SO_SNDBUF less 32 bytes is the longest; one byte more fails with EMSGSIZE, and nothing of it arrives.',
    cites: ['unix(7)', 'XSH send'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.must('setsockopt', producer.handle, 'SOL_SOCKET', 'SO_SNDBUF', 8192)
      const size = await producer.call('getsockopt', producer.handle, 'SOL_SOCKET', 'SO_SNDBUF')
      expectOutcome(size, 'SO_SNDBUF').toGive('value', 16_384)
      const longest = 16_384 - overhead
      expectOutcome(await producer.send({ pattern: longest + 1, seed: 1 }), 'send of too much').toFail('EMSGSIZE')
      expectOutcome(await producer.send({ pattern: longest, seed: 2 }), 'send of the longest').toReturn(longest)
      expectOutcome(await consumer.recv(2 * longest), 'recv').toBring({ pattern: longest, seed: 2 })
    },
  },
]
