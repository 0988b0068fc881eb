/** How a connection ends: one side closes, the server disconnects, or a process is terminated. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { End, SpecificCase } from '../../../../harness/pair/stage.ts'
import { bothWays, clientEnd, connected, messageMode, serverEnd } from './instance.ts'

/** One side writes and closes: the other reads what is queued and is then told, reading and writing. */
async function expectEndAfter(leaving: End, staying: End): Promise<void> {
  await leaving.must('WriteFile', leaving.handle, 'last words')
  await leaving.must('CloseHandle', leaving.handle)

  expectOutcome(await staying.recv(5), 'the first ReadFile').toBring('last ')
  expectOutcome(await staying.recv(64), 'the second ReadFile').toBring('words')
  expectOutcome(await staying.recv(64), 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')
  expectOutcome(await staying.recv(64), 'ReadFile after the end').toFail('ERROR_BROKEN_PIPE')
  expectOutcome(await staying.send('too late'), 'WriteFile after the end').toFail('ERROR_NO_DATA')
}

export const endOfFile: readonly SpecificCase[] = [
  {
    id: 'npipe.server-close-eof',
    mechanism: 'win-named-pipe-byte',
    theme: 'eof',
    core: true,
    says: 'When the server has closed, the client reads what is queued, then ERROR_BROKEN_PIPE; it writes ERROR_NO_DATA.',
    cites: ['MS:ReadFile', 'MS:WriteFile', 'Wine test_CloseHandle'],
    async run(stage) {
      const { server, client } = await connected(stage)
      await expectEndAfter(server, client)
    },
  },
  {
    id: 'npipe.client-close-eof',
    mechanism: 'win-named-pipe-byte',
    theme: 'eof',
    says: 'When the client has closed, the server reads what is queued, then ERROR_BROKEN_PIPE; it writes ERROR_NO_DATA.',
    cites: ['MS:ReadFile', 'MS:WriteFile', 'Wine test_CloseHandle'],
    async run(stage) {
      const { server, client } = await connected(stage)
      await expectEndAfter(client, server)
    },
  },
  {
    id: 'npipe.disconnect-discards',
    mechanism: 'win-named-pipe-byte',
    theme: 'eof',
    core: true,
    says: 'DisconnectNamedPipe discards what is unread; all that is then done on either end fails: ERROR_PIPE_NOT_CONNECTED.',
    cites: ['MS:DisconnectNamedPipe'],
    async run(stage) {
      const { server, client } = await connected(stage)
      await server.must('WriteFile', server.handle, 'never read')
      await client.must('WriteFile', client.handle, 'nor this')
      await server.must('DisconnectNamedPipe', server.handle)

      for (const end of [client, server]) {
        const who = `by the ${end.peer.role}`
        expectOutcome(await end.recv(64), `ReadFile ${who}`).toFail('ERROR_PIPE_NOT_CONNECTED')
        expectOutcome(await end.send('x'), `WriteFile ${who}`).toFail('ERROR_PIPE_NOT_CONNECTED')
      }
      const again = await server.call('DisconnectNamedPipe', server.handle)
      expectOutcome(again, 'the second DisconnectNamedPipe').toFail('ERROR_PIPE_NOT_CONNECTED')
    },
  },
  {
    id: 'npipe.flush-then-disconnect',
    mechanism: 'win-named-pipe-byte',
    theme: 'eof',
    says: 'FlushFileBuffers waits until the client has read everything, so that DisconnectNamedPipe after it loses nothing.',
    cites: ['MS:FlushFileBuffers', 'MS:DisconnectNamedPipe'],
    async run(stage) {
      const { server, client } = await connected(stage)
      await server.must('WriteFile', server.handle, 'last words')
      const flushing = server.call('FlushFileBuffers', server.handle)
      await server.blocked()
      expectOutcome(await client.recv(5), 'ReadFile of a part').toBring('last ')
      await server.blocked()

      expectOutcome(await client.recv(64), 'ReadFile of the rest').toBring('words')
      expectOutcome(await flushing, 'the FlushFileBuffers that waited').toSucceed()
      await server.must('DisconnectNamedPipe', server.handle)
      expectOutcome(await client.recv(64), 'ReadFile after disconnecting').toFail('ERROR_PIPE_NOT_CONNECTED')
    },
  },
  {
    id: 'npipe.process-exit-pending-write',
    mechanism: 'win-named-pipe-message',
    theme: 'crash',
    says: 'Of a message that was still being written when its writer was terminated, the server gets all or nothing.',
    cites: ['MS:TerminateProcess', 'MS:WriteFile', 'Wine test_overlapped_transport'],
    async run({ start, names, note }) {
      const name = names.pipe('pipe')
      const message = { pattern: 100_000, seed: 1 }
      const server = await serverEnd(await start('server'), name, { mode: messageMode })
      const client = await clientEnd(await start('client'), name, bothWays, 'FILE_FLAG_OVERLAPPED')
      const writing = await client.call('WriteFile', client.handle, message, 'overlapped')
      expectOutcome(writing, 'WriteFile of more than there is room for').toFail('ERROR_IO_PENDING')
      expectOutcome(await server.ready(0), 'PeekNamedPipe').toGive('available', 100_000)
      await client.peer.kill()

      const first = await server.recv(200_000)
      note('the message arrived', first.error === undefined)
      if (first.error === undefined) expectOutcome(first, 'ReadFile of what was left').toBring(message)
      const last = first.error === undefined ? await server.recv(64) : first
      expectOutcome(last, 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')
    },
  },
]
