/** Messages that are kept apart by a socket that tells when it had to cut one. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Link } from '../../../harness/pair/stage.ts'

/** Of three that are sent the first is received cut, the second whole, and the third cut again by who asks its real length. */
export async function expectKeptApart({ producer, consumer }: Link): Promise<void> {
  for (const sent of ['first message', 'second', 'third message']) {
    expectOutcome(await producer.call('send', producer.handle, sent, 0), 'send').toReturn(sent.length)
  }
  const cut = await consumer.call('recvmsg', consumer.handle, 5, 0, 0)
  expectOutcome(cut, 'recvmsg with too little room').toBring('first')
  expectOutcome(cut, 'recvmsg with too little room').toGive('flags', 'MSG_TRUNC')

  const whole = await consumer.call('recvmsg', consumer.handle, 64, 0, 0)
  expectOutcome(whole, 'the next recvmsg').toBring('second')
  expectOutcome(whole, 'the next recvmsg').toGive('flags', '0')

  const told = await consumer.call('recv', consumer.handle, 5, 'MSG_TRUNC')
  expectOutcome(told, 'recv that asks for the real length').toReturn(13)
  expectOutcome(told, 'recv that asks for the real length').toBring('third')
  expectOutcome(await consumer.call('recv', consumer.handle, 64, 'MSG_DONTWAIT'), 'recv of the rest').toFail('EAGAIN')
}
