/** Bytes in both directions, and the direction that the server left out. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { clientEnd, connected, openPipe, serverEnd } from './instance.ts'

export const data: readonly SpecificCase[] = [
  {
    id: 'npipe.byte-mode-duplex',
    mechanism: 'win-named-pipe-byte',
    theme: 'data',
    core: true,
    says: 'A byte pipe carries data both ways at once, and two writes may be read as one.',
    cites: ['MS "Named Pipe Type, Read, and Wait Modes"'],
    async run(stage) {
      const { server, client } = await connected(stage)
      await server.must('WriteFile', server.handle, 'to the ')
      await client.must('WriteFile', client.handle, 'from the ')
      await server.must('WriteFile', server.handle, 'client')
      await client.must('WriteFile', client.handle, 'client')

      expectOutcome(await client.recv(64), 'ReadFile by the client').toBring('to the client')
      expectOutcome(await server.recv(64), 'ReadFile by the server').toBring('from the client')
    },
  },
  {
    id: 'npipe.inbound-outbound',
    mechanism: 'win-named-pipe-byte',
    theme: 'direction',
    says: 'On a one-way pipe neither the server nor a client may use the other direction: ERROR_ACCESS_DENIED.',
    cites: ['MS:CreateNamedPipeW', 'MS "Named Pipe Open Modes"'],
    async run({ start, names }) {
      const [into, outOf] = [names.pipe('into'), names.pipe('out-of')]
      const server = await start('server')
      const client = await start('client')

      const inbound = await serverEnd(server, into, { access: 'PIPE_ACCESS_INBOUND' })
      expectOutcome(await openPipe(client, into, 'GENERIC_READ'), 'opening it to read').toFail('ERROR_ACCESS_DENIED')
      const writer = await clientEnd(client, into, 'GENERIC_WRITE')
      await writer.must('WriteFile', writer.handle, 'inbound')
      expectOutcome(await inbound.recv(64), 'ReadFile by the server').toBring('inbound')
      expectOutcome(await inbound.send('no'), 'WriteFile by the server').toFail('ERROR_ACCESS_DENIED')

      const outbound = await serverEnd(server, outOf, { access: 'PIPE_ACCESS_OUTBOUND' })
      expectOutcome(await openPipe(client, outOf, 'GENERIC_WRITE'), 'opening it to write').toFail('ERROR_ACCESS_DENIED')
      const reader = await clientEnd(client, outOf, 'GENERIC_READ')
      await outbound.must('WriteFile', outbound.handle, 'outbound')
      expectOutcome(await reader.recv(64), 'ReadFile by the client').toBring('outbound')
      expectOutcome(await outbound.recv(64), 'ReadFile by the server').toFail('ERROR_ACCESS_DENIED')
    },
  },
]
