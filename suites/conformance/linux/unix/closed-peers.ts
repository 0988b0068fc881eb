/** What one is told whose peer has closed: the same of streams and of records, but for what Linux does differently. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { End, SpecificCase } from '../../../../harness/pair/stage.ts'
import { fatalSend } from '../fatal.ts'

type About = Pick<SpecificCase, 'id' | 'mechanism' | 'core' | 'says' | 'cites'>

const parting = 'parting words'

/** The peer closes with data unread; what is received before the end, in its order. */
const closeUnread = (about: About, told: readonly (typeof parting | 'ECONNRESET')[]): SpecificCase => ({
  ...about,
  theme: 'eof',
  async run({ open }) {
    const { producer, consumer } = await open()
    await producer.send('unread')
    await consumer.send(parting)
    await consumer.close()
    for (const each of told) {
      const received = expectOutcome(await producer.recv(64), 'recv')
      if (each === 'ECONNRESET') received.toFail(each)
      else received.toBring(each)
    }
    expectOutcome(await producer.recv(64), 'recv of the rest').toReturn(0)
    expectOutcome(await producer.recv(64), 'recv after the end').toReturn(0)
  },
})

const sigpipe = (about: About, andThen?: (producer: End) => Promise<void>): SpecificCase => ({
  ...about,
  theme: 'signal',
  async run({ open }) {
    const { producer, consumer } = await open()
    await consumer.close()
    await producer.must('sigaction', 'SIGPIPE', 'note')
    const sending = (flags: string | number) => producer.call('send', producer.handle, 'x', flags)
    expectOutcome(await sending('MSG_NOSIGNAL'), 'send with MSG_NOSIGNAL').toFail('EPIPE')
    expectOutcome(await producer.call('noted-signals'), 'the count of SIGPIPE').toReturn(0)
    expectOutcome(await sending(0), 'send').toFail('EPIPE')
    expectOutcome(await producer.call('noted-signals'), 'the count of SIGPIPE').toReturn(1)
    await andThen?.(producer)
  },
})

export const closedPeers: readonly SpecificCase[] = [
  closeUnread(
    {
      id: 'uds-stream.close-unread-reset',
      mechanism: 'unix-stream',
      core: true,
      says: 'When the peer closes with data unread one receives what it had sent, then ECONNRESET once, then the end.',
      cites: ['unix(7)'],
    },
    [parting, 'ECONNRESET'],
  ),
  closeUnread(
    {
      id: 'uds-seqpacket.close-unread-reset',
      mechanism: 'unix-seqpacket',
      says: 'When the peer closes with records unread one is told ECONNRESET once, before what it had sent, then the end.',
      cites: ['unix(7)'],
    },
    ['ECONNRESET', parting],
  ),
  sigpipe(
    {
      id: 'uds-stream.sigpipe',
      mechanism: 'unix-stream',
      core: true,
      says: 'A send to a peer that has closed fails with EPIPE and raises SIGPIPE, which MSG_NOSIGNAL keeps away.',
      cites: ['XSH send', 'send(2)'],
    },
    async (producer) => {
      await producer.must('sigaction', 'SIGPIPE', 'SIG_DFL')
      expectExit(await fatalSend(producer, 'x'), 'the producer').toBeKilledBy('SIGPIPE')
    },
  ),
  sigpipe({
    id: 'uds-seqpacket.sigpipe',
    mechanism: 'unix-seqpacket',
    says: 'A send to a peer that has closed fails with EPIPE and raises SIGPIPE, as a stream does.',
    cites: ['XSH send'],
  }),
]
