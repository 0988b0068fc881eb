/** Messages: their borders, their longest, empty ones, and what a read with too little room does. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import { pattern } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { serverAndClient } from './slot.ts'

export const messages: readonly SpecificCase[] = [
  {
    id: 'mailslot.one-way-messages',
    mechanism: 'win-mailslot',
    theme: 'boundary',
    core: true,
    says: 'Two writes of a client are two reads of the server, in order, whatever room there is.',
    cites: ['MS:CreateMailslotW', 'MS "About Mailslots"'],
    async run(stage) {
      const { server, client } = await serverAndClient(stage)
      for (const message of ['a', 'bc']) {
        expectOutcome(await client.send(message), 'WriteFile').toGive('transferred', message.length)
      }
      expectOutcome(await server.recv(64), 'the first ReadFile').toBring('a')
      expectOutcome(await server.recv(64), 'the second ReadFile').toBring('bc')
    },
  },
  {
    id: 'mailslot.zero-length',
    mechanism: 'win-mailslot',
    theme: 'boundary',
    says: 'A WriteFile of no bytes is a message: ReadFile succeeds with none, and the next message comes after it.',
    cites: ['MS:WriteFile', 'Wine mailslot_test'],
    async run(stage) {
      const { server, client } = await serverAndClient(stage)
      expectOutcome(await client.send(''), 'WriteFile of nothing').toGive('transferred', 0)
      expectOutcome(await client.send('after it'), 'WriteFile').toSucceed()
      expectOutcome(await server.recv(64), 'ReadFile of the empty message').toBring('')
      expectOutcome(await server.recv(64), 'ReadFile of the next message').toBring('after it')
      expectOutcome(await server.recv(64), 'ReadFile when all is read').toFail('ERROR_SEM_TIMEOUT')
    },
  },
  {
    id: 'mailslot.max-message',
    mechanism: 'win-mailslot',
    theme: 'limit',
    says: 'A message of nMaxMessageSize arrives, a longer one is refused and leaves nothing; with 0 one may have any size.',
    cites: ['MS:CreateMailslotW'],
    async run(stage) {
      const { server, client } = await serverAndClient(stage, { maxMessage: 400 })
      expectOutcome(await client.send(pattern(400, 1)), 'WriteFile of the longest').toSucceed()
      const tooLong = await client.send(pattern(401, 2))
      expectOutcome(tooLong, 'WriteFile of one byte more').toFail('any')
      stage.note('a message that is too long', tooLong.error ?? '')
      expectOutcome(await server.recv(1000), 'ReadFile').toBring(pattern(400, 1))
      expectOutcome(await server.recv(1000), 'ReadFile of what was refused').toFail('ERROR_SEM_TIMEOUT')

      const roles = { ...stage, start: (role: string) => stage.start(`${role}-without-limit`) }
      const unlimited = await serverAndClient(roles)
      const long = pattern(1 << 20, 3)
      expectOutcome(await unlimited.client.send(long), 'WriteFile of a mebibyte').toSucceed()
      expectOutcome(await unlimited.server.recv(1 << 20), 'ReadFile of it').toBring(long)
    },
  },
  {
    id: 'mailslot.read-buffer-too-small',
    mechanism: 'win-mailslot',
    theme: 'boundary',
    says: 'A ReadFile with less room than the message fails with ERROR_INSUFFICIENT_BUFFER, and the message stays.',
    cites: ['MS:ReadFile', 'MS "Reading from a Mailslot"'],
    async run(stage) {
      const { server, client } = await serverAndClient(stage)
      for (const message of ['seven b', 'next']) expectOutcome(await client.send(message), 'WriteFile').toSucceed()
      for (const room of [1, 6]) {
        const short = await server.recv(room)
        expectOutcome(short, `ReadFile with room for ${room}`).toFail('ERROR_INSUFFICIENT_BUFFER')
      }
      expectOutcome(await server.recv(7), 'ReadFile with room for it').toBring('seven b')
      expectOutcome(await server.recv(64), 'ReadFile of the next message').toBring('next')
    },
  },
]
