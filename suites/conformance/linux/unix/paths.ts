/** Paths of sockets: they stay until somebody removes them, whatever became of the socket. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, becomeStranger } from '../../../mechanisms/nobody.ts'
import { connectTo, mustListenAt } from '../../../mechanisms/sockets.ts'
import { datagram, seqpacket, stream } from '../../../mechanisms/unix-sockets.ts'
import { boundSocket } from '../bound.ts'
import { bindTo, strangers } from './strangers.ts'

/** How long sun_path is. */
const longest = 108

export const paths: readonly SpecificCase[] = [
  {
    id: 'uds.path-lifecycle',
    mechanism: 'unix-stream',
    theme: 'cleanup',
    core: true,
    says: 'A path outlives its socket: taken (EADDRINUSE) and dead (ECONNREFUSED) until unlink; rename takes a live one along.',
    cites: ['XSH bind', 'XSH connect', 'unix(7)'],
    async run(stage) {
      const { producer: client, consumer: server } = await strangers(stage)
      const [path, renamed] = [stage.names.path('socket'), stage.names.path('renamed')]
      const connecting = (to: string) => connectTo(client, stream, to)
      const binding = (to: string) => bindTo(client, stream, to)
      expectOutcome(await connecting(path), 'connect to a missing path').toFail('ENOENT')

      const listener = await mustListenAt(server, stream, path, 4)
      expectOutcome(await binding(path), 'bind to a path in use').toFail('EADDRINUSE')
      expectOutcome(await connecting(path), 'connect').toReturn(0)
      await client.must('rename', path, renamed)
      expectOutcome(await connecting(path), 'connect to the old name').toFail('ENOENT')
      expectOutcome(await connecting(renamed), 'connect to the new name').toReturn(0)

      await server.must('close', listener)
      expectOutcome(await connecting(renamed), 'connect to a stale path').toFail('ECONNREFUSED')
      expectOutcome(await binding(renamed), 'bind to a stale path').toFail('EADDRINUSE')

      expectOutcome(await client.call('unlink', renamed), 'unlink').toReturn(0)
      expectOutcome(await connecting(renamed), 'connect after unlink').toFail('ENOENT')
      await mustListenAt(server, stream, renamed)
      expectOutcome(await connecting(renamed), 'connect to the successor').toReturn(0)
    },
  },
  {
    id: 'uds.crash-leaves-path',
    mechanism: 'unix-stream',
    theme: 'crash',
    core: true,
    says: 'A server that is killed leaves its path behind, dead and taken; its abstract name is free at once.',
    cites: ['unix(7)'],
    async run(stage) {
      const { producer: client, consumer: server } = await strangers(stage)
      const [path, name] = [stage.names.path('socket'), stage.names.abstract('socket')]
      await mustListenAt(server, stream, path)
      await mustListenAt(server, stream, name)
      expectOutcome(await bindTo(client, stream, name), 'bind to the abstract name in use').toFail('EADDRINUSE')
      await server.kill()

      expectOutcome(await client.call('stat', path), 'stat').toGive('type', 'S_IFSOCK')
      expectOutcome(await connectTo(client, stream, path), 'connect to the path').toFail('ECONNREFUSED')
      expectOutcome(await bindTo(client, stream, path), 'bind to the path').toFail('EADDRINUSE')
      expectOutcome(await connectTo(client, stream, name), 'connect to the abstract name').toFail('ECONNREFUSED')
      expectOutcome(await bindTo(client, stream, name), 'bind to the abstract name').toReturn(0)
    },
  },
  {
    id: 'uds.path-permission',
    mechanism: 'unix-stream',
    theme: 'perm',
    says: 'A path gets its mode from the umask, and who may not write to it cannot connect: EACCES.',
    cites: ['unix(7)'],
    needs: anotherUser,
    async run(stage) {
      const { producer: stranger, consumer: server } = await strangers(stage)
      const path = stage.names.path('socket')
      await server.must('umask', 0o022)
      await mustListenAt(server, stream, path)
      expectOutcome(await server.call('stat', path), 'stat').toGive('mode', 0o755)

      await becomeStranger(stage, stranger, path)
      expectOutcome(await connectTo(stranger, stream, path), 'connect by one who may not write').toFail('EACCES')
      await server.must('chmod', path, 0o702)
      expectOutcome(await connectTo(stranger, stream, path), 'connect by one who may only write').toReturn(0)
    },
  },
  {
    id: 'uds.sun-path-limit',
    mechanism: 'unix-stream',
    theme: 'limit',
    says: 'A path may have 108 bytes, without its NUL; one more fails with EINVAL, and the wrong type with EPROTOTYPE.',
    cites: ['unix(7)'],
    async run({ start, names, unsupported }) {
      const peer = await start('peer')
      const [path, name, datagrams] = [names.path('long'), names.abstract('long'), names.path('datagrams')]
      if (path.length > longest) unsupported(`the run's folder has too long a name for sockets: ${path}; see TMPDIR`)
      const padded = (text: string, length: number) => text.padEnd(length, '.')

      for (const address of [padded(path, longest - 1), padded(path, longest), padded(name, longest)]) {
        const listener = await boundSocket(peer, stream, address)
        expectOutcome(await peer.call('getsockname', listener), 'getsockname').toGive('address', address)
        await peer.must('listen', listener, 1)
        expectOutcome(await connectTo(peer, stream, address), `connect to ${address.length} bytes`).toReturn(0)
      }
      for (const address of [padded(path, longest + 1), padded(name, longest + 1)]) {
        expectOutcome(await bindTo(peer, stream, address), `bind to ${address.length} bytes`).toFail('EINVAL')
        expectOutcome(await connectTo(peer, stream, address), `connect to ${address.length} bytes`).toFail('EINVAL')
      }

      await boundSocket(peer, datagram, datagrams)
      for (const kind of [stream, seqpacket]) {
        const connected = await connectTo(peer, kind, datagrams)
        expectOutcome(connected, `connect of ${kind.type} to SOCK_DGRAM`).toFail('EPROTOTYPE')
      }
    },
  },
]
