/** Whose datagrams reach which socket: by what it is bound and connected to, and by the groups it has joined. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase, Stage } from '../../../../harness/pair/stage.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { inetDatagram } from '../../../mechanisms/udp.ts'
import { addressOf, boundSocket, takeNow } from '../bound.ts'

async function boundAnywhere(peer: Peer, { names }: Pick<Stage, 'names'>) {
  const address = names.address('inet')
  return { socket: await boundSocket(peer, inetDatagram, address), address }
}

/** A socket that shares its address with whoever else is willing to. */
async function sharing(peer: Peer, address: string): Promise<number> {
  const socket = await newSocket(peer, inetDatagram)
  await peer.must('setsockopt', socket, 'SOL_SOCKET', 'SO_REUSEADDR', 1)
  await peer.must('bind', socket, address)
  return socket
}

export const addresses: readonly SpecificCase[] = [
  {
    id: 'udp.connect-filters',
    mechanism: 'udp',
    theme: 'naming',
    says: 'Once connected only the datagrams of the peer are queued; what strangers had sent before is still received.',
    cites: ['XSH connect', 'connect(2)', 'udp(7)'],
    async run(stage) {
      const [consumer, friend, stranger] = [
        await stage.start('consumer'),
        await stage.start('friend'),
        await stage.start('stranger'),
      ]
      const own = await boundAnywhere(consumer, stage)
      const friends = await boundAnywhere(friend, stage)
      const { socket: strangers, address: strange } = await boundAnywhere(stranger, stage)
      const taking = () => takeNow(consumer, own.socket)

      await stranger.must('sendto', strangers, 'early', 0, own.address)
      await consumer.must('connect', own.socket, friends.address)
      await stranger.must('sendto', strangers, 'late', 0, own.address)
      await friend.must('sendto', friends.socket, 'welcome', 0, own.address)

      const early = await taking()
      expectOutcome(early, 'the first recvfrom').toBring('early')
      expectOutcome(early, 'the first recvfrom').toGive('from', strange)
      const welcome = await taking()
      expectOutcome(welcome, 'the second recvfrom').toBring('welcome')
      expectOutcome(welcome, 'the second recvfrom').toGive('from', friends.address)
      expectOutcome(await taking(), 'a third').toFail('EAGAIN')
    },
  },
  {
    id: 'udp.disconnect-unspec',
    mechanism: 'udp',
    theme: 'naming',
    says: 'connect to AF_UNSPEC dissolves the connection: there is no peer any more, and datagrams of others are queued again.',
    cites: ['XSH connect', 'connect(2)'],
    async run(stage) {
      const peer = await stage.start('peer')
      const [own, friend, stranger] = [
        await boundAnywhere(peer, stage),
        await boundAnywhere(peer, stage),
        await boundAnywhere(peer, stage),
      ]
      await peer.must('connect', own.socket, friend.address)
      const connected = await peer.call('getpeername', own.socket)
      expectOutcome(connected, 'getpeername').toGive('address', friend.address)
      await peer.must('sendto', stranger.socket, 'unheard', 0, own.address)

      expectOutcome(await peer.call('connect', own.socket, 'unspec'), 'connect to AF_UNSPEC').toReturn(0)
      expectOutcome(await peer.call('getpeername', own.socket), 'getpeername after it').toFail('ENOTCONN')
      expectOutcome(await peer.call('send', own.socket, 'to whom?', 0), 'send').toFail('EDESTADDRREQ')
      await peer.must('sendto', stranger.socket, 'heard', 0, own.address)
      expectOutcome(await takeNow(peer, own.socket), 'recv').toBring('heard')
    },
  },
  {
    id: 'udp.reuseaddr-last-wins',
    mechanism: 'udp',
    theme: 'naming',
    says: 'Of two sockets that share an address by SO_REUSEADDR the last to be bound gets what is sent there; then the other.',
    cites: ['socket(7)', 'ip(7)'],
    async run({ start, names }) {
      const [producer, older, newer] = [await start('producer'), await start('older'), await start('newer')]
      const address = names.address('inet')
      const socket = await newSocket(producer, inetDatagram)
      const first = await sharing(older, address)
      const second = await sharing(newer, address)

      await producer.must('sendto', socket, 'for the last', 0, address)
      expectOutcome(await takeNow(newer, second), 'recv of the last to be bound').toBring('for the last')
      expectOutcome(await takeNow(older, first), 'recv of the first').toFail('EAGAIN')

      await newer.must('close', second)
      await producer.must('sendto', socket, 'for who is left', 0, address)
      expectOutcome(await takeNow(older, first), 'recv of who is left').toBring('for who is left')
    },
  },
  {
    id: 'udp.multicast-loopback',
    mechanism: 'udp',
    theme: 'data',
    says: 'What is sent to a group on the loopback interface reaches every process that has joined it, and none that has left.',
    cites: ['ip(7)', 'RFC 1112'],
    async run({ start, names }) {
      const [producer, first, second] = [await start('producer'), await start('first'), await start('second')]
      // Of the groups that are local to an organisation, one of this case alone.
      const group = names.address('inet').replace(/^127/, '239')
      const host = group.split(':')[0] ?? ''
      const join = async (peer: Peer) => {
        const socket = await sharing(peer, group)
        // Or it gets what any socket of this machine has joined.
        await peer.must('setsockopt', socket, 'IPPROTO_IP', 'IP_MULTICAST_ALL', 0)
        await peer.must('setsockopt-membership', socket, 'IPPROTO_IP', 'IP_ADD_MEMBERSHIP', host, 'lo')
        return socket
      }
      const [one, other] = [await join(first), await join(second)]
      const socket = await newSocket(producer, inetDatagram)
      await producer.must('setsockopt-membership', socket, 'IPPROTO_IP', 'IP_MULTICAST_IF', host, 'lo')

      expectOutcome(await producer.call('sendto', socket, 'to all', 0, group), 'sendto the group').toReturn(6)
      expectOutcome(await takeNow(first, one), 'recv of one member').toBring('to all')
      expectOutcome(await takeNow(second, other), 'recv of the other').toBring('to all')

      await second.must('setsockopt-membership', other, 'IPPROTO_IP', 'IP_DROP_MEMBERSHIP', host, 'lo')
      await producer.must('sendto', socket, 'to one', 0, group)
      expectOutcome(await takeNow(first, one), 'recv of who is left').toBring('to one')
      expectOutcome(await takeNow(second, other), 'recv of who has left').toFail('EAGAIN')
    },
  },
  {
    id: 'udp.broadcast-loopback',
    mechanism: 'udp',
    theme: 'data',
    says: 'With SO_BROADCAST a datagram to 127.255.255.255 reaches who is bound to its port; without, it is not sent.',
    cites: ['ip(7)', 'socket(7)'],
    async run({ start }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      const r = await boundSocket(consumer, inetDatagram, '0.0.0.0:0')
      const address = (await addressOf(consumer, r)).replace('0.0.0.0', '127.255.255.255')
      const socket = await newSocket(producer, inetDatagram)
      expectOutcome(await producer.call('sendto', socket, 'to all', 0, address), 'sendto').toFail('EACCES')

      await producer.must('setsockopt', socket, 'SOL_SOCKET', 'SO_BROADCAST', 1)
      expectOutcome(await producer.call('sendto', socket, 'to all', 0, address), 'sendto').toReturn(6)
      expectOutcome(await takeNow(consumer, r), 'recv').toBring('to all')
      expectOutcome(await takeNow(consumer, r), 'recv of nothing more').toFail('EAGAIN')
    },
  },
]
