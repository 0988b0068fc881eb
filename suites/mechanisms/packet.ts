/** Packet sockets on the loopback interface: frames of an ethertype of one's own, one for each direction. */

import { descriptorIo, endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel, Io, Names } from '../../harness/pair/stage.ts'
import { datagramTraits, numberFrom } from './datagrams.ts'
import { loopback, rawSockets } from './sockets.ts'

/** Above those that this machine may understand. */
const ethertypeOf = (names: Names): number => numberFrom(names, 0x9300, 0xff00)

/** What a socket is bound to is what it receives: where it sends to it says with each send. */
const ioTo = (address: string): Io => ({
  ...descriptorIo,
  transport: 'packet',
  options: [['to', address]],
  send: (handle, data) => ['sendto', handle, data, 0, address],
})

export const packet: Channel = {
  id: 'packet',
  title: 'Packet socket',
  kind: 'channel',
  family: 'socket',
  os: 'linux',
  cites: ['packet(7)'],
  traits: {
    ...datagramTraits,
    naming: 'none',
    zeroLength: 'no-op',
    // What the loopback interface takes.
    maxMessage: { is: 'at-most', bytes: 65_536, error: 'EMSGSIZE' },
  },
  needs: [...rawSockets, loopback],
  async open(stage) {
    const producer = await stage.start('producer')
    const consumer = await stage.start('consumer')
    const [back, forth] = [`packet:lo:${ethertypeOf(stage.names)}`, `packet:lo:${ethertypeOf(stage.names)}`]
    const w = await producer.must('socket', 'AF_PACKET', 'SOCK_DGRAM', 0)
    const r = await consumer.must('socket', 'AF_PACKET', 'SOCK_DGRAM', 0)
    await producer.must('bind', w, back)
    await consumer.must('bind', r, forth)
    return linkOf(endOf(producer, w, ioTo(forth)), endOf(consumer, r, ioTo(back)))
  },
}
