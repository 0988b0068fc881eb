/** Several clients at once, and clients whose server has died. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { crcOf, materialise, pattern } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { openMailslot } from '../../../mechanisms/win-mailslot.ts'
import { clientEnd, serverAndClient, serverEnd } from './slot.ts'

const each = 250
/** Of a length of its own for each client, none above what a broadcast may have. */
const messages = [100, 200, 300, 400].map((length, index) => pattern(length, index + 1))

export const clients: readonly SpecificCase[] = [
  {
    id: 'mailslot.multiple-writers',
    mechanism: 'win-mailslot',
    theme: 'atomic',
    says: 'Every message of four clients that write at once arrives whole, and none is lost.',
    cites: ['MS "About Mailslots"'],
    async run({ start, names }) {
      const name = names.mailslot('slot')
      const server = await serverEnd(await start('server'), name, {})
      const ends = await Promise.all(messages.map(async (_, index) => clientEnd(await start(`client-${index}`), name)))
      const receiving = server.recvMany(messages.length * each, 1000, 0)
      const sent = await Promise.all(ends.map((end, index) => end.sendMany(each, messages[index] ?? '')))
      for (const outcome of sent) expectOutcome(outcome, 'the writes of one client').toGive('times', each)
      const came = await receiving
      expectOutcome(came, 'ReadFile').toSucceed()
      const whole = messages.map((message) => {
        const bytes = materialise(message)
        return { ret: bytes.length, crc: crcOf(bytes), count: each }
      })
      expectValue(came.out?.tally ?? [], 'the messages that came').toEqual(whole)
    },
  },
  {
    id: 'mailslot.server-death',
    mechanism: 'win-mailslot',
    theme: 'crash',
    says: 'Once the server has died a client cannot write, and the name is gone.',
    cites: ['MS "About Mailslots"', 'MS:CreateMailslotW'],
    async run(stage) {
      const { server, client, name } = await serverAndClient(stage)
      expectOutcome(await client.send('while it lives'), 'WriteFile').toSucceed()
      await server.peer.kill()
      const opened = await openMailslot(await stage.start('late'), name)
      expectOutcome(opened, 'CreateFile by its name').toFail('ERROR_FILE_NOT_FOUND')
      const written = await client.send('anyone?')
      expectOutcome(written, 'WriteFile when the server has died').toFail('any')
      stage.note('a write without a server', written.error ?? '')
    },
  },
]
