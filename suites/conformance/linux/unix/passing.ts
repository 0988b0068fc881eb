/** Descriptors that are passed: what arrives, what does not fit, and which bytes they go along with. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { End, SpecificCase } from '../../../../harness/pair/stage.ts'
import { becomeUser, ownUser } from '../../../mechanisms/nobody.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { datagram, stream } from '../../../mechanisms/unix-sockets.ts'
import { flagsOf, rights, rightsOf, roomFor } from './messages.ts'
import { relatives } from './strangers.ts'

/** The most descriptors that one message passes: SCM_MAX_FD. */
const most = 253

const sending = (end: End, text: string, ...descriptors: readonly number[]) =>
  end.call('sendmsg', end.handle, text, 0, rights(...descriptors))
const receiving = (end: End, descriptors = 8, flags: string | number = 0) =>
  end.call('recvmsg', end.handle, 64, descriptors === 0 ? 0 : roomFor(descriptors), flags)

export const passing: readonly SpecificCase[] = [
  {
    id: 'uds-fd.pass-shares-offset',
    mechanism: 'unix-stream',
    theme: 'naming',
    core: true,
    says: 'A descriptor arrives as a new number for the same open file, its offset included, even when its sender has died.',
    cites: ['XBD sys/socket.h', 'unix(7)'],
    async run({ open, names }) {
      const { producer, consumer } = await open()
      const file = await producer.must('open', names.path('file'), 'O_RDWR|O_CREAT|O_EXCL', 0o600)
      await producer.must('write', file, 'abcdefgh')
      await producer.must('lseek', file, 2, 'SEEK_SET')
      expectOutcome(await sending(producer, 'first', file), 'sendmsg').toReturn(5)
      const first = await receiving(consumer)
      expectOutcome(first, 'recvmsg').toBring('first')
      const [shared = -1] = rightsOf(first)
      expectOutcome(await consumer.call('fcntl', shared, 'F_GETFD'), 'F_GETFD').toGive('flags', '0')
      expectOutcome(await consumer.call('read', shared, 2), 'read where the sender was').toBring('cd')
      expectOutcome(await producer.call('read', file, 2), 'read by the sender').toBring('ef')

      await sending(producer, 'second', file)
      await producer.peer.kill()
      const second = await receiving(consumer, 1, 'MSG_CMSG_CLOEXEC')
      expectOutcome(second, 'recvmsg from one who was killed').toBring('second')
      const [marked = -1] = rightsOf(second)
      expectOutcome(await consumer.call('fcntl', marked, 'F_GETFD'), 'F_GETFD').toGive('flags', 'FD_CLOEXEC')
      expectOutcome(await consumer.call('read', marked, 64), 'read of the rest').toBring('gh')
      expectValue(marked, 'the number of the second').toDifferFrom(shared)
    },
  },
  {
    id: 'uds-fd.ctrunc',
    mechanism: 'unix-stream',
    theme: 'limit',
    says: 'Descriptors that the control buffer has no room for are closed, and MSG_CTRUNC tells; without a buffer all are.',
    cites: ['XSH recvmsg', 'unix(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const [r, w] = await makePipe(producer, 'O_NONBLOCK')
      const reading = () => producer.call('read', r, 64)

      await sending(producer, 'three', w, w, w)
      await producer.must('close', w)
      const cut = await receiving(consumer, 1)
      expectOutcome(cut, 'recvmsg with room for one').toBring('three')
      expectValue(flagsOf(cut), 'the flags with room for one').toContain('MSG_CTRUNC')
      expectValue(rightsOf(cut).length, 'descriptors that arrived').toEqual(1)
      expectOutcome(await reading(), 'read while one writer is open').toFail('EAGAIN')
      await consumer.must('close', rightsOf(cut)[0] ?? -1)
      expectOutcome(await reading(), 'read once that one is closed').toReturn(0)

      const [second, lost] = await makePipe(producer, 'O_NONBLOCK')
      await sending(producer, 'one', lost)
      await producer.must('close', lost)
      const bare = await receiving(consumer, 0)
      expectOutcome(bare, 'recvmsg without a control buffer').toBring('one')
      expectValue(flagsOf(bare), 'the flags without a control buffer').toContain('MSG_CTRUNC')
      expectOutcome(await producer.call('read', second, 64), 'read of the pipe whose writer was lost').toReturn(0)
    },
  },
  {
    id: 'uds-fd.max-253',
    mechanism: 'unix-stream',
    theme: 'limit',
    says: 'A message passes 253 descriptors and no more, EINVAL; one that is closed is EBADF; more in flight than RLIMIT_NOFILE, ETOOMANYREFS.',
    cites: ['unix(7)'],
    async run({ open, names, unsupported }) {
      const { producer, consumer } = await open()
      const { soft } = (await consumer.call('getrlimit', 'RLIMIT_NOFILE')).out as { soft: number }
      if (soft < 2 * most)
        unsupported(`to receive ${most} descriptors needs RLIMIT_NOFILE of ${2 * most}; see 'ulimit -n'`)
      const copies = (count: number) => Array<number>(count).fill(producer.handle)
      expectOutcome(await sending(producer, 'x', ...copies(most + 1)), `sendmsg of ${most + 1}`).toFail('EINVAL')
      expectOutcome(await sending(producer, 'x', producer.handle, 999), 'sendmsg of a closed one').toFail('EBADF')
      expectOutcome(await sending(producer, 'x', ...copies(most)), `sendmsg of ${most}`).toReturn(1)
      const received = await receiving(consumer, most)
      expectOutcome(received, 'recvmsg').toBring('x')
      expectValue(rightsOf(received).length, 'descriptors that arrived').toEqual(most)

      // Counted by user: others of the same one may have a few in flight. Who cannot become another has no privilege.
      await becomeUser(producer, ownUser(names))
      for (const capability of ['CAP_SYS_RESOURCE', 'CAP_SYS_ADMIN']) await producer.must('drop-capability', capability)
      const [limit, each] = [64, 25]
      await producer.must('setrlimit', 'RLIMIT_NOFILE', limit, limit)
      for (const inFlight of [0, each, 2 * each]) {
        expectOutcome(await sending(producer, 'x', ...copies(each)), `sendmsg with ${inFlight} in flight`).toReturn(1)
      }
      const tooMany = await sending(producer, 'x', producer.handle)
      expectOutcome(tooMany, `sendmsg with ${3 * each} in flight`).toFail('ETOOMANYREFS')
      expectOutcome(await receiving(consumer, each), 'recvmsg').toReturn(1)
      expectOutcome(await sending(producer, 'x', producer.handle), 'sendmsg once some are received').toReturn(1)
    },
  },
  {
    id: 'uds-fd.stream-barrier',
    mechanism: 'unix-stream',
    theme: 'boundary',
    says: 'A recvmsg stops behind the first message with descriptors: plain bytes before it come along, those behind it do not.',
    cites: ['unix(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await producer.send('AA')
      await sending(producer, 'BB', producer.handle)
      await sending(producer, 'CC', producer.handle)
      await producer.send('DD')
      await producer.send('EE')

      for (const { text, descriptors } of [
        { text: 'AABB', descriptors: 1 },
        { text: 'CC', descriptors: 1 },
        { text: 'DDEE', descriptors: 0 },
      ]) {
        const received = await receiving(consumer)
        expectOutcome(received, 'recvmsg').toBring(text)
        expectValue(rightsOf(received).length, `descriptors with ${text}`).toEqual(descriptors)
      }
    },
  },
  {
    id: 'uds-fd.zero-data',
    mechanism: 'unix-stream',
    theme: 'boundary',
    says: 'Without a byte a stream passes no descriptor: sendmsg succeeds and it is lost; with an empty datagram it arrives.',
    cites: ['unix(7)'],
    async run(stage) {
      const { producer, consumer, pairs } = await relatives(stage, stream, datagram)
      const [[streamOut, streamIn], [datagramOut, datagramIn]] = pairs
      const [r, w] = await makePipe(producer, 'O_NONBLOCK')
      const receive = (from: number) => consumer.call('recvmsg', from, 64, roomFor(1), 'MSG_DONTWAIT')

      expectOutcome(await producer.call('sendmsg', streamOut, '', 0, rights(w)), 'sendmsg to a stream').toReturn(0)
      expectOutcome(await receive(streamIn), 'recvmsg from a stream').toFail('EAGAIN')
      expectOutcome(await producer.call('sendmsg', datagramOut, '', 0, rights(w)), 'sendmsg of a datagram').toReturn(0)
      await producer.must('close', w)
      const received = await receive(datagramIn)
      expectOutcome(received, 'recvmsg of a datagram').toReturn(0)
      const [writer = -1] = rightsOf(received)
      expectOutcome(await consumer.call('write', writer, 'through'), 'write to what arrived').toReturn(7)
      expectOutcome(await producer.call('read', r, 64), 'read').toBring('through')
      await consumer.must('close', writer)
      expectOutcome(await producer.call('read', r, 64), 'read once it is closed').toReturn(0)
    },
  },
]
