/** What a raw socket sends and receives, and who may have one. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { bytesOf } from '../../../../harness/pair/bytes.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { experimental, forgetStrangers, hostOf, inetRaw } from '../../../mechanisms/raw-ip.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { inetDatagram } from '../../../mechanisms/udp.ts'
import { boundSocket, takeNow } from '../bound.ts'
import { asBytes, checksumOf, headerLength, hostIn, icmpEcho, ipHeader, readIpHeader, wordAt } from './headers.ts'

const icmp = 1
const udp = 17
const udpHeaderLength = 8

/** A raw socket that sees what is sent to one address, and nothing that came before it had it. */
async function rawSocket(peer: Peer, protocol: number, address: string): Promise<number> {
  const socket = await boundSocket(peer, inetRaw(protocol), address)
  await forgetStrangers({ call: peer.call, handle: socket })
  return socket
}

export const sockets: readonly SpecificCase[] = [
  {
    id: 'raw.eperm',
    mechanism: 'raw-ip',
    evenWithout: true,
    theme: 'perm',
    core: true,
    says: 'Without CAP_NET_RAW, whoever the user is, nobody gets a raw socket, nor a packet socket: EPERM.',
    cites: ['raw(7)', 'packet(7)', 'capabilities(7)'],
    async run({ start }) {
      const peer = await start('peer')
      await peer.must('drop-capability', 'CAP_NET_RAW')
      for (const [domain, protocol] of [
        ['AF_INET', 'IPPROTO_ICMP'],
        ['AF_INET', 'IPPROTO_RAW'],
        ['AF_INET6', 'IPPROTO_UDP'],
        ['AF_PACKET', 0],
      ] as const) {
        const made = await peer.call('socket', domain, 'SOCK_RAW', protocol)
        expectOutcome(made, `a raw socket of ${domain}`).toFail('EPERM')
      }
      expectOutcome(await peer.call('socket', 'AF_PACKET', 'SOCK_DGRAM', 0), 'a packet socket').toFail('EPERM')
      expectOutcome(await peer.call('socket', 'AF_INET', 'SOCK_DGRAM', 0), 'a plain one').toSucceed()
    },
  },
  {
    id: 'raw.icmp-echo-loopback',
    mechanism: 'raw-ip',
    theme: 'data',
    says: 'The kernel answers an echo request, and a raw socket receives the reply with its IP header, as it saw the request.',
    cites: ['raw(7)', 'icmp(7)', 'RFC 792'],
    needs: [{ sysctl: 'net/ipv4/icmp_echo_ignore_all', exactly: 0 }],
    async run({ start, names }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      const [here, there] = [hostOf(names), hostOf(names)]
      const asking = await rawSocket(producer, icmp, here)
      const watching = await rawSocket(consumer, icmp, there)
      const request = icmpEcho('request', 4711, 1, 'are you there?')
      expectOutcome(await producer.call('sendto', asking, asBytes(request), 0, there), 'sendto').toReturn(
        request.length,
      )

      const seen = bytesOf(await consumer.call('recv', watching, 256, 0))
      expectValue(seen.subarray(headerLength).toString('hex'), 'the request that came').toEqual(request.toString('hex'))
      const reply = bytesOf(await producer.call('recv', asking, 256, 0))
      const header = readIpHeader(reply)
      expectValue(header.version, 'the version of IP').toEqual(4)
      expectValue(header.source, 'who replied').toEqual(hostIn(there))
      expectValue(header.destination, 'to whom').toEqual(hostIn(here))
      expectValue(header.protocol, 'the protocol of the reply').toEqual(icmp)
      expectValue(header.length, 'the length of the reply').toEqual(headerLength + request.length)
      expectValue(checksumOf(reply.subarray(0, headerLength)), 'the sum over the header').toEqual(0)
      const expected = icmpEcho('reply', 4711, 1, 'are you there?')
      expectValue(reply.subarray(headerLength).toString('hex'), 'the reply').toEqual(expected.toString('hex'))
    },
  },
  {
    id: 'raw.copy-of-udp',
    mechanism: 'raw-ip',
    theme: 'data',
    says: 'A raw socket of UDP receives a copy of a datagram with both headers; the socket it was sent to receives it too.',
    cites: ['raw(7)', 'RFC 768'],
    async run({ start, names }) {
      const [producer, consumer, observer] = [await start('producer'), await start('consumer'), await start('observer')]
      const address = names.address('inet')
      const socket = await boundSocket(consumer, inetDatagram, address)
      const watching = await rawSocket(observer, udp, address)
      const from = await newSocket(producer, inetDatagram)
      expectOutcome(await producer.call('sendto', from, 'for one alone', 0, address), 'sendto').toReturn(13)

      const copy = bytesOf(await observer.call('recv', watching, 256, 0))
      const header = readIpHeader(copy)
      expectValue(header.protocol, 'the protocol of the copy').toEqual(udp)
      expectValue(header.destination, 'its destination').toEqual(hostIn(address))
      const port = wordAt(copy, headerLength + 2)
      expectValue(port, 'its port').toEqual(Number(address.split(':')[1]))
      const text = copy.subarray(headerLength + udpHeaderLength).toString()
      expectValue(text, 'what stands behind the headers').toEqual('for one alone')
      expectOutcome(await takeNow(consumer, socket), 'recv of the datagram').toBring('for one alone')
    },
  },
  {
    id: 'raw.hdrincl',
    mechanism: 'raw-ip',
    theme: 'data',
    says: "With IP_HDRINCL the sender's own header is sent; the kernel fills in length, checksum, and an id that was 0.",
    cites: ['raw(7)', 'ip(7)', 'RFC 791'],
    async run({ start, names }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      const [source, destination] = [hostIn(hostOf(names)), hostOf(names)]
      const watching = await rawSocket(consumer, experimental, destination)
      const socket = await newSocket(producer, inetRaw(experimental))
      await producer.must('setsockopt', socket, 'IPPROTO_IP', 'IP_HDRINCL', 1)
      const own = { version: 4, ttl: 7, protocol: experimental, source, destination: hostIn(destination) }
      const send = async (id: number) => {
        const header = ipHeader({ ...own, length: 1, id, checksum: 1 })
        const packet = Buffer.concat([header, Buffer.from('by hand')])
        const sent = await producer.call('sendto', socket, asBytes(packet), 0, destination)
        expectOutcome(sent, 'sendto').toReturn(packet.length)
        const came = bytesOf(await consumer.call('recv', watching, 256, 0))
        expectValue(came.subarray(headerLength).toString(), 'what stands behind the header').toEqual('by hand')
        expectValue(checksumOf(came.subarray(0, headerLength)), 'the sum over the header').toEqual(0)
        return readIpHeader(came)
      }

      const { id, checksum: _, ...kept } = await send(4711)
      const { version, ...rest } = own
      expectValue(kept, 'the header that came').toEqual({ version, length: headerLength + 7, ...rest })
      expectValue(id, 'the id that was given').toEqual(4711)
      const [first, second] = [await send(0), await send(0)]
      expectValue(second.id, 'the id that the kernel gives the next packet').toDifferFrom(first.id)
    },
  },
]
