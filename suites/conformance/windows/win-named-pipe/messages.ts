/** Messages: their borders, what a short read leaves of them, empty ones, and a question with its answer. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { byteMode, clientEnd, connected, createInstance, messageMode, readMessages, serverEnd } from './instance.ts'

export const messages: readonly SpecificCase[] = [
  {
    id: 'npipe.message-mode-boundaries',
    mechanism: 'win-named-pipe-message',
    theme: 'boundary',
    core: true,
    says: 'Ends that read messages get two writes by two reads, in either direction, whatever room there is.',
    cites: ['MS "Named Pipe Type, Read, and Wait Modes"'],
    async run(stage) {
      const { server, client } = await connected(stage, { mode: messageMode })
      for (const [from, to] of [[server, client] as const, [client, server] as const]) {
        await from.must('WriteFile', from.handle, 'one')
        await from.must('WriteFile', from.handle, 'three')
        expectOutcome(await to.recv(64), `the first ReadFile by the ${to.peer.role}`).toBring('one')
        expectOutcome(await to.recv(64), `the second ReadFile by the ${to.peer.role}`).toBring('three')
      }
    },
  },
  {
    id: 'npipe.message-short-read-more-data',
    mechanism: 'win-named-pipe-message',
    theme: 'boundary',
    core: true,
    says: 'A ReadFile shorter than the message brings its beginning with ERROR_MORE_DATA, and further ones bring the rest.',
    cites: ['MS:ReadFile'],
    async run(stage) {
      const { server, client } = await connected(stage, { mode: messageMode })
      await client.must('WriteFile', client.handle, 'seven b')
      await client.must('WriteFile', client.handle, 'next')

      const [first, second] = [await server.recv(3), await server.recv(3)]
      expectOutcome(first, 'the first ReadFile').toFailBringing('ERROR_MORE_DATA', 'sev')
      expectOutcome(second, 'the second ReadFile').toFailBringing('ERROR_MORE_DATA', 'en ')
      expectOutcome(await server.recv(3), 'ReadFile of the rest').toBring('b')
      expectOutcome(await server.recv(64), 'ReadFile of the next message').toBring('next')
    },
  },
  {
    id: 'npipe.message-pipe-byte-read',
    mechanism: 'win-named-pipe-message',
    theme: 'boundary',
    says: 'A client reads bytes until it asks for PIPE_READMODE_MESSAGE, which a byte pipe has not: ERROR_INVALID_PARAMETER.',
    cites: [
      'MS:SetNamedPipeHandleState',
      'MS "Named Pipe Type, Read, and Wait Modes"',
      'Wine test_NamedPipeHandleState',
    ],
    async run({ start, names }) {
      const [name, other] = [names.pipe('messages'), names.pipe('bytes')]
      const server = await serverEnd(await start('server'), name, { mode: messageMode })
      const client = await clientEnd(await start('client'), name)
      const sendTwo = async () => {
        for (const word of ['one', 'two']) await server.must('WriteFile', server.handle, word)
      }

      await sendTwo()
      expectOutcome(await client.recv(64), 'ReadFile of bytes').toBring('onetwo')
      await readMessages(client)
      await sendTwo()
      expectOutcome(await client.recv(64), 'ReadFile of a message').toBring('one')
      expectOutcome(await client.recv(64), 'ReadFile of the next message').toBring('two')

      const wrong = { mode: 'PIPE_TYPE_BYTE|PIPE_READMODE_MESSAGE' }
      const made = await createInstance(server.peer, other, wrong)
      expectOutcome(made, 'CreateNamedPipe with both').toFail('ERROR_INVALID_PARAMETER')
      const bytes = await serverEnd(server.peer, other, { mode: byteMode })
      const set = await bytes.call('SetNamedPipeHandleState', bytes.handle, 'PIPE_READMODE_MESSAGE')
      expectOutcome(set, 'SetNamedPipeHandleState of a byte pipe').toFail('ERROR_INVALID_PARAMETER')
    },
  },
  {
    id: 'npipe.zero-length-message',
    mechanism: 'win-named-pipe-message',
    theme: 'boundary',
    says: 'A WriteFile of no bytes is a message, and ReadFile succeeds with none; on a byte pipe it wakes nobody.',
    cites: ['MS:WriteFile', 'MS:ReadFile', 'Wine test_blocking_rw'],
    async run({ start, names }) {
      const [client, server] = [await start('client'), await start('server')]
      const pair = async (mode: string) => {
        const name = names.pipe('pipe')
        const reader = await serverEnd(server, name, { mode })
        return { reader, writer: await clientEnd(client, name) }
      }

      const { reader, writer } = await pair(messageMode)
      await writer.must('WriteFile', writer.handle, '')
      await writer.must('WriteFile', writer.handle, 'after it')
      expectOutcome(await reader.recv(64), 'ReadFile of the empty message').toBring('')
      expectOutcome(await reader.recv(64), 'ReadFile of the next message').toBring('after it')
      const waiting = reader.recv(64)
      await reader.blocked()
      await writer.must('WriteFile', writer.handle, '')
      expectOutcome(await waiting, 'the ReadFile that waited for a message').toBring('')

      const bytes = await pair(byteMode)
      const reading = bytes.reader.recv(64)
      await bytes.reader.blocked()
      await bytes.writer.must('WriteFile', bytes.writer.handle, '')
      await bytes.reader.blocked()
      await bytes.writer.must('WriteFile', bytes.writer.handle, 'a byte')
      expectOutcome(await reading, 'the ReadFile that waited for bytes').toBring('a byte')
    },
  },
  {
    id: 'npipe.transact',
    mechanism: 'win-named-pipe-message',
    theme: 'data',
    says: 'TransactNamedPipe sends a message and waits for the answer; an end that reads bytes gets ERROR_BAD_PIPE.',
    cites: ['MS:TransactNamedPipe'],
    async run({ start, names }) {
      const name = names.pipe('pipe')
      const server = await serverEnd(await start('server'), name, { mode: messageMode })
      const client = await clientEnd(await start('client'), name)
      const ask = (most: number) => client.call('TransactNamedPipe', client.handle, 'question', most)
      expectOutcome(await ask(64), 'TransactNamedPipe that reads bytes').toFail('ERROR_BAD_PIPE')

      await readMessages(client)
      const asking = ask(64)
      await client.blocked()
      expectOutcome(await server.recv(64), 'ReadFile of the question').toBring('question')
      await server.must('WriteFile', server.handle, 'answer')
      expectOutcome(await asking, 'TransactNamedPipe').toBring('answer')

      const askingTooShort = ask(3)
      expectOutcome(await server.recv(64), 'ReadFile of the next question').toBring('question')
      await server.must('WriteFile', server.handle, 'answer')
      const cut = await askingTooShort
      expectOutcome(cut, 'TransactNamedPipe with little room').toFailBringing('ERROR_MORE_DATA', 'ans')
      expectOutcome(await client.recv(64), 'ReadFile of the rest').toBring('wer')
    },
  },
]
