/** Netlink with the kernel: a question, and an answer in many parts. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { bytesOf, zeros } from '../../../../harness/pair/bytes.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { listOut } from '../../../../harness/pair/wire.ts'
import { addressOf, boundSocket, takeNow } from '../bound.ts'

interface Message {
  readonly type: string
  readonly flags: string
  readonly sequence: number
  readonly portid: number
  readonly hex: string
}

/** A struct ifinfomsg: nothing in particular is asked for. */
const anyLink = zeros(16)
/** It, and the header of the attribute behind it, which is the name. */
const nameBegins = 20

function nameOf(message: Message): string {
  const body = bytesOf(message)
  return body.subarray(nameBegins, body.indexOf(0, nameBegins)).toString()
}

/** Bytes in one answer, and so more than there are messages in it. */
const most = 65_536

/** Every message up to the one that says that no more will come. */
async function dump(peer: Peer, socket: number): Promise<Message[]> {
  const all: Message[] = []
  while (all.at(-1)?.type !== 'NLMSG_DONE') {
    const came = await peer.call('recv-netlink', socket, most, 0)
    expectOutcome(came, 'recv of the dump').toSucceed()
    expectOutcome(came, 'recv of the dump').toGive('from', 'netlink:0')
    const messages = listOut(came, 'messages') as unknown as readonly Message[]
    expectValue(messages.length, 'how many messages there are in it').toBeBetween(1, most)
    all.push(...messages)
  }
  return all
}

export const kernelCases: readonly SpecificCase[] = [
  {
    id: 'netlink.route-dump',
    mechanism: 'netlink-usersock',
    theme: 'data',
    says: 'The kernel answers RTM_GETLINK with a message for each interface, all NLM_F_MULTI, and NLMSG_DONE behind the last.',
    cites: ['rtnetlink(7)', 'netlink(7)', 'RFC 3549'],
    async run({ start, note }) {
      const peer = await start('peer')
      const socket = await boundSocket(
        peer,
        { domain: 'AF_NETLINK', type: 'SOCK_RAW', protocol: 'NETLINK_ROUTE' },
        'netlink:0',
      )
      const portid = Number((await addressOf(peer, socket)).split(':')[1])
      const sequence = 4711
      const flags = 'NLM_F_REQUEST|NLM_F_ROOT|NLM_F_MATCH'
      const asked = await peer.call('send-netlink', socket, 'RTM_GETLINK', flags, sequence, anyLink)
      expectOutcome(asked, 'send').toReturn(32)

      const messages = await dump(peer, socket)
      for (const each of messages) {
        expectValue(each.flags.split('|'), `the flags of ${each.type}`).toContain('NLM_F_MULTI')
        expectValue([each.sequence, each.portid], `what ${each.type} answers`).toEqual([sequence, portid])
      }
      const links = messages.slice(0, -1)
      expectValue([...new Set(links.map(({ type }) => type))], 'the types before the last').toEqual(['RTM_NEWLINK'])
      note('interfaces', links.map(nameOf))
      expectValue(links.map(nameOf), 'the interfaces').toContain('lo')
      expectOutcome(await takeNow(peer, socket), 'recv of nothing more').toFail('EAGAIN')
    },
  },
]
