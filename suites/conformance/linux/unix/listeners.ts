/** Connections that nobody has accepted yet: how many there may be, and what becomes of them. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { mustListenAt, newSocket } from '../../../mechanisms/sockets.ts'
import { stream } from '../../../mechanisms/unix-sockets.ts'
import { strangers } from './strangers.ts'

export const listeners: readonly SpecificCase[] = [
  {
    id: 'uds.backlog-nonblock-eagain',
    mechanism: 'unix-stream',
    theme: 'limit',
    says: 'With the backlog full, one more than listen was told, a connect that may not wait fails with EAGAIN, and others sleep.',
    cites: ['unix(7)', 'connect(2)'],
    async run(stage) {
      const { producer: client, consumer: server } = await strangers(stage)
      const path = stage.names.path('socket')
      const backlog = 2
      const listener = await mustListenAt(server, stream, path, backlog)
      const connectingAtOnce = async () =>
        client.call('connect', await client.must('socket', 'AF_UNIX', 'SOCK_STREAM|SOCK_NONBLOCK', 0), path)
      for (let queued = 0; queued <= backlog; queued++)
        expectOutcome(await connectingAtOnce(), 'connect with room').toReturn(0)
      expectOutcome(await connectingAtOnce(), 'connect without room').toFail('EAGAIN')

      const patient = await newSocket(client, stream)
      const waiting = client.call('connect', patient, path)
      await client.blocked()
      await server.must('accept', listener)
      expectOutcome(await waiting, 'the connect that waited').toReturn(0)
    },
  },
  {
    id: 'uds.listener-close-pending',
    mechanism: 'unix-stream',
    theme: 'eof',
    says: 'When a listener closes, a client in its queue is told ECONNRESET once, and then the end.',
    cites: ['unix(7)', 'gVisor socket_unix_stream_listener_close'],
    async run(stage) {
      const { producer: client, consumer: server } = await strangers(stage)
      const path = stage.names.path('socket')
      const listener = await mustListenAt(server, stream, path)
      const queued = await newSocket(client, stream)
      await client.must('connect', queued, path)
      expectOutcome(await client.call('send', queued, 'early', 0), 'send before the accept').toReturn(5)

      const waiting = client.call('recv', queued, 64, 0)
      await client.blocked()
      await server.must('close', listener)
      expectOutcome(await waiting, 'the recv that waited').toFail('ECONNRESET')
      expectOutcome(await client.call('recv', queued, 64, 0), 'recv').toReturn(0)
      expectOutcome(await client.call('recv', queued, 64, 0), 'recv after the end').toReturn(0)
      expectOutcome(await client.call('send', queued, 'late', 'MSG_NOSIGNAL'), 'send').toFail('EPIPE')
    },
  },
]
