/** Who may do what, what the mailslot tells of itself, how long a read waits, and what its name may be. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Out, Outcome } from '../../../../harness/model.ts'
import type { End, SpecificCase } from '../../../../harness/pair/stage.ts'
import { createMailslot, openMailslot } from '../../../mechanisms/win-mailslot.ts'
import { serverAndClient, serverEnd } from './slot.ts'

/** What GetMailslotInfo tells. */
async function expectInfo(server: End, when: string, expected: Readonly<Record<string, Out>>): Promise<void> {
  const told = await server.call('GetMailslotInfo', server.handle)
  for (const [name, value] of Object.entries(expected)) {
    expectOutcome(told, `GetMailslotInfo ${when}`).toGive(name, value)
  }
}

/** A wait of Windows ends with a tick of its clock, the first of which has begun already. */
const tickMs = 16
const expectWaitedFor = (milliseconds: number, { ns }: Outcome): void =>
  expectValue(ns / 1e6 >= milliseconds - tickMs, `that ${ns / 1e6} ms is no less than the time-out`).toEqual(true)

export const servers: readonly SpecificCase[] = [
  {
    id: 'mailslot.direction',
    mechanism: 'win-mailslot',
    theme: 'direction',
    core: true,
    says: 'The server cannot write, and a client cannot read, even one that asked to.',
    cites: ['MS "About Mailslots"', 'Wine mailslot_test'],
    async run(stage) {
      const { server, client, name } = await serverAndClient(stage)
      expectOutcome(await server.send('back'), 'WriteFile of the server').toFail('ERROR_ACCESS_DENIED')
      expectOutcome(await client.recv(64), 'ReadFile of a client').toFail('ERROR_ACCESS_DENIED')
      const asking = await openMailslot(client.peer, name, 'GENERIC_READ|GENERIC_WRITE')
      expectOutcome(asking, 'CreateFile that asks to read and write').toSucceed()
      expectOutcome(await client.call('WriteFile', asking.ret, 'forth'), 'WriteFile of that client').toSucceed()
      const read = expectOutcome(await client.call('ReadFile', asking.ret, 64), 'ReadFile of that client')
      read.toFail('ERROR_ACCESS_DENIED', 'ERROR_INVALID_PARAMETER')
      expectOutcome(await server.recv(64), 'ReadFile of the server').toBring('forth')
    },
  },
  {
    id: 'mailslot.read-timeout',
    mechanism: 'win-mailslot',
    theme: 'block',
    core: true,
    says: 'A read of nothing ends with ERROR_SEM_TIMEOUT after lReadTimeout, at once if that is 0, or waits for a message.',
    cites: ['MS:CreateMailslotW', 'MS:SetMailslotInfo'],
    async run(stage) {
      const { server, client, name } = await serverAndClient(stage)
      expectOutcome(await server.recv(64), 'ReadFile that may not wait').toFail('ERROR_SEM_TIMEOUT')

      const timeout = 60
      const patient = await serverEnd(await stage.start('patient'), `${name}-patient`, { readTimeout: timeout })
      const waited = await patient.recv(64)
      expectOutcome(waited, `ReadFile that waits for ${timeout} ms`).toFail('ERROR_SEM_TIMEOUT')
      expectWaitedFor(timeout, waited)

      await server.must('SetMailslotInfo', server.handle, 'MAILSLOT_WAIT_FOREVER')
      const waiting = server.recv(64)
      await server.blocked()
      expectOutcome(await client.send('at last'), 'WriteFile').toSucceed()
      expectOutcome(await waiting, 'ReadFile that waits forever').toBring('at last')
    },
  },
  {
    id: 'mailslot.info',
    mechanism: 'win-mailslot',
    theme: 'data',
    says: 'GetMailslotInfo tells how long the next message is, how many there are, and that there is none.',
    cites: ['MS:GetMailslotInfo', 'MS:SetMailslotInfo'],
    async run(stage) {
      const { server, client } = await serverAndClient(stage, { maxMessage: 400, readTimeout: 250 })
      const none = { nextSize: 'MAILSLOT_NO_MESSAGE', count: 0 }
      await expectInfo(server, 'of a new mailslot', { ...none, maxMessage: 400, readTimeout: 250 })
      for (const message of ['a', 'bc']) expectOutcome(await client.send(message), 'WriteFile').toSucceed()
      await expectInfo(server, 'of two messages', { nextSize: 1, count: 2 })
      expectOutcome(await server.recv(64), 'ReadFile').toBring('a')
      await expectInfo(server, 'of one message', { nextSize: 2, count: 1 })
      expectOutcome(await server.recv(64), 'ReadFile').toBring('bc')
      await expectInfo(server, 'when all is read', none)
      await server.must('SetMailslotInfo', server.handle, 'MAILSLOT_WAIT_FOREVER')
      await expectInfo(server, 'of what waits forever', { readTimeout: 'MAILSLOT_WAIT_FOREVER' })
      const asked = await client.call('GetMailslotInfo', client.handle)
      expectOutcome(asked, "GetMailslotInfo of a client's handle").toFail('any')
    },
  },
  {
    id: 'mailslot.name-errors',
    mechanism: 'win-mailslot',
    theme: 'naming',
    says: 'A name of another form is ERROR_INVALID_NAME, none is ERROR_PATH_NOT_FOUND, and one that is taken cannot be made.',
    cites: ['MS:CreateMailslotW', 'Wine mailslot_test'],
    async run({ start, names }) {
      const [server, second] = [await start('server'), await start('second')]
      expectOutcome(await createMailslot(server, 'blah'), 'a name of another form').toFail('ERROR_INVALID_NAME')
      expectOutcome(await createMailslot(server, 'NULL'), 'no name').toFail('ERROR_PATH_NOT_FOUND')
      const name = names.mailslot('taken')
      expectOutcome(await createMailslot(server, name), 'a good name').toSucceed()
      for (const peer of [server, second]) {
        expectOutcome(await createMailslot(peer, name), `the same of the ${peer.role}`).toFail('ERROR_ALREADY_EXISTS')
      }
      const nested = names.mailslot('a\\b\\c')
      expectOutcome(await createMailslot(second, nested), 'a name with pseudodirectories').toSucceed()
    },
  },
]
