/** Who may open a named pipe: what its security descriptor says of the client. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { userOf } from '../../../mechanisms/win-user.ts'
import { createInstance, openPipe } from './instance.ts'

export const security: readonly SpecificCase[] = [
  {
    id: 'npipe.security-descriptor',
    mechanism: 'win-named-pipe-byte',
    theme: 'perm',
    says: "A pipe whose DACL denies the client's user cannot be opened: ERROR_ACCESS_DENIED; one that allows it can.",
    cites: ['MS "Named Pipe Security and Access Rights"'],
    async run({ start, names }) {
      const [forbidden, allowed] = [names.pipe('forbidden'), names.pipe('allowed')]
      const server = await start('server')
      const client = await start('client')
      const { sid } = await userOf(client)

      const deny = { security: `D:(D;;GA;;;${sid})(A;;GA;;;WD)` }
      expectOutcome(await createInstance(server, forbidden, deny), 'CreateNamedPipe').toSucceed()
      expectOutcome(await openPipe(client, forbidden), 'CreateFile').toFail('ERROR_ACCESS_DENIED')

      const allow = { security: `D:(A;;GA;;;${sid})` }
      expectOutcome(await createInstance(server, allowed, allow), 'CreateNamedPipe').toSucceed()
      expectOutcome(await openPipe(client, allowed), 'CreateFile of the one that allows it').toSucceed()
    },
  },
]
