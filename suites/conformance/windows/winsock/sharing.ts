/** One connection that two processes have. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { startWinsock } from '../../../mechanisms/winsock.ts'

export const sharing: readonly SpecificCase[] = [
  {
    id: 'winsock.duplicate-socket',
    mechanism: 'winsock-tcp',
    theme: 'naming',
    says: 'WSADuplicateSocket describes a socket to a process, WSASocket makes it one there, and both have the connection.',
    cites: ['MS:WSADuplicateSocketW', 'MS:WSASocketW', 'MS "Shared Sockets"'],
    async run({ open, start }) {
      const { producer, consumer } = await open()
      const heir = await start('heir')
      await startWinsock(heir)
      const described = await producer.call('WSADuplicateSocket', producer.handle, heir.pid)
      expectOutcome(described, 'WSADuplicateSocket').toReturn(0)
      const asDescribed = 'FROM_PROTOCOL_INFO'
      const info = { hex: described.hex ?? '' }
      const made = await heir.call('WSASocket', asDescribed, asDescribed, asDescribed, info, 'WSA_FLAG_OVERLAPPED')
      expectOutcome(made, 'WSASocket').toSucceed()

      expectOutcome(await heir.call('send', made.ret, 'heir', 0), 'send of the heir').toReturn(4)
      expectOutcome(await consumer.recv(64), 'recv of it').toBring('heir')
      expectOutcome(await producer.send('parent'), 'send of the first').toReturn(6)
      expectOutcome(await consumer.recv(64), 'recv of it').toBring('parent')
      const peers = await Promise.all([
        heir.call('getpeername', made.ret),
        producer.call('getpeername', producer.handle),
      ])
      expectValue(peers[0].out?.address ?? '', 'whom the heir is connected to').toEqual(peers[1].out?.address ?? '')

      // The connection lives as long as one of them has it.
      expectOutcome(await producer.close(), 'closesocket of the first').toReturn(0)
      expectOutcome(await heir.call('send', made.ret, 'still', 0), 'send of the heir after it').toReturn(5)
      expectOutcome(await consumer.recv(64), 'recv of it').toBring('still')
      expectOutcome(await heir.call('closesocket', made.ret), 'closesocket of the heir').toReturn(0)
      expectOutcome(await consumer.recv(64), 'recv at the end').toReturn(0)
    },
  },
]
