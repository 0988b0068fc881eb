/** Who may have an address, and how soon again. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { addressOf } from '../bound.ts'
import { anyPort, connectedTo, listening, tcpSocket } from './parts.ts'

const reuse = (peer: Peer, socket: number, option: 'SO_REUSEADDR' | 'SO_REUSEPORT', on: number) =>
  peer.must('setsockopt', socket, 'SOL_SOCKET', option, on)

/** Of an address that nobody has or could have: it is set aside for documentation. */
const foreign = '192.0.2.1:0'

const connections = 64
/** Each connection goes to one of two listeners as a coin falls: fewer than this is one chance in a thousand million. */
const fewest = 8

export const addresses: readonly SpecificCase[] = [
  {
    id: 'tcp.bind-errors',
    mechanism: 'tcp',
    theme: 'naming',
    says: 'bind fails with EADDRINUSE, EADDRNOTAVAIL, a second time EINVAL, and below port 1024 without the right EACCES.',
    cites: ['XSH bind', 'ip(7)', 'capabilities(7)'],
    needs: [{ sysctl: 'net/ipv4/ip_unprivileged_port_start', atLeast: 1024 }],
    async run(stage) {
      const { producer: rival, address } = await listening(stage)
      const socket = await tcpSocket(rival)
      expectOutcome(await rival.call('bind', socket, address), 'bind to what is in use').toFail('EADDRINUSE')
      expectOutcome(await rival.call('bind', socket, foreign), 'bind to a foreign address').toFail('EADDRNOTAVAIL')
      expectOutcome(await rival.call('bind', socket, anyPort), 'bind').toReturn(0)
      expectOutcome(await rival.call('bind', socket, anyPort), 'bind once bound').toFail('EINVAL')

      await rival.must('drop-capability', 'CAP_NET_BIND_SERVICE')
      const host = address.split(':')[0]
      const privileged = await rival.call('bind', await tcpSocket(rival), `${host}:1023`)
      expectOutcome(privileged, 'bind to port 1023').toFail('EACCES')
    },
  },
  {
    id: 'tcp.timewait-reuseaddr',
    mechanism: 'tcp',
    theme: 'naming',
    says: 'An address stays in use after its connection; SO_REUSEADDR frees it if those who used it had set it as well.',
    cites: ['socket(7)', 'RFC 9293 3.6.1'],
    async run({ start, names }) {
      const client = await start('client')
      const server = await start('server')
      /** The server closes first, and so its side of the connection is the one that waits. */
      const abandon = async (address: string, reused: number) => {
        const listener = await tcpSocket(server)
        await reuse(server, listener, 'SO_REUSEADDR', reused)
        await server.must('bind', listener, address)
        await server.must('listen', listener, 1)
        const socket = await connectedTo(client, address)
        const accepted = await server.must('accept', listener)
        await server.must('close', listener)
        await server.must('close', accepted)
        expectOutcome(await client.call('recv', socket, 64, 0), 'recv of the end').toReturn(0)
        await client.must('close', socket)
      }
      const rebind = async (address: string, reused: number) => {
        const socket = await tcpSocket(server)
        await reuse(server, socket, 'SO_REUSEADDR', reused)
        return server.call('bind', socket, address)
      }

      const strict = names.address('inet')
      await abandon(strict, 0)
      expectOutcome(await rebind(strict, 0), 'bind').toFail('EADDRINUSE')
      expectOutcome(await rebind(strict, 1), 'bind with SO_REUSEADDR new').toFail('EADDRINUSE')

      const lenient = names.address('inet')
      await abandon(lenient, 1)
      expectOutcome(await rebind(lenient, 0), 'bind without SO_REUSEADDR').toFail('EADDRINUSE')
      expectOutcome(await rebind(lenient, 1), 'bind with SO_REUSEADDR old and new').toReturn(0)
    },
  },
  {
    id: 'tcp.reuseport-distribution',
    mechanism: 'tcp',
    theme: 'order',
    says: 'Two processes that listen at one address with SO_REUSEPORT share its connections, each getting about half.',
    cites: ['socket(7)'],
    async run({ start, names, note }) {
      const address = names.address('inet')
      const client = await start('client')
      const servers = await Promise.all([start('server-1'), start('server-2')])
      const listeners = []
      for (const server of servers) {
        const socket = await server.must('socket', 'AF_INET', 'SOCK_STREAM|SOCK_NONBLOCK', 0)
        await reuse(server, socket, 'SO_REUSEPORT', 1)
        expectOutcome(await server.call('bind', socket, address), 'bind').toReturn(0)
        await server.must('listen', socket, connections)
        listeners.push(socket)
      }

      // All at once, so that nobody waits for an answer before the next.
      const sockets = await Promise.all(Array.from({ length: connections }, () => tcpSocket(client)))
      await Promise.all(sockets.map((socket) => client.must('connect', socket, address)))
      const shares = []
      for (const [index, server] of servers.entries()) {
        const accepting = await server.call('repeat', connections + 1, 0, 'accept', listeners[index] as number)
        expectOutcome(accepting, 'accept of one more').toFail('EAGAIN')
        shares.push(Number(accepting.out?.times) - 1)
      }
      note('connections', shares)
      expectValue(
        shares.reduce((sum, share) => sum + share),
        'the connections that were accepted',
      ).toEqual(connections)
      expectValue(Math.min(...shares), 'the smaller share').toBeBetween(fewest, connections / 2)
    },
  },
  {
    id: 'tcp.listen-unbound',
    mechanism: 'tcp',
    theme: 'naming',
    says: 'listen on a socket that has no address chooses a port of every address, and it can be connected to.',
    cites: ['XSH listen', 'ip(7)'],
    async run({ start }) {
      const owner = await start('owner')
      const listener = await tcpSocket(owner)
      expectOutcome(await owner.call('listen', listener, 1), 'listen').toReturn(0)
      const [host, port] = (await addressOf(owner, listener)).split(':')
      expectValue(host ?? '', 'the address').toEqual('0.0.0.0')
      expectValue(Number(port), 'the port').toBeBetween(1, 65535)

      expectOutcome(await owner.call('connect', await tcpSocket(owner), `127.0.0.1:${port}`), 'connect').toReturn(0)
      expectOutcome(await owner.call('accept', listener), 'accept').toSucceed()
    },
  },
]
