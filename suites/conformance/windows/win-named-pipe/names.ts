/** A named pipe's name: what may be one, who has it first, and which processes are at its ends. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { connected, createInstance, openPipe, serverEnd } from './instance.ts'

export const pipeNames: readonly SpecificCase[] = [
  {
    id: 'npipe.invalid-name',
    mechanism: 'win-named-pipe-byte',
    theme: 'naming',
    says: 'CreateNamedPipe of a name that does not begin with \\\\.\\pipe\\ fails with ERROR_INVALID_NAME.',
    cites: ['MS:CreateNamedPipeW', 'Wine test_CreateNamedPipe'],
    async run({ start, names }) {
      const server = await start('server')
      expectOutcome(await createInstance(server, 'not a named pipe'), 'CreateNamedPipe').toFail('ERROR_INVALID_NAME')
      expectOutcome(await createInstance(server, names.pipe('right')), 'CreateNamedPipe of a right name').toSucceed()
    },
  },
  {
    id: 'npipe.client-before-server',
    mechanism: 'win-named-pipe-byte',
    theme: 'naming',
    core: true,
    says: 'Before there is a server CreateFile fails with ERROR_FILE_NOT_FOUND, and so does WaitNamedPipe, without waiting.',
    cites: ['MS:CreateFileW', 'MS:WaitNamedPipeW'],
    async run({ start, names }) {
      const name = names.pipe('early')
      const client = await start('client')
      expectOutcome(await openPipe(client, name), 'CreateFile').toFail('ERROR_FILE_NOT_FOUND')
      const waited = await client.call('WaitNamedPipe', name, 'NMPWAIT_WAIT_FOREVER')
      expectOutcome(waited, 'WaitNamedPipe').toFail('ERROR_FILE_NOT_FOUND')

      await serverEnd(await start('server'), name)
      expectOutcome(await client.call('WaitNamedPipe', name, 'NMPWAIT_WAIT_FOREVER'), 'WaitNamedPipe').toSucceed()
      expectOutcome(await openPipe(client, name), 'CreateFile once there is a server').toSucceed()
    },
  },
  {
    id: 'npipe.first-instance-flag',
    mechanism: 'win-named-pipe-byte',
    theme: 'naming',
    says: 'FILE_FLAG_FIRST_PIPE_INSTANCE on a name that somebody else has made fails with ERROR_ACCESS_DENIED.',
    cites: ['MS:CreateNamedPipeW'],
    async run({ start, names }) {
      const name = names.pipe('squatted')
      const first = { access: 'PIPE_ACCESS_DUPLEX|FILE_FLAG_FIRST_PIPE_INSTANCE', instances: 3 }
      const server = await start('server')
      const squatters = await serverEnd(await start('squatter'), name, { instances: 3 })
      expectOutcome(await createInstance(server, name, first), 'CreateNamedPipe').toFail('ERROR_ACCESS_DENIED')

      await squatters.must('CloseHandle', squatters.handle)
      expectOutcome(await createInstance(server, name, first), 'CreateNamedPipe of a free name').toSucceed()
      const late = await createInstance(squatters.peer, name, first)
      expectOutcome(late, "CreateNamedPipe of the server's name").toFail('ERROR_ACCESS_DENIED')
    },
  },
  {
    id: 'npipe.client-pid',
    mechanism: 'win-named-pipe-byte',
    theme: 'naming',
    says: 'Either end tells the process ids of client and server, and they are those of the two processes.',
    cites: ['MS:GetNamedPipeClientProcessId', 'MS:GetNamedPipeServerProcessId'],
    async run(stage) {
      const { server, client } = await connected(stage)
      for (const end of [server, client]) {
        const clients = await end.call('GetNamedPipeClientProcessId', end.handle)
        expectOutcome(clients, 'GetNamedPipeClientProcessId').toGive('pid', client.peer.pid)
        const servers = await end.call('GetNamedPipeServerProcessId', end.handle)
        expectOutcome(servers, 'GetNamedPipeServerProcessId').toGive('pid', server.peer.pid)
      }
    },
  },
]
