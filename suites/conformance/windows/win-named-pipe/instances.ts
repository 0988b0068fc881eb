/** Many instances of one name: how many there may be, who is served by which, and what a client hears when all are taken. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { End, SpecificCase } from '../../../../harness/pair/stage.ts'
import { clientEnd, createInstance, openPipe, serverEnd } from './instance.ts'

export const instances: readonly SpecificCase[] = [
  {
    id: 'npipe.busy',
    mechanism: 'win-named-pipe-byte',
    theme: 'naming',
    core: true,
    says: 'With every instance taken CreateFile fails with ERROR_PIPE_BUSY, until the server disconnects and listens again.',
    cites: ['MS:CreateFileW', 'MS:DisconnectNamedPipe'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const server = await serverEnd(await start('server'), name)
      const client = await clientEnd(await start('client'), name)
      const rival = await start('rival')
      expectOutcome(await openPipe(rival, name), 'CreateFile while it is taken').toFail('ERROR_PIPE_BUSY')
      await client.must('CloseHandle', client.handle)
      expectOutcome(await openPipe(rival, name), 'CreateFile after the client left').toFail('ERROR_PIPE_BUSY')
      await server.must('DisconnectNamedPipe', server.handle)
      expectOutcome(await openPipe(rival, name), 'CreateFile after disconnecting').toFail('ERROR_PIPE_BUSY')

      const connect = server.call('ConnectNamedPipe', server.handle)
      await server.blocked()
      expectOutcome(await openPipe(rival, name), 'CreateFile while it listens again').toSucceed()
      expectOutcome(await connect, 'ConnectNamedPipe').toSucceed()
    },
  },
  {
    id: 'npipe.multiple-instances',
    mechanism: 'win-named-pipe-byte',
    theme: 'order',
    core: true,
    says: 'Four clients get four instances in the order in which these began to listen, and each is answered by its own.',
    cites: ['MS "Multithreaded Pipe Server"', 'MS:CreateNamedPipeW', 'Wine test_multiple_instances'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const roles = ['first', 'second', 'third', 'fourth']
      const server = await start('server')
      const served: End[] = []
      for (const _ of roles) served.push(await serverEnd(server, name, { instances: roles.length }))
      const clients: End[] = []
      for (const role of roles) clients.push(await clientEnd(await start(role), name))

      await Promise.all(
        clients.map((client) => client.must('WriteFile', client.handle, `I am the ${client.peer.role}`)),
      )
      const answers = clients.map((client) => client.recv(64))
      for (const client of clients) await client.blocked()
      for (const [index, instance] of [...served.entries()].reverse()) {
        expectOutcome(await instance.recv(64), `ReadFile from the ${roles[index]} instance`).toBring(
          `I am the ${roles[index]}`,
        )
        await instance.must('WriteFile', instance.handle, `hello, ${roles[index]}`)
      }
      for (const [index, answer] of answers.entries()) {
        expectOutcome(await answer, `ReadFile by the ${roles[index]} client`).toBring(`hello, ${roles[index]}`)
      }
    },
  },
  {
    id: 'npipe.max-instances-exceeded',
    mechanism: 'win-named-pipe-byte',
    theme: 'limit',
    says: 'One instance more than nMaxInstances fails with ERROR_PIPE_BUSY, one of another access with ERROR_ACCESS_DENIED.',
    cites: ['MS:CreateNamedPipeW', 'Wine test_CreateNamedPipe_instances_must_match'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const server = await start('server')
      const first = await serverEnd(server, name, { instances: 2 })
      const inbound = await createInstance(server, name, { instances: 2, access: 'PIPE_ACCESS_INBOUND' })
      expectOutcome(inbound, 'CreateNamedPipe with another access').toFail('ERROR_ACCESS_DENIED')

      await serverEnd(server, name, { instances: 2 })
      const third = () => createInstance(server, name, { instances: 2 })
      expectOutcome(await third(), 'CreateNamedPipe of a third instance').toFail('ERROR_PIPE_BUSY')
      await first.must('CloseHandle', first.handle)
      expectOutcome(await third(), 'CreateNamedPipe once the first is closed').toSucceed()
    },
  },
]
