/** What a packet socket sees of an interface. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { bytesOf } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { inetDatagram } from '../../../mechanisms/udp.ts'
import { boundSocket, takeNow } from '../bound.ts'
import { headerLength, hostIn, readIpHeader } from './headers.ts'

const ethernetHeaderLength = 14
/** Two addresses that the loopback interface has none of, and the type of IPv4. */
const ethernetHeader = `${'00'.repeat(12)}0800`
const udpHeaderLength = 8
const wholePacket = 0xffff

/** Lets frames pass that carry IPv4 to one host: what else happens on the interface is not this case's. */
const onlyTo = (host: string) => {
  const address = host.split('.').reduce((bits, byte) => bits * 256 + Number(byte), 0)
  return [
    ['BPF_LD|BPF_W|BPF_ABS', 0, 0, ethernetHeaderLength + 16],
    ['BPF_JMP|BPF_JEQ|BPF_K', 0, 1, address],
    ['BPF_RET|BPF_K', 0, 0, wholePacket],
    ['BPF_RET|BPF_K', 0, 0, 0],
  ] as const
}

export const frames: readonly SpecificCase[] = [
  {
    id: 'raw.packet-lo',
    mechanism: 'packet',
    theme: 'data',
    says: 'A packet socket on the loopback interface sees the frame of a datagram, from its Ethernet header to its last byte.',
    cites: ['packet(7)'],
    async run({ start, names }) {
      const [producer, observer] = [await start('producer'), await start('observer')]
      const address = names.address('inet')
      const socket = await boundSocket(observer, inetDatagram, address)
      // Of no protocol a packet socket sees nothing, until it is bound.
      const watching = await observer.must('socket', 'AF_PACKET', 'SOCK_RAW', 0)
      await observer.must('setsockopt-filter', watching, onlyTo(hostIn(address)))
      await observer.must('bind', watching, 'packet:lo:ETH_P_IP')
      const from = await newSocket(producer, inetDatagram)
      expectOutcome(await producer.call('sendto', from, 'on the wire', 0, address), 'sendto').toReturn(11)

      const seen = await takeNow(observer, watching, 256)
      expectOutcome(seen, 'recvfrom of the frame').toSucceed()
      expectOutcome(seen, 'recvfrom of the frame').toGive('from', 'packet:lo:2048')
      const frame = bytesOf(seen)
      expectValue(frame.subarray(0, ethernetHeaderLength).toString('hex'), 'its header').toEqual(ethernetHeader)
      const packet = frame.subarray(ethernetHeaderLength)
      expectValue(readIpHeader(packet).destination, 'where it goes').toEqual(hostIn(address))
      const text = packet.subarray(headerLength + udpHeaderLength).toString()
      expectValue(text, 'what stands behind the headers').toEqual('on the wire')
      expectOutcome(await takeNow(observer, socket), 'recv of the datagram').toBring('on the wire')
    },
  },
]
