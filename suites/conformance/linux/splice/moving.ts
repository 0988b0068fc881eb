/** Data that moves from one descriptor to another without a buffer between them. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import { patternBytes } from '../../../../harness/pair/bytes.ts'
import type { Peer, SpecificCase, Stage } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { stream } from '../../../mechanisms/unix-sockets.ts'
import { fatalCall } from '../fatal.ts'
import { relatives } from '../unix/strangers.ts'

/** A splice between two descriptors, each at its own position. */
const splice = (peer: Peer, from: number, to: number, length: number, flags: string | number = 0) =>
  peer.call('splice', from, -1, to, -1, length, flags)

/** A process that reads one pipe and writes another, whose other ends two more have. */
async function threeInARow({ start }: Pick<Stage, 'start'>) {
  const mover = await start('mover')
  const [inR, inW] = await makePipe(mover)
  const [outR, outW] = await makePipe(mover)
  const [producer, consumer] = [await mover.fork('producer'), await mover.fork('consumer')]
  await Promise.all([mover.must('close', inW), consumer.must('close', inW)])
  return { producer, mover, consumer, inR, inW, outR, outW }
}

export const moving: readonly SpecificCase[] = [
  {
    id: 'splice.pipe-to-pipe',
    mechanism: 'vmsplice-pipe',
    theme: 'data',
    core: true,
    says: 'A splice between pipes moves so many bytes as were asked for and leaves the rest; at the end it returns 0.',
    cites: ['splice(2)'],
    async run(stage) {
      const { producer, mover, consumer, inR, inW, outR, outW } = await threeInARow(stage)
      await producer.must('write', inW, 'moved, left')
      expectOutcome(await splice(mover, inR, outW, 5), 'the splice').toReturn(5)
      expectOutcome(await consumer.call('read', outR, 64), 'what was moved').toBring('moved')
      expectOutcome(await mover.call('read', inR, 2), 'what was left').toBring(', ')

      await producer.must('close', inW)
      expectOutcome(await splice(mover, inR, outW, 64), 'the splice of all that is left').toReturn(4)
      expectOutcome(await consumer.call('read', outR, 64), 'the rest').toBring('left')
      expectOutcome(await splice(mover, inR, outW, 64), 'the splice at the end').toReturn(0)
    },
  },
  {
    id: 'splice.errors',
    mechanism: 'vmsplice-pipe',
    theme: 'err',
    says: 'Without a pipe, or from a pipe to itself, splice fails with EINVAL; from an empty one that it may not wait for with EAGAIN; to one that nobody reads with EPIPE and SIGPIPE.',
    cites: ['splice(2)'],
    async run({ start, names }) {
      const owner = await start('owner')
      const [r, w] = await makePipe(owner)
      const [deadR, deadW] = await makePipe(owner)
      await owner.must('close', deadR)
      const from = await owner.must('open', names.path('from'), 'O_RDWR|O_CREAT', 0o600)
      const to = await owner.must('open', names.path('to'), 'O_RDWR|O_CREAT', 0o600)
      await owner.must('pwrite', from, 'data', 0)

      expectOutcome(await splice(owner, from, to, 4), 'a splice from file to file').toFail('EINVAL')
      const impatient = await splice(owner, r, to, 4, 'SPLICE_F_NONBLOCK')
      expectOutcome(impatient, 'a splice from an empty pipe').toFail('EAGAIN')
      await owner.must('write', w, 'data')
      expectOutcome(await splice(owner, r, w, 4), 'a splice from a pipe to itself').toFail('EINVAL')
      const placed = await owner.call('splice', r, 0, to, -1, 4, 0)
      expectOutcome(placed, 'a splice from a place in a pipe').toFail('ESPIPE')

      const victim = await owner.fork('victim')
      expectExit(await fatalCall(victim, 'splice', r, -1, deadW, -1, 4, 0), 'who splices to no one').toBeKilledBy(
        'SIGPIPE',
      )
      await owner.must('sigaction', 'SIGPIPE', 'SIG_IGN')
      expectOutcome(await splice(owner, r, deadW, 4), 'a splice to what nobody reads').toFail('EPIPE')
      expectOutcome(await owner.call('read', r, 64), 'what none of these took').toBring('data')
    },
  },
  {
    id: 'splice.socket-file',
    mechanism: 'vmsplice-pipe',
    theme: 'data',
    says: 'A file that is spliced to a pipe and on to a socket arrives as it is, and so does one that sendfile sends.',
    cites: ['splice(2)', 'sendfile(2)'],
    async run(stage) {
      const { producer, consumer, pairs } = await relatives(stage, stream)
      const [[w, r]] = pairs
      const [size, half] = [100_000, 50_000]
      const file = await producer.must('open', stage.names.path('file'), 'O_RDWR|O_CREAT', 0o600)
      await producer.must('pwrite', file, { pattern: size, seed: 3 }, 0)
      const [out, into] = await makePipe(producer)

      for (let at = 0; at < size; at += half) {
        const taken = await producer.call('splice', file, at, into, -1, half, 0)
        expectOutcome(taken, 'the splice out of the file').toReturn(half)
        expectOutcome(await splice(producer, out, w, half), 'the splice into the socket').toReturn(half)
        expectOutcome(await consumer.call('recv', r, half, 'MSG_WAITALL'), 'what arrived').toBring(
          pieceOf(size, at, half),
        )
      }
      expectOutcome(await producer.call('sendfile', w, file, half, half), 'sendfile').toReturn(half)
      const arrived = await consumer.call('recv', r, half, 'MSG_WAITALL')
      expectOutcome(arrived, 'what sendfile sent').toBring(pieceOf(size, half, half))
    },
  },
]

const pieceOf = (size: number, at: number, length: number) => ({
  hex: patternBytes(size, 3)
    .subarray(at, at + length)
    .toString('hex'),
})
