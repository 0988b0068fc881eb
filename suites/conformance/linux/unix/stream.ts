/** What is true of connected stream sockets of the Unix domain alone: halves that close, bytes out of band, what they hold. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { datagram, makePair, seqpacket, stream } from '../../../mechanisms/unix-sockets.ts'
import { relatives } from './strangers.ts'

/** Fills a new pair with sends of one size; answers how many there was room for. */
async function sendsThatFit(peer: Peer, size: number, sendBuffer: number): Promise<number> {
  const [end] = await makePair(peer, stream)
  await peer.must('setsockopt', end, 'SOL_SOCKET', 'SO_SNDBUF', sendBuffer / 2)
  expectOutcome(await peer.call('getsockopt', end, 'SOL_SOCKET', 'SO_SNDBUF'), 'SO_SNDBUF').toGive('value', sendBuffer)
  const filling = await peer.call('repeat', sendBuffer, 0, 'send', end, { pattern: size, seed: 1 }, 'MSG_DONTWAIT')
  expectOutcome(filling, 'the last send').toFail('EAGAIN')
  return Number(filling.out?.times) - 1
}

export const streams: readonly SpecificCase[] = [
  {
    id: 'uds-stream.half-close',
    mechanism: 'unix-stream',
    theme: 'eof',
    core: true,
    says: 'SHUT_WR ends one direction and leaves the other alive; SHUT_RD makes the other side fail with EPIPE.',
    cites: ['XSH shutdown', 'unix(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.send('last words')
      expectOutcome(await producer.call('shutdown', producer.handle, 'SHUT_WR'), 'shutdown').toReturn(0)
      expectOutcome(await consumer.recv(64), 'recv').toBring('last words')
      expectOutcome(await consumer.recv(64), 'recv at the end').toReturn(0)
      expectOutcome(await consumer.recv(64), 'recv after the end').toReturn(0)
      const refused = await producer.call('send', producer.handle, 'more', 'MSG_NOSIGNAL')
      expectOutcome(refused, 'send after SHUT_WR').toFail('EPIPE')

      expectOutcome(await consumer.send('answer'), 'send the other way').toReturn(6)
      expectOutcome(await producer.recv(64), 'recv the other way').toBring('answer')

      expectOutcome(await producer.call('shutdown', producer.handle, 'SHUT_RD'), 'shutdown').toReturn(0)
      const unwanted = await consumer.call('send', consumer.handle, 'more', 'MSG_NOSIGNAL')
      expectOutcome(unwanted, 'send to one who has shut SHUT_RD').toFail('EPIPE')
    },
  },
  {
    id: 'uds-stream.capacity-unit-dependent',
    mechanism: 'unix-stream',
    theme: 'limit',
    says: 'What a socket holds is counted with what the kernel adds to each send: a byte costs as much as half a KiB would.',
    cites: ['unix(7)', 'socket(7)'],
    needs: [{ sysctl: 'net/core/wmem_max', atLeast: 106_496 }],
    async run({ start, note }) {
      const peer = await start('peer')
      const sendBuffer = 212_992
      const single = await sendsThatFit(peer, 1, sendBuffer)
      const thousands = await sendsThatFit(peer, 1000, sendBuffer)
      // So much for a byte as the kernel's own two structures for it, and not so much as a page.
      expectValue(single, 'sends of 1 byte').toBeBetween(sendBuffer / 1024, sendBuffer / 512)
      expectValue(thousands, 'sends of 1000 bytes').toBeBetween(sendBuffer / 4096, sendBuffer / 1024)
      note('bytes in sends of 1', single)
      note('bytes in sends of 1000', 1000 * thousands)
    },
  },
  {
    id: 'uds-stream.oob',
    mechanism: 'unix-stream',
    theme: 'data',
    says: 'A stream has one byte out of band, at which a plain receive stops; datagrams and packets refuse it with EOPNOTSUPP.',
    cites: ['unix(7)', 'selftests af_unix/msg_oob.c'],
    needs: [{ kernel: '5.15' }],
    async run(stage) {
      const { producer, consumer, pairs } = await relatives(stage, stream, datagram, seqpacket)
      const [[w, r], ...others] = pairs
      for (const [own, other] of others) {
        expectOutcome(await producer.call('send', own, 'x', 'MSG_OOB'), 'send of a message').toFail('EOPNOTSUPP')
        expectOutcome(await consumer.call('recv', other, 1, 'MSG_OOB'), 'recv of a message').toFail('EOPNOTSUPP')
      }
      const urgently = () => consumer.call('recv', r, 1, 'MSG_OOB')
      await producer.must('send', w, 'before', 0)
      const sent = await producer.call('send', w, 'nowX', 'MSG_OOB')
      if (sent.error === 'EOPNOTSUPP') stage.unsupported('this kernel was built without CONFIG_AF_UNIX_OOB')
      expectOutcome(sent, 'send with MSG_OOB').toReturn(4)
      await producer.must('send', w, 'after', 0)

      const polled = await consumer.call('poll', [[r, 'POLLIN|POLLPRI']], 0)
      expectOutcome(polled, 'poll').toGive('revents', ['POLLIN|POLLPRI'])
      expectOutcome(await consumer.call('recv', r, 64, 0), 'recv up to the mark').toBring('beforenow')
      expectOutcome(await consumer.call('ioctl-SIOCATMARK', r), 'SIOCATMARK').toGive('value', 1)
      expectOutcome(await urgently(), 'recv with MSG_OOB').toBring('X')
      expectOutcome(await urgently(), 'recv with MSG_OOB again').toFail('EINVAL')
      expectOutcome(await consumer.call('recv', r, 64, 0), 'recv past the mark').toBring('after')
    },
  },
]
