/** Abstract names, which no file stands for, and names that the kernel chooses. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { connectTo, mustListenAt, newSocket } from '../../../mechanisms/sockets.ts'
import { stream } from '../../../mechanisms/unix-sockets.ts'
import { startElsewhere } from './elsewhere.ts'
import { bindTo, strangers } from './strangers.ts'

export const names: readonly SpecificCase[] = [
  {
    id: 'uds.abstract-names',
    mechanism: 'unix-stream-abstract',
    theme: 'naming',
    says: 'An abstract name is taken while its socket lives and free after, is known in its network namespace alone, and may be given by the kernel.',
    cites: ['unix(7)', 'network_namespaces(7)'],
    async run(stage) {
      const { producer: client, consumer: server } = await strangers(stage)
      const elsewhere = await startElsewhere(stage)
      const [name, path] = [stage.names.abstract('socket'), stage.names.path('socket')]
      const connecting = () => connectTo(client, stream, name)
      expectOutcome(await connecting(), 'connect to a missing name').toFail('ECONNREFUSED')

      const listener = await mustListenAt(server, stream, name)
      await mustListenAt(server, stream, path)
      expectOutcome(await bindTo(client, stream, name), 'bind to a name in use').toFail('EADDRINUSE')
      expectOutcome(await connecting(), 'connect').toReturn(0)
      expectOutcome(await connectTo(elsewhere, stream, name), 'connect from elsewhere').toFail('ECONNREFUSED')
      expectOutcome(await bindTo(elsewhere, stream, name), 'bind elsewhere').toReturn(0)
      expectOutcome(await connectTo(elsewhere, stream, path), 'connect to a path from elsewhere').toReturn(0)

      await server.must('close', listener)
      expectOutcome(await connecting(), 'connect after close').toFail('ECONNREFUSED')
      expectOutcome(await bindTo(client, stream, name), 'bind after close').toReturn(0)

      const nameless = await newSocket(server, stream)
      expectOutcome(await server.call('getsockname', nameless), 'getsockname before bind').toGive('address', '')
      expectOutcome(await server.call('bind', nameless, ''), 'bind to no name').toReturn(0)
      await server.must('listen', nameless, 1)
      const given = String((await server.call('getsockname', nameless)).out?.address)
      expectValue(given.replace(/[0-9a-f]/g, 'x'), `${given}, each hexadecimal digit an x,`).toEqual('@xxxxx')
      expectOutcome(await connectTo(client, stream, given), 'connect to the name that was given').toReturn(0)
    },
  },
]
