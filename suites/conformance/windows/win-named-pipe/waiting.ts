/** Calls that do not wait: PIPE_NOWAIT, where an answer comes at once, and overlapped ones, where it comes later. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { byteMode, clientEnd, connected, serverEnd } from './instance.ts'

const nowait = `${byteMode}|PIPE_NOWAIT`

export const waiting: readonly SpecificCase[] = [
  {
    id: 'npipe.nowait-read-empty',
    mechanism: 'win-named-pipe-byte',
    theme: 'block',
    says: 'On a PIPE_NOWAIT end ConnectNamedPipe fails with ERROR_PIPE_LISTENING, and ReadFile of nothing with ERROR_NO_DATA.',
    cites: ['MS "Synchronous and Overlapped Pipe I/O"', 'MS:ConnectNamedPipe', 'Wine test_nowait'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const server = await serverEnd(await start('server'), name, { mode: nowait })
      const connect = () => server.call('ConnectNamedPipe', server.handle)
      expectOutcome(await connect(), 'ConnectNamedPipe without a client').toFail('ERROR_PIPE_LISTENING')

      const client = await clientEnd(await start('client'), name)
      expectOutcome(await connect(), 'ConnectNamedPipe with a client').toFail('ERROR_PIPE_CONNECTED')
      expectOutcome(await server.recv(64), 'ReadFile of the empty pipe').toFail('ERROR_NO_DATA')
      await client.must('WriteFile', client.handle, 'now')
      expectOutcome(await server.recv(64), 'ReadFile').toBring('now')
      expectOutcome(await server.recv(64), 'ReadFile once it is empty again').toFail('ERROR_NO_DATA')
    },
  },
  {
    id: 'npipe.nowait-write-over-quota',
    mechanism: 'win-named-pipe-byte',
    theme: 'atomic',
    says: 'A PIPE_NOWAIT WriteFile of more bytes than there is room for succeeds and writes none of them.',
    cites: ['MS:WriteFile', 'Wine test_nowait'],
    async run(stage) {
      const { server, client } = await connected(stage, { mode: nowait, buffer: 512 })
      const tooMuch = await server.send({ pattern: 513, seed: 1 })
      expectOutcome(tooMuch, 'WriteFile of 513 bytes into 512').toReturn(1)
      expectOutcome(tooMuch, 'WriteFile of 513 bytes into 512').toGive('transferred', 0)

      expectOutcome(await server.send({ pattern: 512, seed: 2 }), 'WriteFile of 512 bytes').toGive('transferred', 512)
      const full = await server.send('x')
      expectOutcome(full, 'WriteFile to the full pipe').toReturn(1)
      expectOutcome(full, 'WriteFile to the full pipe').toGive('transferred', 0)
      expectOutcome(await client.recv(1024), 'ReadFile').toBring({ pattern: 512, seed: 2 })
    },
  },
  {
    id: 'npipe.overlapped-read-pending',
    mechanism: 'win-named-pipe-byte',
    theme: 'block',
    says: 'An overlapped ReadFile is pending until data comes and sets its event; cancelled, it ends as ERROR_OPERATION_ABORTED.',
    cites: ['MS:ReadFile', 'MS:GetOverlappedResult', 'MS:CancelIoEx'],
    async run(stage) {
      const { server, client } = await connected(stage, { access: 'PIPE_ACCESS_DUPLEX|FILE_FLAG_OVERLAPPED' })
      const beginReading = async () => {
        const begun = await server.call('ReadFile', server.handle, 64, 'overlapped')
        expectOutcome(begun, 'ReadFile of the empty pipe').toFail('ERROR_IO_PENDING')
        return { token: Number(begun.out?.overlapped), event: Number(begun.out?.event) }
      }

      const read = await beginReading()
      const early = await server.call('WaitForSingleObject', read.event, 0)
      expectOutcome(early, 'the event before there is data').toGive('result', 'WAIT_TIMEOUT')
      const unfinished = await server.call('GetOverlappedResult', read.token, 'FALSE')
      expectOutcome(unfinished, 'GetOverlappedResult').toFail('ERROR_IO_INCOMPLETE')
      await client.must('WriteFile', client.handle, 'at last')
      const set = await server.call('WaitForSingleObject', read.event, 'INFINITE')
      expectOutcome(set, 'the event once there is data').toGive('result', 'WAIT_OBJECT_0')
      const finished = await server.call('GetOverlappedResult', read.token, 'FALSE')
      expectOutcome(finished, 'GetOverlappedResult once there is data').toBring('at last')

      const cancelled = await beginReading()
      expectOutcome(await server.call('CancelIoEx', server.handle, cancelled.token), 'CancelIoEx').toSucceed()
      const aborted = await server.call('GetOverlappedResult', cancelled.token, 'TRUE')
      expectOutcome(aborted, 'GetOverlappedResult of what was cancelled').toFail('ERROR_OPERATION_ABORTED')
      await client.must('WriteFile', client.handle, 'for the next')
      expectOutcome(await server.ready(0), 'PeekNamedPipe').toGive('available', 12)
    },
  },
]
