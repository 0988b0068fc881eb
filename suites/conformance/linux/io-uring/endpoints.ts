/** How pipes and sockets answer through a ring: their end, and that nobody is there any more. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { makePair, stream } from '../../../mechanisms/unix-sockets.ts'
import { fatalCall } from '../fatal.ts'
import { expectCompletions, newRing, submit, waitFor } from './completions.ts'

/** A ring in a process of its own, and what becomes of it when it writes. */
async function fateOfWriting(peer: Peer, role: string, descriptor: number) {
  const victim = await peer.fork(role)
  const ring = await newRing(victim)
  return fatalCall(victim, 'io_uring_submit', ring, [['IORING_OP_WRITE', 1, 0, descriptor, 'anyone?']])
}

export const endpoints: readonly SpecificCase[] = [
  {
    id: 'uring.pipe-eof',
    mechanism: 'uring-pipe',
    theme: 'eof',
    says: 'Reads of a pipe complete with what is there, then with 0; one that waits completes with 0 when the last writer is killed.',
    cites: ['io_uring_enter(2)', 'pipe(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const { peer: reader, handle } = consumer
      const ring = await newRing(reader)
      await producer.must('write', producer.handle, 'data')
      await submit(reader, ring, ['IORING_OP_READ', 1, 0, handle, 64])
      expectCompletions(await waitFor(reader, ring, 1), '1: 4 data')

      await submit(reader, ring, ['IORING_OP_READ', 2, 0, handle, 64])
      const waiting = waitFor(reader, ring, 1)
      await reader.blocked()
      await producer.peer.kill()
      expectCompletions(await waiting, '2: 0')
      await submit(reader, ring, ['IORING_OP_READ', 3, 0, handle, 64])
      expectCompletions(await waitFor(reader, ring, 1), '3: 0')
    },
  },
  {
    id: 'uring.sigpipe-by-opcode',
    mechanism: 'uring-pipe',
    theme: 'signal',
    says: 'IORING_OP_WRITE to a pipe or a socket that nobody reads raises SIGPIPE; IORING_OP_SEND completes with EPIPE, and no signal.',
    cites: ['io_uring_enter(2)', 'XSH write', 'XSH send'],
    async run({ start }) {
      const owner = await start('owner')
      const [r, w] = await makePipe(owner)
      const [near, far] = await makePair(owner, stream)
      await owner.must('close', r)
      await owner.must('close', far)
      expectExit(await fateOfWriting(owner, 'pipe-writer', w), 'who writes to the pipe').toBeKilledBy('SIGPIPE')
      expectExit(await fateOfWriting(owner, 'socket-writer', near), 'who writes to the socket').toBeKilledBy('SIGPIPE')

      const ring = await newRing(owner)
      await submit(owner, ring, ['IORING_OP_SEND', 1, 0, near, 'anyone?', 0])
      expectCompletions(await waitFor(owner, ring, 1), '1: EPIPE')
      await owner.must('sigaction', 'SIGPIPE', 'SIG_IGN')
      await submit(owner, ring, ['IORING_OP_WRITE', 2, 0, w, 'anyone?'])
      expectCompletions(await waitFor(owner, ring, 1), '2: EPIPE')
      expectOutcome(await owner.call('getpid'), 'who sent').toReturn(owner.pid)
    },
  },
]
