/** Descriptors that were sent and never received: they keep open what they are, for as long as their message exists. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { makePair, stream } from '../../../mechanisms/unix-sockets.ts'
import { rights } from './messages.ts'
import { bindTo } from './strangers.ts'

/** The kernel looks for garbage when it likes to; nobody waits so long for it. */
const patienceMs = 5000

export const inFlight: readonly SpecificCase[] = [
  {
    id: 'uds-fd.inflight-lifetime',
    mechanism: 'unix-stream',
    theme: 'cleanup',
    says: "A pipe's write end in an unreceived message keeps the pipe open, until the socket that has it is destroyed.",
    cites: ['unix(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const [r, w] = await makePipe(producer)
      await producer.must('sendmsg', producer.handle, 'x', 0, rights(w))
      await producer.must('close', w)
      await producer.close()

      const reading = producer.call('read', r, 64)
      await producer.blocked()
      await consumer.close()
      expectOutcome(await reading, 'the read that waited').toReturn(0)
    },
  },
  {
    id: 'uds-fd.cycle-gc',
    mechanism: 'unix-stream',
    theme: 'cleanup',
    says: 'A socket that was sent to itself and closed is reachable by nobody, and the kernel collects it, its name included.',
    cites: ['unix(7)', 'selftests af_unix/scm_rights.c'],
    async run({ start, names }) {
      const peer = await start('peer')
      const name = names.abstract('cycle')
      const [cycle, witness] = await makePair(peer, stream)
      await peer.must('bind', cycle, name)
      await peer.must('sendmsg', witness, 'x', 0, rights(cycle))
      await peer.must('close', cycle)
      expectOutcome(await bindTo(peer, stream, name), 'bind to the name in use').toFail('EADDRINUSE')

      // The end of any socket makes the kernel look for garbage.
      await peer.must('close', await newSocket(peer, stream))
      const polled = await peer.call('poll', [[witness, 'POLLRDHUP']], patienceMs)
      expectOutcome(polled, 'poll of its peer').toGive('revents', ['POLLHUP|POLLRDHUP'])
      expectOutcome(await bindTo(peer, stream, name), 'bind to the name').toReturn(0)
    },
  },
]
