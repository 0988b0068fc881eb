/** Netlink between processes: who has which port, and what becomes of messages to it. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { crcOf, materialise } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { netlinkKind, portOf } from '../../../mechanisms/netlink-usersock.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { addressOf, boundSocket, takeNow } from '../bound.ts'

/** The kernel is to find one. */
const anyPort = 'netlink:0'
/** The first of the groups. */
const group = 'netlink:0:1'

export const ports: readonly SpecificCase[] = [
  {
    id: 'netlink.usersock-unicast',
    mechanism: 'netlink-usersock',
    theme: 'data',
    core: true,
    says: 'The first socket of a process gets its process id for a port, the next another; a message tells the port it is from.',
    cites: ['netlink(7)'],
    async run({ start }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      const r = await boundSocket(consumer, netlinkKind, anyPort)
      const address = await addressOf(consumer, r)
      expectValue(address, 'the first port').toEqual(`netlink:${await consumer.must('getpid')}`)
      const another = await addressOf(consumer, await boundSocket(consumer, netlinkKind, anyPort))
      expectValue(another, 'the second port').toDifferFrom(address)

      const w = await newSocket(producer, netlinkKind)
      expectOutcome(await producer.call('sendto', w, 'hello', 0, address), 'sendto').toReturn(5)
      const came = await takeNow(consumer, r)
      expectOutcome(came, 'recvfrom').toBring('hello')
      expectOutcome(came, 'recvfrom').toGive('from', `netlink:${await producer.must('getpid')}`)
      expectOutcome(await takeNow(consumer, r), 'recvfrom of nothing more').toFail('EAGAIN')
    },
  },
  {
    id: 'netlink.addr-errors',
    mechanism: 'netlink-usersock',
    theme: 'err',
    says: 'bind to a port in use fails with EADDRINUSE, a socket keeps its port, and a message to no port with ECONNREFUSED.',
    cites: ['netlink(7)'],
    async run({ start, names }) {
      const peer = await start('peer')
      const [taken, free] = [portOf(names), portOf(names)]
      const first = await boundSocket(peer, netlinkKind, taken)
      const second = await newSocket(peer, netlinkKind)
      expectOutcome(await peer.call('bind', second, taken), 'bind to a port in use').toFail('EADDRINUSE')
      expectOutcome(await peer.call('bind', first, free), 'bind to another port').toFail('EINVAL')
      expectOutcome(await peer.call('sendto', second, 'anyone?', 0, free), 'sendto no port').toFail('ECONNREFUSED')
      expectOutcome(await peer.call('bind', await newSocket(peer, netlinkKind), free), 'bind to a free port').toReturn(
        0,
      )
      expectOutcome(await peer.call('sendto', second, 'anyone?', 0, free), 'sendto it then').toReturn(7)
    },
  },
  {
    id: 'netlink.unicast-overrun',
    mechanism: 'netlink-usersock',
    theme: 'limit',
    says: 'A sender that may not wait is told EAGAIN when the receiver has no room, and nothing that was taken is lost.',
    cites: ['netlink(7)'],
    async run({ open, note }) {
      const { producer, consumer } = await open()
      await consumer.must('setsockopt', consumer.handle, 'SOL_SOCKET', 'SO_RCVBUF', 8192)
      const message = { pattern: 500, seed: 1 }
      await producer.blocking(false)
      const filling = await producer.sendMany(1000, message)
      expectOutcome(filling, 'the last send').toFail('EAGAIN')
      const taken = Number(filling.out?.times) - 1
      note('taken', taken)

      await consumer.blocking(false)
      const draining = await consumer.recvMany(1000, 500, 500)
      expectOutcome(draining, 'the receives').toGive('tally', [
        { ret: -1, error: 'EAGAIN', count: 1 },
        { ret: 500, crc: crcOf(materialise(message)), count: taken },
      ])
      expectOutcome(await producer.send('room again'), 'send once there is room').toReturn(10)
      expectOutcome(await consumer.recv(64), 'recv').toBring('room again')
    },
  },
  {
    id: 'netlink.multicast-overrun',
    mechanism: 'netlink-usersock',
    theme: 'limit',
    says: 'A member of a group that had no room is told ENOBUFS once, then receives what it had room for; the sender is not told.',
    cites: ['netlink(7)'],
    needs: [
      {
        works: ['unshare', 'CLONE_NEWUSER|CLONE_NEWNET'],
        otherwise: 'allow user namespaces: sysctl -w user.max_user_namespaces=1000 user.max_net_namespaces=1000',
      },
    ],
    async run({ start, names, unsupported }) {
      // In a network of their own nobody else is in the group, and everybody may join it.
      const producer = await start('producer')
      await producer.must('unshare', 'CLONE_NEWUSER|CLONE_NEWNET')
      const consumer = await producer.fork('consumer')
      const member = await newSocket(consumer, netlinkKind)
      const joined = await consumer.call('bind', member, group)
      if (joined.error === 'EPERM') unsupported('a user namespace gives no CAP_NET_ADMIN here; run as root, or let it')
      expectOutcome(joined, 'bind to the group').toReturn(0)
      await consumer.must('setsockopt', member, 'SOL_SOCKET', 'SO_RCVBUF', 8192)
      const own = portOf(names)
      const w = await boundSocket(producer, netlinkKind, own)
      const sending = (text: string) => producer.call('sendto', w, text, 0, group)

      // A message to a group goes to its port too, which is nobody's: that is all that its sender is told.
      const numbered = Array.from({ length: 100 }, (_, n) => `${n}`.padStart(500, '.'))
      for (const each of numbered) expectOutcome(await sending(each), 'sendto the group').toFail('ECONNREFUSED')

      const first = await takeNow(consumer, member, 512)
      expectOutcome(first, 'the first recvfrom').toFail('ENOBUFS')
      let came = await takeNow(consumer, member, 512)
      expectOutcome(came, 'the second').toGive('from', `${own}:1`)
      let kept = 0
      for (; came.error === undefined; came = await takeNow(consumer, member, 512)) {
        expectOutcome(came, `recvfrom number ${kept + 2}`).toBring(numbered[kept] ?? 'one too many')
        kept++
      }
      expectOutcome(came, 'recvfrom of nothing more').toFail('EAGAIN')
      expectValue(kept, 'how many were kept').toBeBetween(1, numbered.length - 1)

      await sending('with room')
      expectOutcome(await takeNow(consumer, member), 'recvfrom once there is room').toBring('with room')
    },
  },
]
