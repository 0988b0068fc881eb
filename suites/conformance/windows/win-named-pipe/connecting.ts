/** How server and client find each other on one instance, and how a client waits for one that is free. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { clientEnd, openPipe, serverEnd } from './instance.ts'

export const connecting: readonly SpecificCase[] = [
  {
    id: 'npipe.connect-after-client',
    mechanism: 'win-named-pipe-byte',
    theme: 'naming',
    core: true,
    says: 'When the client came first ConnectNamedPipe fails with ERROR_PIPE_CONNECTED, and the connection is good.',
    cites: ['MS:ConnectNamedPipe'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const server = await serverEnd(await start('server'), name)
      const client = await clientEnd(await start('client'), name)
      const connect = await server.call('ConnectNamedPipe', server.handle)
      expectOutcome(connect, 'ConnectNamedPipe').toFail('ERROR_PIPE_CONNECTED')

      await client.must('WriteFile', client.handle, 'to the server')
      expectOutcome(await server.recv(64), 'ReadFile by the server').toBring('to the server')
      await server.must('WriteFile', server.handle, 'to the client')
      expectOutcome(await client.recv(64), 'ReadFile by the client').toBring('to the client')
    },
  },
  {
    id: 'npipe.connect-blocks-until-client',
    mechanism: 'win-named-pipe-byte',
    theme: 'block',
    says: 'ConnectNamedPipe waits until a client opens the pipe, and then succeeds.',
    cites: ['MS:ConnectNamedPipe'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const server = await serverEnd(await start('server'), name)
      const client = await start('client')
      const connect = server.call('ConnectNamedPipe', server.handle)
      await server.blocked()

      expectOutcome(await openPipe(client, name), 'CreateFile').toSucceed()
      expectOutcome(await connect, 'the ConnectNamedPipe that waited').toReturn(1)
    },
  },
  {
    id: 'npipe.io-before-connect',
    mechanism: 'win-named-pipe-byte',
    theme: 'err',
    says: 'While the server waits for its first client, ReadFile and WriteFile fail with ERROR_PIPE_LISTENING.',
    cites: ['MS:ConnectNamedPipe', 'Wine test_DisconnectNamedPipe'],
    async run({ start, names }) {
      const server = await serverEnd(await start('server'), names.pipe('pipe'))
      expectOutcome(await server.recv(64), 'ReadFile').toFail('ERROR_PIPE_LISTENING')
      expectOutcome(await server.send('too early'), 'WriteFile').toFail('ERROR_PIPE_LISTENING')
    },
  },
  {
    id: 'npipe.waitnamedpipe-timeout',
    mechanism: 'win-named-pipe-byte',
    theme: 'block',
    says: 'WaitNamedPipe fails with ERROR_SEM_TIMEOUT in its time; a new instance ends the wait, and one that listens again.',
    cites: ['MS:WaitNamedPipeW'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const first = await serverEnd(await start('server'), name, { instances: 2 })
      const client = await start('client')
      const held = await clientEnd(client, name)
      const refused = await client.call('WaitNamedPipe', name, 50)
      expectOutcome(refused, 'WaitNamedPipe of 50 ms').toFail('ERROR_SEM_TIMEOUT')
      // Less a tick of a coarse clock.
      expectValue(refused.ns >= 30e6, 'the whole of the time waited').toEqual(true)

      const waitingForNew = client.call('WaitNamedPipe', name, 'NMPWAIT_WAIT_FOREVER')
      await client.blocked()
      await serverEnd(first.peer, name, { instances: 2 })
      expectOutcome(await waitingForNew, 'WaitNamedPipe when there is a new instance').toSucceed()
      expectOutcome(await openPipe(client, name), 'CreateFile').toSucceed()

      await held.must('CloseHandle', held.handle)
      await first.must('DisconnectNamedPipe', first.handle)
      const waitingForFirst = client.call('WaitNamedPipe', name, 'NMPWAIT_WAIT_FOREVER')
      await client.blocked()
      const connect = first.call('ConnectNamedPipe', first.handle)
      expectOutcome(await waitingForFirst, 'WaitNamedPipe when an instance listens again').toSucceed()
      expectOutcome(await openPipe(client, name), 'CreateFile').toSucceed()
      expectOutcome(await connect, 'ConnectNamedPipe').toSucceed()
    },
  },
]
