/** Urgent data, which arrives beside the rest. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'

export const urgent: readonly SpecificCase[] = [
  {
    id: 'winsock.oob-siocatmark',
    mechanism: 'winsock-tcp',
    theme: 'data',
    says: 'A byte sent with MSG_OOB is received so, before all else; SIOCATMARK is true while none waits, and false while one does.',
    cites: ['MS:ioctlsocket', 'MS:recv', 'MS "Protocol-Independent Out-of-Band Data"', 'Wine test_fionread_siocatmark'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const noneWaits = () => consumer.call('ioctlsocket-SIOCATMARK', consumer.handle)
      expectOutcome(await noneWaits(), 'SIOCATMARK at first').toGive('value', 1)
      expectOutcome(await producer.send('ab'), 'send').toReturn(2)
      expectOutcome(await producer.call('send', producer.handle, 'X', 'MSG_OOB'), 'send of X').toReturn(1)
      const told = await consumer.call('select', [], [], [consumer.handle], 5000)
      expectOutcome(told, 'select').toGive('except', [consumer.handle])

      const byte = await consumer.call('recv', consumer.handle, 64, 'MSG_OOB|MSG_PEEK')
      expectOutcome(byte, 'a look at the urgent byte').toBring('X')
      expectOutcome(await noneWaits(), 'SIOCATMARK while it waits').toGive('value', 0)
      const taken = await consumer.call('recv', consumer.handle, 64, 'MSG_OOB')
      expectOutcome(taken, 'recv of the urgent byte').toBring('X')
      expectOutcome(await noneWaits(), 'SIOCATMARK when it was taken').toGive('value', 1)
      expectOutcome(await consumer.recv(64), 'recv of the rest').toBring('ab')
    },
  },
]
